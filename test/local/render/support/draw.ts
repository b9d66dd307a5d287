import type { LocalDraft, LocalMedia } from '../../../../src/local/dialect.js';
import { Compositor } from '../../../../src/local/render/draw/compositor.js';
import { resolveSettings } from '../../../../src/local/render/settings.js';
import type { Decoded } from './read-video.js';

/** What drawing a draft came to. */
export interface Drawn {
  /** Every frame; one that looked like the one before is that one. */
  frames: Decoded[];
  /** How many frames were drawn anew. */
  drawn: number;
  warnings: string[];
}

/** Draws all frames of a draft in this process, without encoding them. */
export async function drawAll(
  draft: LocalDraft,
  media: LocalMedia[] = [],
  fonts: string[] = [],
): Promise<Drawn> {
  const settings = resolveSettings(draft);
  const warnings: string[] = [];
  const spec = { media, fonts, seed: 1 };
  const compositor = await Compositor.create({ spec, draft, settings, warn: (text) => warnings.push(text) });
  const frames: Decoded[] = [];
  let drawn = 0;
  for (let index = 0; index < settings.frames; index++) {
    const pixels = await compositor.draw(index);
    if (pixels) drawn++;
    const before = frames.at(-1);
    if (pixels) frames.push({ width: settings.width, height: settings.height, pixels: Buffer.from(pixels) });
    else if (before) frames.push(before);
    await new Promise(setImmediate);
  }
  await compositor.close();
  return { frames, drawn, warnings };
}

/** The frame at a moment, at 10 frames per second. */
export function frameAt({ frames }: Drawn, ms: number): Decoded {
  const frame = frames[ms / 100];
  if (!frame) throw new Error(`there is no frame at ${ms} ms`);
  return frame;
}
