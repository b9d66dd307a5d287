import { MediaTooLargeError, UnsupportedMediaError } from '../../errors/index.js';
import {
  ACCEPTED_MEDIA,
  type AcceptedType,
  acceptedType,
  extensionOf,
  MAX_UPLOAD_BYTES,
  type MediaFormat,
  sniffFormat,
} from '../../wire/index.js';
import type { MediaSource } from './source.js';

/** A file that the service will take, as far as can be told from here. */
export interface CheckedMedia extends AcceptedType {
  readonly source: MediaSource;
}

/** Every accepted extension, for errors. */
export const ACCEPTED_EXTENSIONS: readonly string[] = /* @__PURE__ */ Object.keys(ACCEPTED_MEDIA);

/** Enough for every signature; the document type of a WebM file stands last, within 64 bytes. */
const HEAD_BYTES = 64;

/**
 * Formats that go by each other's extension in practice, because they share a container or a frame header: a phone's
 * `.mp4` is often QuickTime inside, and ADTS AAC cannot be told from MP3 behind an ID3 tag.
 */
const FAMILIES: readonly (readonly string[])[] = [
  ['mp4', 'mov', 'm4a'],
  ['webm', 'mkv'],
  ['mp3', 'aac'],
];

/**
 * Looks at size, extension and first bytes of a file. Nothing is sent.
 * @throws {@link UnsupportedMediaError}, {@link MediaTooLargeError}, {@link MediaReadError}
 */
export async function checkMedia(source: MediaSource, signal: AbortSignal): Promise<CheckedMedia> {
  const { name: file, size } = source;
  const refuse = (reason: string): UnsupportedMediaError =>
    new UnsupportedMediaError({ file, reason, accepted: ACCEPTED_EXTENSIONS });
  const extension = extensionOf(file);
  const accepted = acceptedType(extension);
  if (extension !== undefined && accepted === undefined) {
    throw refuse(`files of type .${extension} are not accepted`);
  }
  if (size !== undefined && size > MAX_UPLOAD_BYTES) {
    throw new MediaTooLargeError({ file, sizeBytes: size, limitBytes: MAX_UPLOAD_BYTES });
  }
  const head = size === 0 ? new Uint8Array() : await readHead(source, signal);
  if (head.byteLength === 0) throw refuse('it is empty');
  const format = sniffFormat(head);
  if (format === undefined) throw refuse(`its content is ${describe(head)}`);
  // Names are sent as they are, and the service goes by them.
  if (extension === undefined || accepted === undefined) {
    throw refuse(
      `its name has no extension, and its content is ${format}: name it ${JSON.stringify(`${file}.${format}`)}`,
    );
  }
  if (!goesBy(format, extension)) throw refuse(`its name says .${extension} and its content is ${format}`);
  return { source, ...accepted };
}

function goesBy(format: MediaFormat, extension: string): boolean {
  const plain = extension === 'jpeg' ? 'jpg' : extension;
  return plain === format || FAMILIES.some((family) => family.includes(plain) && family.includes(format));
}

async function readHead(source: MediaSource, signal: AbortSignal): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES);
  let filled = 0;
  for await (const slice of source.slices(signal)) {
    head.set(slice.subarray(0, HEAD_BYTES - filled), filled);
    filled = Math.min(HEAD_BYTES, filled + slice.byteLength);
    if (filled === HEAD_BYTES) break;
  }
  return head.subarray(0, filled);
}

/** What a refused file is, where people often try it. */
function describe(head: Uint8Array): string {
  const text = String.fromCharCode(...head);
  if (/^.{4}ftyp(?:hei|hev|mif|msf)/s.test(text)) return 'a HEIC picture';
  if (/^.{4}ftypavi/s.test(text)) return 'an AVIF picture';
  if (text.startsWith('%PDF')) return 'a PDF';
  if (text.startsWith('PK')) return 'a ZIP archive';
  if (/^[\t\n\r\x20-\x7e]+$/.test(text)) return 'text';
  return 'of no accepted type';
}
