import { platform } from '#platform';
import { OptionError, UnsupportedMediaError } from '../../errors/index.js';
import type { Files } from '../../platform/files.js';
import { acceptedType, extensionOf, sniffFormat } from '../../wire/index.js';
import {
  ACCEPTED_EXTENSIONS,
  blobSource,
  bytesSource,
  fileSource,
  type MediaSource,
  type MediaStream,
  streamSource,
} from './media-source.js';

/** A file in memory. */
export interface MediaBytes {
  /** The file's name, with its extension. The service gets it exactly as it is. */
  readonly name: string;
  readonly data: Uint8Array;
}

/** What a {@link MediaInput} is, for errors. */
export const MEDIA_INPUT_FORMS =
  'a path, a URL, a Blob, { name, data: Uint8Array } or { name, size?, open() }';

/** Whether a value has the form of a {@link MediaInput}. */
export function isMediaInput(value: unknown): value is MediaInput {
  if (typeof value === 'string' || value instanceof URL || value instanceof Blob) return true;
  if (typeof value !== 'object' || value === null || !('name' in value) || typeof value.name !== 'string')
    return false;
  return (
    ('data' in value && value.data instanceof Uint8Array) ||
    ('open' in value && typeof value.open === 'function')
  );
}

/** Whether there is a list, rather than one input. */
export function isMediaList(media: MediaInput | readonly MediaInput[]): media is readonly MediaInput[] {
  return Array.isArray(media);
}

/**
 * Something to upload:
 * - a path; that of a folder stands for every accepted file directly in it, in natural order. A string that starts with
 *   `http://`, `https://` or `file://` is an address.
 * - a `URL`: `file:` is read here, `http(s):` is fetched by the service itself.
 * - a `Blob` or `File`.
 * - `{ name, data }` in memory, or `{ name, size?, open() }` as a stream that can be opened again.
 */
export type MediaInput = string | URL | Blob | MediaBytes | MediaStream;

/** Where media comes from: bytes that are sent, or an address that the service fetches by itself. */
export type MediaOrigin =
  | { readonly type: 'bytes'; readonly source: MediaSource }
  | { readonly type: 'url'; readonly url: string };

/** A string that is meant as an address; anything else is a path. */
const ADDRESS = /^(?:https?|file):\/\//i;

/**
 * Finds what the inputs stand for, in their order; a folder stands for its files.
 * @throws {@link OptionError} for an empty list, an empty folder, and whatever is not there. Nothing has been sent.
 */
export async function resolveMedia(media: MediaInput | readonly MediaInput[]): Promise<MediaOrigin[]> {
  const inputs: readonly MediaInput[] = isMediaList(media) ? media : [media];
  if (inputs.length === 0) throw new OptionError({ field: 'media', accepted: 'at least one file' });
  const origins: MediaOrigin[] = [];
  for (const [index, input] of inputs.entries()) {
    const field = isMediaList(media) ? `media[${index}]` : 'media';
    origins.push(...(await resolveInput(input, field)));
  }
  return origins;
}

async function resolveInput(input: MediaInput, field: string): Promise<MediaOrigin[]> {
  if (typeof input === 'string') {
    return ADDRESS.test(input) ? resolveUrl(parseUrl(input, field), field) : resolvePath(input, field);
  }
  if (input instanceof URL) return resolveUrl(input, field);
  if (input instanceof Blob) {
    const name = 'name' in input && typeof input.name === 'string' ? input.name : await nameOfBlob(input);
    return [{ type: 'bytes', source: blobSource(name, input) }];
  }
  if (typeof input === 'object' && input !== null && typeof input.name === 'string') {
    if ('data' in input && input.data instanceof Uint8Array) {
      return [{ type: 'bytes', source: bytesSource(input.name, input.data) }];
    }
    if ('open' in input && typeof input.open === 'function' && isSize(input.size)) {
      return [{ type: 'bytes', source: streamSource(input) }];
    }
  }
  throw new OptionError({
    field,
    accepted: MEDIA_INPUT_FORMS,
  });
}

async function resolveUrl(url: URL, field: string): Promise<MediaOrigin[]> {
  if (url.protocol === 'file:') return resolvePath(pathOfUrl(filesOr(field), url, field), field);
  if (/^https?:$/.test(url.protocol)) return [{ type: 'url', url: url.href }];
  throw new OptionError({ field, accepted: 'a URL that begins http://, https:// or file://' });
}

