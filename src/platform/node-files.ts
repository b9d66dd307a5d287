import { constants, type Stats } from 'node:fs';
import {
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOf, type FileFacts, type Files } from './files.js';
import { withFileLock } from './node-lock.js';

/**
 * Makes a file where there is none, and never follows a link, which would write through it. Not 'w', which would empty a
 * file that is to be kept in part. Windows does not know the last of the flags.
 */
const WRITE_OWN = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/** Files through `node:fs`. */
export const nodeFiles: Files = {
  pathOf: (url) => fileURLToPath(url),
  nameOf: (path) => basename(path),
  async identity(path) {
    const folder = dirname(resolve(path));
    return join(await realpath(folder).catch(() => folder), basename(path));
  },
  facts: (path) => unlessMissing(stat(path).then(factsOf)),
  async open(path) {
    const file = await open(path, 'r');
    return {
      facts: async () => factsOf(await file.stat()),
      async read(position, length, pieceBytes) {
        const pieces: Uint8Array[] = [];
        for (let from = 0; from < length; from += pieceBytes) {
          // Not zeroed, because it is filled.
          pieces.push(new Uint8Array(Buffer.allocUnsafeSlow(Math.min(pieceBytes, length - from)).buffer));
        }
        // One call for all: a call costs more than a piece.
        const { bytesRead } = await file.readv(pieces, position);
        return bytesRead === length ? pieces : cut(pieces, bytesRead);
      },
      close: () => file.close(),
    };
  },
  list: async (folder) => (await readdir(folder)).map((name) => join(folder, name)),
  async writer(path, keep) {
    const file = await open(path, WRITE_OWN);
    let position = keep;
    try {
      if ((await file.stat()).size !== keep) await file.truncate(keep);
    } catch (error) {
      await file.close();
      throw error;
    }
    return {
      async write(pieces) {
        for (let left = pieces; left.length > 0; ) {
          const { bytesWritten } = await file.writev(left, position);
          position += bytesWritten;
          left = behind(left, bytesWritten);
        }
      },
      close: () => file.close(),
    };
  },
  readText: (path) => unlessMissing(readFile(path, 'utf8')),
  writeText: (path, text) => writeFile(path, text),
  replace: (from, to) => rename(from, to),
  async replaceText(path, text) {
    const folder = dirname(path);
    await mkdir(folder, { recursive: true });
    const part = `${path}.${crypto.randomUUID()}.part`;
    try {
      await writeFile(part, text, { flag: 'wx', mode: 0o600, flush: true });
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    await flushFolder(folder);
  },
  async exclusive(path, work) {
    await mkdir(dirname(path), { recursive: true });
    return withFileLock(`${path}.lock`, work);
  },
  async removeLink(path) {
    if ((await unlessMissing(lstat(path)))?.isSymbolicLink()) await rm(path, { force: true });
  },
  remove: (path) => rm(path, { force: true }),
};

/** Makes a rename survive a power cut, where the system can: Windows opens no folders. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
  }
}

/** The pieces up to `bytes` of them: what a read has filled. */
function cut(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let left = bytes;
  return pieces.flatMap((piece) => {
    const filled = piece.subarray(0, left);
    left -= filled.byteLength;
    return filled.byteLength === 0 ? [] : [filled];
  });
}

/** What the pieces hold behind their first `bytes`. */
function behind(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let done = bytes;
  return pieces.flatMap((piece) => {
    const rest = piece.subarray(done);
    done -= piece.byteLength - rest.byteLength;
    return rest.byteLength === 0 ? [] : [rest];
  });
}

function factsOf(stats: Stats): FileFacts {
  return {
    kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
    size: stats.size,
    modifiedMs: stats.mtimeMs,
  };
}

async function unlessMissing<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
