import { fieldsOf, isObject } from '../../wire/index.js';
import type { RenderProfile } from '../render/job.js';

/** Whether a draft may be submitted at all: it has a track with a segment (wire document). */
export function hasSegments(draft: unknown): boolean {
  return (
    isObject(draft) &&
    Array.isArray(draft.t) &&
    draft.t.some((track) => isObject(track) && Array.isArray(track.sg) && track.sg.length > 0)
  );
}

/** The shorter side of a video of `quality: 'low'`. */
const LOW_SIDE = 180;

/**
 * How large to render. The documents know only the quality `high`, which is what the draft asks for; `low` is this
 * backend's own: small and quick, for tests and for a first look.
 */
export function profileOf(output: unknown, draft: unknown): { profile?: RenderProfile } {
  if (!isObject(output) || output.quality !== 'low') return {};
  const { width, height } = fieldsOf(fieldsOf(draft).m);
  if (typeof width !== 'number' || typeof height !== 'number') return {};
  const scale = LOW_SIDE / Math.min(width, height);
  const even = (side: number): number => Math.round((side * scale) / 2) * 2;
  return { profile: { width: even(width), height: even(height), fps: 10, preset: 'ultrafast' } };
}
