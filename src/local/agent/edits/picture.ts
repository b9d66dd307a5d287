import type { LocalDraft, LocalMedia } from '../../dialect.js';
import { newId, type Picture, picturesIn } from './tracks.js';

/** Makes a picture of the timeline out of an upload. */

/** How long a still is shown when nothing says how long. */
export const STILL_MS = 4000;
const MOTIONS = ['zoom-in', 'pan-right', 'zoom-out', 'pan-left'] as const;

/** The movement of the still at a place in the row: neighbours move differently. */
export const motionAt = (index: number): NonNullable<Picture['m']['motion']> =>
  MOTIONS[index % MOTIONS.length] ?? 'zoom-in';

/** A segment that shows an upload: stills as long as the others, clips as long as they are. */
export function pictureOf(draft: LocalDraft, file: LocalMedia, random: () => number, ms?: number): Picture {
  const kind = file.kind === 'video' ? 'video' : 'image';
  const stills = picturesIn(draft).filter(({ m }) => m.kind !== 'video');
  const usual = stills.length > 0 ? stills.reduce((sum, { d }) => sum + d, 0) / stills.length : STILL_MS;
  const own = kind === 'video' ? (file.durationMs ?? STILL_MS) : usual;
  return {
    id: newId('pic', draft, random),
    s: 0,
    d: Math.round(kind === 'video' ? Math.min(ms ?? own, own) : (ms ?? own)),
    m: {
      name: file.name,
      src: file.url,
      kind,
      ...(kind === 'image' && { motion: motionAt(picturesIn(draft).length) }),
    },
  };
}
