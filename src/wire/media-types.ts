/** What a file is to the service. */
export type MediaKind = 'video' | 'image' | 'audio';

/** Every extension that is accepted, and what it stands for (wire document, "Uploads"). */
export const ACCEPTED_MEDIA: Readonly<Record<string, { readonly kind: MediaKind; readonly mime: string }>> = {
  mp4: { kind: 'video', mime: 'video/mp4' },
  mov: { kind: 'video', mime: 'video/quicktime' },
  avi: { kind: 'video', mime: 'video/x-msvideo' },
  webm: { kind: 'video', mime: 'video/webm' },
  mkv: { kind: 'video', mime: 'video/x-matroska' },
  jpg: { kind: 'image', mime: 'image/jpeg' },
  jpeg: { kind: 'image', mime: 'image/jpeg' },
  png: { kind: 'image', mime: 'image/png' },
  gif: { kind: 'image', mime: 'image/gif' },
  webp: { kind: 'image', mime: 'image/webp' },
  mp3: { kind: 'audio', mime: 'audio/mpeg' },
  wav: { kind: 'audio', mime: 'audio/wav' },
  m4a: { kind: 'audio', mime: 'audio/mp4' },
  aac: { kind: 'audio', mime: 'audio/aac' },
};

/** What the service takes a file for: its kind, and its media type, e.g. `image/jpeg`. */
export type AcceptedType = (typeof ACCEPTED_MEDIA)[string];

/** The largest file that is accepted: 500 MB (wire document), read as binary megabytes. */
export const MAX_UPLOAD_BYTES: number = 524_288_000;

/** The extension of a name, in lower case and without the dot; undefined when there is none. */
export function extensionOf(name: string): string | undefined {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase();
}

/** What the service takes a file with this extension for; undefined when it takes none. */
export function acceptedType(extension: string | undefined): AcceptedType | undefined {
  const known = extension !== undefined && Object.hasOwn(ACCEPTED_MEDIA, extension);
  return known ? ACCEPTED_MEDIA[extension] : undefined;
}

/** The kind that the service's word for a type stands for: `image`, `image/png` and `png` are all in use. */
export function kindOfType(type: string | undefined): MediaKind | undefined {
  const word = type?.split('/')[0]?.toLowerCase();
  return word === 'video' || word === 'image' || word === 'audio' ? word : acceptedType(word)?.kind;
}

/** The kind that the extension of a name or of an address stands for. */
export function kindOfName(name: string): MediaKind | undefined {
  const type = acceptedType(extensionOf(name)) ?? acceptedType(extensionOf(name.replace(/[?#].*$/s, '')));
  return type?.kind;
}

/** What a file is, by its content. One of the accepted extensions ('jpeg' is 'jpg'). */
export type MediaFormat =
  | 'mp4'
  | 'mov'
  | 'avi'
  | 'webm'
  | 'mkv'
  | 'jpg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'mp3'
  | 'wav'
  | 'm4a'
  | 'aac';

/** Brands of ISO files that are pictures (AVIF, HEIF), which the service does not take. */
const STILL_BRANDS = new Set(['avif', 'avis', 'heic', 'heix', 'hevc', 'heim', 'mif1', 'msf1']);

/**
 * The format of a file by the signature in its first bytes, whatever it is called; undefined when it is not one of the
 * accepted ones.
 */
export function sniffFormat(head: Uint8Array): MediaFormat | undefined {
  const ascii = (from: number, to: number): string => String.fromCharCode(...head.subarray(from, to));
  const [first = 0, second = 0, third = 0, fourth = 0] = head;
  if (first === 0xff && second === 0xd8 && third === 0xff) return 'jpg';
  if (first === 0x89 && ascii(1, 8) === 'PNG\r\n\x1a\n') return 'png';
  if (/^GIF8[79]a$/.test(ascii(0, 6))) return 'gif';
  // Behind 4 GB, or where a recorder cannot know the size beforehand (EBU Tech 3306; ITU-R BS.2088).
  if (/^(?:RF64|BW64)/.test(ascii(0, 4))) return ascii(8, 12) === 'WAVE' ? 'wav' : undefined;
  if (ascii(0, 4) === 'RIFF') return RIFF_FORMS[ascii(8, 12)];
  if (ascii(4, 8) === 'ftyp') return isoFormat(ascii(8, 12));
  // QuickTime files from before brands existed begin with any of these boxes.
  if (/^(?:moov|mdat|wide|free|skip)$/.test(ascii(4, 8))) return 'mov';
  if (first === 0x1a && second === 0x45 && third === 0xdf && fourth === 0xa3) {
    return ascii(0, 64).includes('webm') ? 'webm' : 'mkv';
  }
  if (ascii(0, 3) === 'ID3') return 'mp3';
  // Eleven or twelve set bits begin a frame of both. ADTS has 0 where MPEG audio names its layer; MP3 is the third. The
  // mark that begins UTF-16 text would pass for the first.
  if (first === 0xff && (second & 0xf6) === 0xf0) return 'aac';
  if (first === 0xff && (second & 0xe6) === 0xe2 && third >> 4 !== 0x0f) return 'mp3';
  return undefined;
}

const RIFF_FORMS: Readonly<Record<string, MediaFormat>> = { WEBP: 'webp', WAVE: 'wav', 'AVI ': 'avi' };

function isoFormat(brand: string): MediaFormat | undefined {
  if (STILL_BRANDS.has(brand)) return undefined;
  if (brand === 'qt  ') return 'mov';
  return /^M4[AB] $/.test(brand) ? 'm4a' : 'mp4';
}
