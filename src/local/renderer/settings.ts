import type { LocalDraft } from '../dialect.js';
import { LocalRenderError } from './failure.js';
import type { RenderProfile } from './job.js';

/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** What is made, with every choice taken. */
export interface RenderSettings extends Size {
  fps: number;
  /** Frames in all. */
  frames: number;
  durationMs: number;
  preset: 'ultrafast' | 'superfast' | 'veryfast';
}

/** H.264 with 4:2:0 colour has no odd sides. */
const even = (pixels: number): number => Math.max(16, Math.round(pixels / 2) * 2);

/**
 * Fits a profile over what the draft asks for. The length is the draft's own, or else the end of its last segment.
 *
 * @throws LocalRenderError when the draft is empty
 */
export function resolveSettings(draft: LocalDraft, profile: RenderProfile = {}): RenderSettings {
  const ends = draft.t.flatMap((track) => track.sg.map((segment) => segment.s + segment.d));
  const durationMs = draft.d > 0 ? draft.d : Math.max(0, ...ends);
  if (durationMs === 0) throw new LocalRenderError({ reason: 'draft', problem: 'the draft lasts no time' });
  const fps = profile.fps ?? draft.m.fps;
  return {
    width: even(profile.width ?? draft.m.width),
    height: even(profile.height ?? draft.m.height),
    fps,
    frames: Math.max(1, Math.round((durationMs / 1000) * fps)),
    durationMs,
    preset: profile.preset ?? 'superfast',
  };
}

/** The frame rate as FFmpeg reads it, exact to a thousandth. */
export function rateOf({ fps }: Pick<RenderSettings, 'fps'>): string {
  return `${Math.round(fps * 1000)}/1000`;
}

/** The first frame at or after a moment, in ms. */
export function frameAt(ms: number, { fps }: Pick<RenderSettings, 'fps'>): number {
  return Math.ceil((ms * fps) / 1000 - 1e-6);
}
