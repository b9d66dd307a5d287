import { platform } from '#platform';
import { OptionError } from '../../errors/index.js';
import type { Files } from '../../platform/files.js';
import type { DownloadDestination } from './contract.js';

const PATH_OR_STREAM = 'a path, a WritableStream that nobody has locked, or a function';

/**
 * Checks that a value can be a destination, as far as it shows by itself: a path in a runtime with files, a stream that
 * nobody writes to, or a function.
 * @throws {@link OptionError} at once, before anything is paid for or waited for.
 */
export function ensureDestination(
  destination: unknown,
  field: string,
): asserts destination is DownloadDestination {
  if (typeof destination === 'function') return;
  if (typeof destination === 'string' && destination !== '') {
    filesFor(field);
    return;
  }
  if (isWritableStream(destination) && !destination.locked) return;
  throw new OptionError({ field, accepted: PATH_OR_STREAM, hint: hintFor(destination) });
}

/** The files that a path is one of. */
export function filesFor(field: string): Files {
  if (platform.files !== undefined) return platform.files;
  throw new OptionError({ field, accepted: 'a WritableStream or a function: there are no files here' });
}

/** Not `instanceof`: a stream may come from another realm, as under Jest. */
function isWritableStream(value: unknown): value is WritableStream<Uint8Array> {
  return typeof value === 'object' && value !== null && 'getWriter' in value && 'locked' in value;
}

/** What is often passed in place of a destination. */
function hintFor(destination: unknown): string | undefined {
  if (destination instanceof URL) return 'Pass its path: `fileURLToPath(url)` of `node:url`.';
  if (typeof destination !== 'object' || destination === null) return undefined;
  if (isWritableStream(destination)) return 'Somebody holds a writer of this stream: release it first.';
  const isNodeStream = 'write' in destination && 'pipe' in destination;
  return isNodeStream ? 'Pass `Writable.toWeb(stream)` of `node:stream`.' : undefined;
}

/**
 * Checks that a video could be saved to a destination, before anything is paid for that has nowhere to go.
 * @throws {@link OptionError} for something that is not a destination, when the path is a folder, or its folder does not exist.
 */
export async function checkDestination(destination: DownloadDestination, field: string): Promise<void> {
  ensureDestination(destination, field);
  if (typeof destination !== 'string') return;
  const files = filesFor(field);
  const folder = destination.replace(/[^/\\]+$/, '') || '.';
  const [above, own] = await Promise.all([
    files.facts(folder).catch(() => undefined),
    files.facts(destination).catch(() => undefined),
  ]);
  const at = JSON.stringify(destination);
  if (own?.kind === 'folder')
    throw new OptionError({ field, accepted: `the path of a file, and ${at} is a folder` });
  if (above?.kind !== 'folder') {
    throw new OptionError({
      field,
      accepted: `a path in a folder that exists, unlike that of ${at}`,
      hint: 'Make the folder first.',
    });
  }
}
