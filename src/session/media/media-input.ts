import { platform } from '#platform';
import { OptionError, UnsupportedMediaError } from '../../errors/index.js';
import type { Files } from '../../platform/files.js';
import { acceptedType, extensionOf, fieldsOf, sniffFormat } from '../../wire/index.js';
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

/**
 * Something to upload:
 * - a path; that of a folder means every accepted file directly in it, in natural order. A string that starts with
 *   `http://`, `https://` or `file://` is an address.
 * - a `URL`: `file:` is read here, `http(s):` is fetched by the service itself.
 * - a `Blob` or `File`, or a `Uint8Array` (a `Buffer` is one). Without a name, it is named by its content, e.g. `media.png`.
 * - `{ name, data }` in memory, or `{ name, size?, open() }` as a stream that can be opened again.
 */
export type MediaInput = string | URL | Blob | Uint8Array | MediaBytes | MediaStream;

/** What a {@link MediaInput} is, for errors. */
export const MEDIA_INPUT_FORMS =
  'a path, a URL, a Blob, a Uint8Array, { name, data: Uint8Array } or { name, size?, open() }';

/** Whether a value has the form of a {@link MediaInput}. */
export function isMediaInput(value: unknown): value is MediaInput {
  return (
    typeof value === 'string' ||
    value instanceof URL ||
    value instanceof Blob ||
    value instanceof Uint8Array ||
    isMediaBytes(value) ||
    isMediaStream(value)
  );
}

function isMediaBytes(value: unknown): value is MediaBytes {
  const { name, data } = fieldsOf(value);
  return typeof name === 'string' && data instanceof Uint8Array;
}

function isMediaStream(value: unknown): value is MediaStream {
  const { name, open, size } = fieldsOf(value);
  return typeof name === 'string' && typeof open === 'function' && isSize(size);
}

function isSize(size: unknown): boolean {
  return size === undefined || (typeof size === 'number' && Number.isInteger(size) && size >= 0);
}

/** Whether there is a list, rather than one input. */
export function isMediaList(media: MediaInput | readonly MediaInput[]): media is readonly MediaInput[] {
  return Array.isArray(media);
}

/** What an input means: bytes that are sent, or an address that the service fetches itself. */
type Found = {
  /** Equal for what is the same file: the address, the path with size and date, or the caller's own object. */
  readonly identity: unknown;
} & (
  | { readonly type: 'bytes'; readonly source: MediaSource }
  | { readonly type: 'url'; readonly url: string }
);

/** The same, with the place of the input in the list that was given. */
export type MediaOrigin = Found & { readonly index: number };

/** A string that is meant as an address; anything else is a path. */
const ADDRESS = /^(?:https?|file):\/\//i;

/**
 * Finds what the inputs mean, in their order; a folder means its files.
 * @throws {@link OptionError} for an empty list, an empty folder, and whatever is not there. Nothing has been sent.
 */
export async function resolveMedia(media: MediaInput | readonly MediaInput[]): Promise<MediaOrigin[]> {
  const inputs: readonly MediaInput[] = isMediaList(media) ? media : [media];
  if (inputs.length === 0) throw new OptionError({ field: 'media', accepted: 'at least one file' });
  const origins: MediaOrigin[] = [];
  const given = new NamesByContent();
  for (const [index, input] of inputs.entries()) {
    const field = isMediaList(media) ? `media[${index}]` : 'media';
    for (const found of await resolveInput(input, field, given)) origins.push({ ...found, index });
  }
  return origins;
}

async function resolveInput(input: MediaInput, field: string, names: NamesByContent): Promise<Found[]> {
  if (typeof input === 'string') {
    return ADDRESS.test(input) ? resolveUrl(parseUrl(input, field), field) : resolvePath(input, field);
  }
  if (input instanceof URL) return resolveUrl(input, field);
  if (input instanceof Blob) {
    const isNamed = 'name' in input && typeof input.name === 'string';
    const name = isNamed ? String(input.name) : await names.of(input, 'a Blob without a name');
    return [{ type: 'bytes', source: blobSource(name, input), identity: input }];
  }
  if (input instanceof Uint8Array) {
    const name = await names.of(new Blob([input.slice(0, 64)]), 'a Uint8Array');
    return [{ type: 'bytes', source: bytesSource(name, input), identity: input }];
  }
  if (isMediaBytes(input)) {
    return [{ type: 'bytes', source: bytesSource(input.name, input.data), identity: input.data }];
  }
  if (isMediaStream(input)) return [{ type: 'bytes', source: streamSource(input), identity: input }];
  throw new OptionError({ field, accepted: MEDIA_INPUT_FORMS, hint: hintFor(input) });
}

