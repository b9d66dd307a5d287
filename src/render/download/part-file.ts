import { DownloadError } from '../../errors/index.js';
import { codeOf, type Files, type FileWriter } from '../../platform/files.js';
import { fieldsOf } from '../../wire/index.js';
import type { ArrivedChunk, Kept, Sink } from './destination.js';

/** What is kept beside a part, so that another process can continue it. */
interface PartRecord {
  readonly version: 1;
  readonly renderId: string;
  readonly validator: string;
  readonly total: number | undefined;
}

/**
 * A path as a destination: bytes go to `<path>.part`, what they belong to is noted in `<path>.part.json`, and the path
 * itself is touched once, when the file is complete. Only one download of the process at a time may use a path.
 * @throws {@link DownloadError} when the path cannot be written, or another download has it.
 */
export async function openPartFile(files: Files, path: string, renderId: string): Promise<Sink> {
  const release = claim(await files.identity(path).catch(() => path));
  if (release === undefined) {
    throw new DownloadError({
      renderId,
      reason: `another download of this program is writing to ${JSON.stringify(path)}`,
      hint: 'Await that one first, or pass another path.',
    });
  }
  try {
    return await openClaimed(files, path, renderId, release);
  } catch (error) {
    release();
    throw error;
  }
}

/** The paths that downloads of this process are writing to, each in its one canonical form. */
const claimed = new Set<string>();

/**
 * Reserves a path for one download of the process: two would write into the same part, and both would report a whole file.
 * @returns a function that releases it; undefined while another download has it.
 */
function claim(path: string): (() => void) | undefined {
  if (claimed.has(path)) return undefined;
  claimed.add(path);
  return () => claimed.delete(path);
}

async function openClaimed(files: Files, path: string, renderId: string, release: () => void): Promise<Sink> {
  const part = `${path}.part`;
  const record = `${path}.part.json`;
  let size = 0;
  let hasRecord = false;
  const isResumable = (): boolean => hasRecord && size > 0;
  const attempt = async <T>(step: Promise<T>): Promise<T> => {
    try {
      return await step;
    } catch (cause) {
      throw cause instanceof DownloadError ? cause : fileError(path, renderId, cause, isResumable());
    }
  };

  const open = async (): Promise<{ readonly kept: Kept | undefined; readonly writer: WriteBehind }> => {
    if ((await files.facts(path))?.kind === 'folder') {
      throw new DownloadError({
        renderId,
        reason: `${JSON.stringify(path)} is a folder`,
        hint: 'Pass the path of a file, e.g. `out/promo.mp4`.',
        retryable: false,
      });
    }
    // Written through, a link would overwrite a file elsewhere.
    for (const own of [part, record]) await files.removeLink(own);
    const kept = readKept(await files.readText(record), (await files.facts(part))?.size ?? 0, renderId);
    return { kept, writer: new WriteBehind(await files.writer(part, kept?.bytes ?? 0)) };
  };

  const opened = await attempt(open());
  let { writer } = opened;
  size = opened.kept?.bytes ?? 0;
  hasRecord = opened.kept !== undefined;

  return {
    kept: opened.kept,
    get isResumable() {
      return isResumable();
    },
    begin: (version) =>
      attempt(
        (async () => {
          await writer.close();
          // In this order, so that a crash between two steps never leaves a part beside the record of another file.
          hasRecord = false;
          await files.remove(record);
          writer = new WriteBehind(await files.writer(part, 0));
          size = 0;
          const { validator, total } = version;
          if (validator === undefined) return;
          const entry: PartRecord = { version: 1, renderId, validator, total };
          await files.writeText(record, JSON.stringify(entry));
          hasRecord = true;
        })(),
      ),
    async write(chunk) {
      size += chunk.bytes.byteLength;
      await attempt(writer.write(chunk));
    },
    settle: () => attempt(writer.settle()),
    async finish() {
      await attempt(writer.settle());
      // Without `fsync`, which for 500 MB takes a fifth of the time of the download: it guards against a power cut in
      // these seconds, and the service keeps the render.
      await attempt(writer.close());
      await attempt(files.replace(part, path));
      await files.remove(record).catch(() => {});
      release();
      return { path };
    },
    async abandon() {
      await writer.close().catch(() => {});
      if (!isResumable()) {
        await files.remove(part).catch(() => {});
        await files.remove(record).catch(() => {});
      }
      release();
    },
  };
}

