import * as av from 'node-av';
import type { LocalDraft, LocalMedia } from '../../../../src/local/dialect.js';
import { film } from '../../../../src/local/renderer/film.js';
import type { RenderProfile } from '../../../../src/local/renderer/job.js';
import { resolveSettings } from '../../../../src/local/renderer/settings.js';
import type { Decoded } from './read-video.js';

/** What drawing a draft came to. */
export interface Drawn {
  frames: Decoded[];
  warnings: string[];
}

/** Draws all frames of a draft in this process, without encoding them. */
export async function drawAll(
  draft: LocalDraft,
  media: LocalMedia[] = [],
  fonts: string[] = [],
  profile: RenderProfile = {},
): Promise<Drawn> {
  const settings = resolveSettings(draft, profile);
  const warnings: string[] = [];
  const spec = { media, fonts, seed: 1 };
  const filter = av.FilterAPI.create('scale=in_color_matrix=bt709:in_range=tv,format=rgba');
  const frames: Decoded[] = [];
  try {
    for await (const frame of film({ spec, draft, settings, warn: (text) => warnings.push(text) })) {
      const [converted] = await filter.processAll(frame);
      frame.free();
      if (!converted) throw new Error('a frame was not converted');
      const { width, height } = converted;
      frames.push({ width, height, pixels: Buffer.from(converted.toBuffer()) });
      converted.free();
    }
  } finally {
    filter.close();
  }
  return { frames, warnings };
}

/** The frame at a moment, at 10 frames per second. */
export function frameAt({ frames }: Drawn, ms: number): Decoded {
  const frame = frames[ms / 100];
  if (!frame) throw new Error(`there is no frame at ${ms} ms`);
  return frame;
}

/** Whether two colours are the same to the eye: those of a video are stored more coarsely than those of a photo. */
export function near(color: readonly number[], wanted: readonly number[]): boolean {
  return color.every((c, i) => Math.abs(c - (wanted[i] ?? 0)) < 12);
}