async function resolvePath(path: string, field: string): Promise<MediaOrigin[]> {
  const files = filesOr(field);
  const named = `${field} (${JSON.stringify(path)})`;
  const facts = path === '' ? undefined : await factsOf(files, path, named);
  if (facts === undefined) throw await missing(files, path, named);
  if (facts.kind === 'file') return [{ type: 'bytes', source: fileSource(files, path, facts) }];
  if (facts.kind !== 'folder') throw new OptionError({ field: named, accepted: 'a file or a folder' });
  const origins: MediaOrigin[] = [];
  for (const file of await listMedia(files, path)) origins.push(...(await resolvePath(file, field)));
  return origins;
}

/** That a file is not there, and where it was looked for: that depends on the working folder. */
async function missing(files: Files, path: string, field: string): Promise<OptionError> {
  const tried = path === '' ? path : await files.identity(path);
  const where = tried === path ? '' : `, and nothing is at ${JSON.stringify(tried)}`;
  const hint = 'Check the path; a relative one begins at the working folder.';
  return new OptionError({ field, accepted: `a file that exists${where}`, hint });
}

async function factsOf(files: Files, path: string, field: string) {
  try {
    return await files.facts(path);
  } catch (cause) {
    throw new OptionError({ field, accepted: 'a file that can be read', cause });
  }
}

function filesOr(field: string): Files {
  if (platform.files !== undefined) return platform.files;
  throw new OptionError({
    field,
    accepted: 'a File, a Blob, bytes, a stream, or an http(s) URL: there are no files in this runtime',
  });
}

function parseUrl(text: string, field: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new OptionError({ field: `${field} (${JSON.stringify(text)})`, accepted: 'a complete URL', cause });
  }
}

/** A Blob has no name, and the service goes by the extension. */
async function nameOfBlob(blob: Blob): Promise<string> {
  const format = sniffFormat(new Uint8Array(await blob.slice(0, 64).arrayBuffer()));
  if (format !== undefined) return `media.${format}`;
  throw new UnsupportedMediaError({
    file: 'a Blob without a name',
    reason: blob.size === 0 ? 'it is empty' : 'its content is of no accepted type',
    accepted: ACCEPTED_EXTENSIONS,
  });
}

function isSize(size: unknown): boolean {
  return size === undefined || (typeof size === 'number' && Number.isInteger(size) && size >= 0);
}

/**
 * The media of a folder: the files directly in it whose extension the service accepts, in natural order (`2.jpg`
 * before `10.jpg`, whatever the case). Hidden files, other files and folders are left out.
 * @throws OptionError when the folder does not exist, or holds no accepted file.
 */
export async function mediaFrom(folder: string | URL): Promise<MediaInput[]> {
  const { files } = platform;
  if (files === undefined) {
    throw new OptionError({ field: 'folder', accepted: 'left out: there are no files in this runtime' });
  }
  return listMedia(files, folder instanceof URL ? pathOfUrl(files, folder, 'folder') : folder);
}

/** The paths of the media of a folder; see {@link mediaFrom}. */
async function listMedia(files: Files, folder: string): Promise<string[]> {
  const field = `folder (${JSON.stringify(folder)})`;
  const paths = await files.list(folder).catch(async (cause: unknown) => {
    const facts = await files.facts(folder).catch(() => undefined);
    const isFile = facts?.kind === 'file';
    const hint = isFile ? 'Pass the file itself to `upload` or `createVideo`.' : undefined;
    const accepted = isFile ? 'a folder, and it is a file' : 'a folder that can be read';
    throw new OptionError({ field, accepted, hint, cause });
  });
  const media: { readonly path: string; readonly name: string }[] = [];
  for (const path of paths) {
    const name = files.nameOf(path);
    if (name.startsWith('.') || acceptedType(extensionOf(name)) === undefined) continue;
    if ((await files.facts(path))?.kind === 'file') media.push({ path, name });
  }
  if (media.length === 0) {
    throw new OptionError({
      field,
      accepted: `a folder with at least one file of type ${ACCEPTED_EXTENSIONS.join(', ')}`,
    });
  }
  // One locale for everybody: the order of a video must not depend on the machine that asks for it.
  const natural = new Intl.Collator('en', { numeric: true });
  return media
    .sort((a, b) => natural.compare(a.name, b.name) || (a.name < b.name ? -1 : 1))
    .map(({ path }) => path);
}

/**
 * The path that a `file:` address stands for.
 * @throws {@link OptionError} when it stands for none on this machine: another host, an escaped slash, another scheme.
 */
function pathOfUrl(files: Files, url: URL, field: string): string {
  try {
    return files.pathOf(url);
  } catch (cause) {
    const accepted = 'a path, or a file:// address of this machine';
    throw new OptionError({ field: `${field} (${JSON.stringify(url.href)})`, accepted, cause });
  }
}
