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

/** The largest file that is accepted: 500 MB (wire document), read as binary megabytes. */
export const MAX_UPLOAD_BYTES: number = 524_288_000;
