/** What is known of a file without reading it. */
export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'other';
  /** In bytes. */
  readonly size: number;
  /** When it was last written, in ms since the Unix epoch; a fraction where the disk keeps one. */
  readonly modifiedMs: number;
}

/** A file that is open for reading. The one that opened it closes it. */
interface OpenFile {
  /** What is known of it now. */
  facts(): Promise<FileFacts>;
  /**
   * Up to `length` bytes from `position`, in pieces of `pieceBytes`, each in separate memory; fewer at the end of the
   * file, no piece behind it.
   */
  read(position: number, length: number, pieceBytes: number): Promise<Uint8Array[]>;
  close(): Promise<void>;
}

/** A file that is open for writing. The one that opened it closes it. */
export interface FileWriter {
  /** Appends all of the pieces, in order. */
  write(pieces: readonly Uint8Array[]): Promise<void>;
  close(): Promise<void>;
}

/** The files of the machine. Every method rejects with the runtime's own error, which has a `code`. */
export interface Files {
  /** The path of a `file:` address. */
  pathOf(url: URL): string;
  /** The last name of a path: `b.mp4` of `a/b.mp4`. */
  nameOf(path: string): string;
  /** One path for all the ways to write it: absolute, without links among its folders. */
  identity(path: string): Promise<string>;
  /** What is at a path; undefined when nothing is. */
  facts(path: string): Promise<FileFacts | undefined>;
  open(path: string): Promise<OpenFile>;
  /** The paths of everything directly in a folder, in no order. */
  list(folder: string): Promise<string[]>;
  /**
   * Opens a file to continue behind its first `keep` bytes, forgetting the rest; makes it where there is none. Rejects
   * where the path is a link (on Windows it follows one).
   */
  writer(path: string, keep: number): Promise<FileWriter>;
  /** A small text; undefined when there is no such file. */
  readText(path: string): Promise<string | undefined>;
  writeText(path: string, text: string): Promise<void>;
  /** Puts `from` in the place of `to`, at once. */
  replace(from: string, to: string): Promise<void>;
  /** Writes a small text so that a reader, also after a power cut, sees the old one or the new one; makes the folder. */
  replaceText(path: string, text: string): Promise<void>;
  /** Runs `work` while no other process runs its own for the same path. Leaves no file behind. */
  exclusive<T>(path: string, work: () => Promise<T>): Promise<T>;
  /** Removes a path that is a link, and not what it leads to; does nothing to anything else. */
  removeLink(path: string): Promise<void>;
  /** Removes a file; does nothing when there is none. */
  remove(path: string): Promise<void>;
}

/** The code of an error of the file system, e.g. `ENOENT`; undefined for any other error. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