/** What is often passed in place of a media input. */
function hintFor(input: unknown): string | undefined {
  if (input instanceof ArrayBuffer) return 'Pass `new Uint8Array(buffer)`.';
  if (input instanceof Response) return 'Pass `await response.blob()`, or the address itself.';
  if (typeof input !== 'object' || input === null) return undefined;
  if ('pipe' in input || 'getReader' in input)
    return 'Pass `{ name, open: () => … }`: a stream is opened anew for each attempt.';
  return 'data' in input || 'open' in input
    ? '`name` is the name of the file with its extension; `data` is a Uint8Array; `size` is in bytes.'
    : undefined;
}

/** Names for what has none: the service goes by the extension. */
class NamesByContent {
  #count = 0;

  async of(blob: Blob, what: string): Promise<string> {
    const format = sniffFormat(new Uint8Array(await blob.slice(0, 64).arrayBuffer()));
    if (format === undefined) {
      throw new UnsupportedMediaError({
        file: what,
        reason: blob.size === 0 ? 'it is empty' : 'its content is of no accepted type: pass it with a name',
        accepted: ACCEPTED_EXTENSIONS,
      });
    }
    this.#count += 1;
    return this.#count === 1 ? `media.${format}` : `media-${this.#count}.${format}`;
  }
}

async function resolveUrl(url: URL, field: string): Promise<Found[]> {
  if (url.protocol === 'file:') return resolvePath(pathOfUrl(filesOr(field), url, field), field);
  if (/^https?:$/.test(url.protocol)) return [{ type: 'url', url: url.href, identity: url.href }];
  throw new OptionError({ field, accepted: 'a URL that begins http://, https:// or file://' });
}

async function resolvePath(path: string, field: string): Promise<Found[]> {
  const files = filesOr(field);
  const named = `${field} (${JSON.stringify(path)})`;
  const facts = path === '' ? undefined : await factsOf(files, path, named);
  if (facts === undefined) throw await missing(files, path, named);
  if (facts.kind === 'file') {
    const identity = `${await files.identity(path)} ${facts.size} ${facts.modifiedMs}`;
    return [{ type: 'bytes', source: fileSource(files, path, facts), identity }];
  }
  if (facts.kind !== 'folder') throw new OptionError({ field: named, accepted: 'a file or a folder' });
  const origins: Found[] = [];
  for (const file of await listMedia(files, path)) origins.push(...(await resolvePath(file, field)));
  return origins;
}

/** The error for a missing file. It says where the file was looked for: that depends on the working folder. */
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

/**
 * The media of a folder: the files directly in it whose extension the service accepts, in natural order (`2.jpg`
 * before `10.jpg`, whatever the case). Hidden files, other files and folders are left out.
 * @throws OptionError when the folder does not exist, or has no accepted file.
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
  // One locale everywhere: the order of a video must not depend on the machine.
  const natural = new Intl.Collator('en', { numeric: true });
  return media
    .sort((a, b) => natural.compare(a.name, b.name) || (a.name < b.name ? -1 : 1))
    .map(({ path }) => path);
}

/**
 * The path of a `file:` address.
 * @throws {@link OptionError} when it has none on this machine: another host, an escaped slash, another scheme.
 */
function pathOfUrl(files: Files, url: URL, field: string): string {
  try {
    return files.pathOf(url);
  } catch (cause) {
    const accepted = 'a path, or a file:// address of this machine';
    throw new OptionError({ field: `${field} (${JSON.stringify(url.href)})`, accepted, cause });
  }
}
