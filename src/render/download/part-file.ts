import { DownloadError } from '../../errors/index.js';
import { codeOf, type Files } from '../../platform/files.js';
import { fieldsOf } from '../../wire/index.js';
import { claim } from './claim.js';
import type { Kept, Sink } from './sink.js';
import { WriteBehind } from './write-behind.js';

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

async function openClaimed(files: Files, path: string, renderId: string, release: () => void): Promise<Sink> {
  const part = `${path}.part`;
  const record = `${path}.part.json`;
  let size = 0;
  let hasRecord = false;
  const isResumable = (): boolean => hasRecord && size > 0;
  const told = async <T>(step: Promise<T>): Promise<T> => {
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
    const kept = readKept(await files.readText(record), (await files.facts(part))?.size ?? 0, renderId);
    return { kept, writer: new WriteBehind(await files.writer(part, kept?.bytes ?? 0)) };
  };

  const opened = await told(open());
  let { writer } = opened;
  size = opened.kept?.bytes ?? 0;
  hasRecord = opened.kept !== undefined;

  return {
    kept: opened.kept,
    get isResumable() {
      return isResumable();
    },
    begin: (version) =>
      told(
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
      await told(writer.write(chunk));
    },
    settle: () => told(writer.settle()),
    async finish() {
      await told(writer.settle());
      // Not forced to the disk first, which for 500 MB takes as long as a fifth of the download: what it guards against
      // is a power cut in these seconds, and the service keeps the render.
      await told(writer.close());
      await told(files.replace(part, path));
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
  // Of a part that is whole the last byte is asked for again: the answer tells whether it is still the same file.
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

/** What the codes of the file system mean to whoever wanted the video. */
function fileError(path: string, renderId: string, cause: unknown, isResumable: boolean): DownloadError {
  const code = String(codeOf(cause) ?? '');
  const at = JSON.stringify(path);
  const space = `Free some space and download again${isResumable ? ': it goes on where it stopped' : ''}.`;
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
