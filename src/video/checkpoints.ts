import { platform } from '#platform';
import { CheckpointConflictError, OptionError } from '../errors/index.js';
import type { Files } from '../platform/files.js';
import { fieldsOf } from '../wire/index.js';
import { checkVideoSnapshot, type VideoSnapshot } from './video-snapshot.js';

/**
 * Where videos in the making are kept between processes. `save` is a compare-and-set, and so the fence against a second
 * process with the same id: of all that follow one version, one succeeds.
 */
export interface CheckpointStore {
  /** The latest snapshot of `id` with its version; undefined when there is none. */
  load(id: string): Promise<{ readonly snapshot: VideoSnapshot; readonly version: string } | undefined>;
  /**
   * Keeps a snapshot durably, if `expect` is the version that is kept (undefined: if none is).
   * @returns the new version.
   * @throws `CheckpointConflictError` when another version is kept.
   */
  save(id: string, snapshot: VideoSnapshot, expect: string | undefined): Promise<string>;
  /** Forgets `id`; does nothing when there is none. */
  delete(id: string): Promise<void>;
}

/** Where a video keeps its checkpoints. */
export interface Checkpoint {
  readonly store: CheckpointStore;
  /** One video of the store. The same id again continues it, or returns its result. */
  readonly id: string;
}

/** A store that forgets everything when the process ends: for tests, and for repeating a call within one process. */
export function memoryCheckpoints(): CheckpointStore {
  const kept = new Map<string, { readonly text: string; readonly version: string }>();
  let saves = 0;
  return {
    async load(id) {
      const entry = kept.get(id);
      return entry && { snapshot: JSON.parse(entry.text), version: entry.version };
    },
    async save(id, snapshot, expect) {
      if (kept.get(id)?.version !== expect) throw new CheckpointConflictError({ id });
      saves += 1;
      const version = String(saves);
      // As text, so that what is loaded is no part of what was saved, as with every other store.
      kept.set(id, { text: JSON.stringify(snapshot), version });
      return version;
    },
    async delete(id) {
      kept.delete(id);
    },
  };
}

/**
 * Keeps each video in one file of a folder, named by its id; any other character than letters, digits, `.`, `_`, `-`
 * is written as in an address (`%2F`). Files are replaced whole, and survive a kill and a power cut. Several processes
 * may share the folder: a lock file guards each save, and that of a killed process is taken over.
 *
 * @param folder made with the first save.
 * @throws {@link OptionError} for an empty path, or in a runtime without files.
 * @example
 * ```ts
 * await nemo.createVideo({
 *   prompt: 'A 10-second video about the sea',
 *   checkpoint: { store: fileCheckpoints('checkpoints'), id: 'sea' },
 * });
 * ```
 */
export function fileCheckpoints(folder: string): CheckpointStore {
  const { files } = platform;
  if (typeof folder !== 'string' || folder.trim() === '')
    throw new OptionError({ field: 'folder', accepted: 'the path of a folder' });
  if (files === undefined) {
    throw new OptionError({
      field: 'folder',
      accepted: 'left out: there are no files in this runtime',
      hint: 'Write a `CheckpointStore` over the storage that there is.',
    });
  }
  const pathOf = (id: string): string => `${folder.replace(/[/\\]+$/, '')}/${fileNameOf(id)}`;
  return {
    load: (id) => readCheckpoint(files, pathOf(id)),
    save(id, snapshot, expect) {
      const path = pathOf(id);
      return files.exclusive(path, async () => {
        const before = await readCheckpoint(files, path);
        if (before?.version !== expect) throw new CheckpointConflictError({ id });
        const version = crypto.randomUUID();
        await files.replaceText(path, `${JSON.stringify({ version, snapshot })}\n`);
        return version;
      });
    },
    delete: (id) => files.exclusive(pathOf(id), () => files.remove(pathOf(id))),
  };
}

/** A name that no file system reads as a path, and that no two ids share. */
function fileNameOf(id: string): string {
  // Letters of all languages stay: three bytes instead of nine, of the 255 that a name may have.
  const name = id.replace(/[^\p{L}\p{N}._-]+/gu, (marks) =>
    encodeURIComponent(marks).replace(/[!'()*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`),
  );
  return /^\.+$/.test(name) ? name.replaceAll('.', '%2e') : name;
}

async function readCheckpoint(files: Files, path: string) {
  const text = await files.readText(path);
  if (text === undefined) return undefined;
  const { version, snapshot } = fieldsOf(parsed(text));
  if (typeof version === 'string') return { version, snapshot: checkVideoSnapshot(Object(snapshot)) };
  throw new OptionError({
    field: 'checkpoint',
    accepted: `the name of a checkpoint, and ${JSON.stringify(path)} is another file`,
    hint: 'Choose another id or folder, or remove the file.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
