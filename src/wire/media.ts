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