/** What of a part can be continued: nothing without a record of the same render. */
function readKept(text: string | undefined, size: number, renderId: string): Kept | undefined {
  const record = parseRecord(text);
  if (record === undefined || record.renderId !== renderId || size === 0) return undefined;
  const { validator, total } = record;
  if (total !== undefined && size > total) return undefined;
  // Of a part that is whole the last byte is asked for again: the answer shows whether it is still the same file.
  return { bytes: size === total ? size - 1 : size, version: { validator, total } };
}

function parseRecord(text: string | undefined): PartRecord | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { version, renderId, validator, total } = fieldsOf(value);
  if (version !== 1 || typeof renderId !== 'string' || typeof validator !== 'string') return undefined;
  return { version: 1, renderId, validator, total: typeof total === 'number' ? total : undefined };
}

/** What the codes of the file system mean for a download. */
function fileError(path: string, renderId: string, cause: unknown, isResumable: boolean): DownloadError {
  const code = String(codeOf(cause) ?? '');
  const at = JSON.stringify(path);
  const space = `Free some space and download again${isResumable ? ': it continues where it stopped' : ''}.`;
  const known: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
    ENOSPC: ['the disk is full', space],
    EDQUOT: ['the disk quota is used up', space],
    ENOENT: [`the folder of ${at} does not exist`, 'Make the folder first.'],
    ENOTDIR: [`a part of ${at} is a file where a folder should be`, 'Pass another path.'],
    EACCES: [
      `${at} may not be written`,
      'Pass a path that this program may write, or change the permissions.',
    ],
    EPERM: [
      `${at} may not be written`,
      'Pass a path that this program may write, or change the permissions.',
    ],
    EROFS: [`${at} is on a read-only disk`, 'Pass a path on another disk.'],
  };
  const [reason, hint] = known[code] ?? [`${at} could not be written (${code || String(cause)})`, undefined];
  return new DownloadError({ renderId, reason, hint, retryable: false, isResumable, cause });
}

/** How much may wait during a write, in bytes. */
const MOST_WAITING = 256 * 1024;

/**
 * Writes chunks in order while the next ones arrive. What arrives during a write is written with the next one: a call
 * costs more than the bytes of a chunk. The next call of any method rejects with the failure of a write.
 */
export class WriteBehind {
  readonly #writer: FileWriter;
  #waiting: ArrivedChunk[] = [];
  #waitingBytes = 0;
  /** The current write. */
  #writing: Promise<void> = Promise.resolve();
  /** All writes so far; undefined when they have ended. */
  #flushing: Promise<void> | undefined;

  constructor(writer: FileWriter) {
    this.#writer = writer;
  }

  /** Adds a chunk; resolves when there is room for the next. */
  async write(chunk: ArrivedChunk): Promise<void> {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.bytes.byteLength;
    if (this.#flushing === undefined) {
      this.#flushing = this.#flush();
      // The next `write` or `settle` rejects with it.
      this.#flushing.catch(() => {});
    }
    if (this.#waitingBytes >= MOST_WAITING) await this.#writing;
  }

  /** Resolves when all chunks are written. */
  async settle(): Promise<void> {
    await this.#flushing;
  }

  /** Closes the file when the writes have ended, whichever way. */
  async close(): Promise<void> {
    await this.#flushing?.catch(() => {});
    await this.#writer.close();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      this.#waitingBytes = 0;
      this.#writing = this.#writer.write(batch.map(({ bytes }) => bytes));
      await this.#writing;
      for (const { bytes, exclusive } of batch) if (exclusive) giveBack(bytes.buffer);
    }
    this.#flushing = undefined;
  }
}

/**
 * Frees memory at once. The garbage collector does not see how much memory a chunk keeps alive: without this the chunks
 * of a large file fill more than 100 MB before the first is freed. Node 20 has no `transfer`, and collects earlier.
 */
function giveBack(buffer: ArrayBufferLike): void {
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
}
