import type {
  LocalDraft,
  LocalMedia,
  LocalSegment,
  LocalTrack,
  PictureMeta,
  SoundMeta,
  TextMeta,
} from '../../../../src/local/dialect.js';

/** A segment of any kind. */
export function segment<Meta>(s: number, d: number, m: Meta): LocalSegment<Meta> {
  return { id: `${s}-${d}`, s, d, m };
}

/** An upload, under an address made of its name. */
export function upload(path: string, kind: LocalMedia['kind'], facts: Partial<LocalMedia> = {}): LocalMedia {
  const name = path.split('/').at(-1) ?? path;
  return { name, kind, url: urlOf(name), path, bytes: 1, ...facts };
}

export const urlOf = (name: string): string => `http://127.0.0.1/media/${name}`;

/** A picture segment's meta for an upload of that name. */
export function shows(name: string, meta: Partial<PictureMeta> = {}): PictureMeta {
  return { name, src: urlOf(name), kind: 'image', motion: 'none', ...meta };
}

export const base = (...sg: LocalSegment<PictureMeta>[]): LocalTrack => ({
  tt: 0,
  id: 'base',
  m: { name: 'Video' },
  sg,
});
export const overlay = (...sg: LocalSegment<PictureMeta>[]): LocalTrack => ({
  tt: 0,
  id: 'overlay',
  m: { name: 'Overlay', role: 'overlay' },
  sg,
});
export const words = (...sg: LocalSegment<TextMeta>[]): LocalTrack => ({
  tt: 7,
  id: 'words',
  m: { name: 'Text' },
  sg,
});
export const sound = (...sg: LocalSegment<SoundMeta>[]): LocalTrack => ({
  tt: 1,
  id: 'sound',
  m: { name: 'BGM' },
  sg,
});

/** A draft of 320 by 180 at 10 frames per second. */
export function draftOf(d: number, ...t: LocalTrack[]): LocalDraft {
  return { t, d, m: { title: 'Test', width: 320, height: 180, fps: 10, seed: 1 } };
}
