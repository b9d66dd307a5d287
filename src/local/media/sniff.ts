import type { MediaFormat, MediaKind } from '../../wire/media-types.js';

export { type MediaFormat, sniffFormat } from '../../wire/media-types.js';

/** The kind that a format usually holds. A container without pictures turns out to be audio when it is opened. */
export const KIND_OF_FORMAT: Readonly<Record<MediaFormat, MediaKind>> = {
  mp4: 'video',
  mov: 'video',
  avi: 'video',
  webm: 'video',
  mkv: 'video',
  jpg: 'image',
  png: 'image',
  gif: 'image',
  webp: 'image',
  mp3: 'audio',
  wav: 'audio',
  m4a: 'audio',
  aac: 'audio',
};
