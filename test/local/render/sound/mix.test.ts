import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LocalDraft } from '../../../../src/local/dialect.js';
import { resolveSettings } from '../../../../src/local/render/settings.js';
import { tempoSteps } from '../../../../src/local/render/sound/file-sound.js';
import { SAMPLE_RATE } from '../../../../src/local/render/sound/format.js';
import { mixSound } from '../../../../src/local/render/sound/mix.js';
import { base, draftOf, segment, shows, sound, upload, urlOf } from '../support/drafts.js';
import { testFolder, writeClip, writePicture, writeTone } from '../support/files.js';
import { rms } from '../support/read-video.js';

const folder = testFolder();
const media = [
  upload(join(folder, 'tone.wav'), 'audio'),
  upload(join(folder, 'clip.mp4'), 'video'),
  upload(join(folder, 'photo.png'), 'image'),
];

beforeAll(async () => {
  await writeTone(join(folder, 'tone.wav'), { seconds: 2, frequency: 500, loud: 0.5 });
  await writeClip(join(folder, 'clip.mp4'));
  await writePicture(join(folder, 'photo.png'));
});

const tone = (meta = {}) => ({ name: 'tone.wav', src: urlOf('tone.wav'), ...meta });

/** Mixes a draft. Times are in ms. */
async function mix(draft: LocalDraft) {
  const warnings: string[] = [];
  const blocks: Float32Array[] = [];
  const settings = resolveSettings(draft);
  const input = {
    draft,
    settings,
    spec: { media, seed: 1 },
    warn: (text: string) => void warnings.push(text),
  };
  for await (const { left } of mixSound(input)) blocks.push(left);
  const samples = Float32Array.from(blocks.flatMap((block) => [...block]));
  const between = (from: number, to: number) =>
    samples.subarray((from * SAMPLE_RATE) / 1000, (to * SAMPLE_RATE) / 1000);
  return { samples, between, warnings };
}

/** Times that a wave goes up through zero. */
function waves(samples: Float32Array): number {
  let count = 0;
  for (let at = 1; at < samples.length; at++)
    if ((samples[at - 1] ?? 0) < 0 && (samples[at] ?? 0) >= 0) count++;
  return count;
}

describe('mixSound', () => {
  it('is silence to the last sample for a draft without sound, and as long as the video', async () => {
    const { samples } = await mix(draftOf(1000, base(segment(0, 1000, shows('photo.png')))));
    expect(samples.every((sample) => sample === 0)).toBe(true);
    expect(samples.length).toBeGreaterThanOrEqual(SAMPLE_RATE);
    expect(samples.length).toBeLessThan(SAMPLE_RATE + 1024);
  });

  it('plays an uploaded sound in its time, at its pitch and volume', async () => {
    const { between } = await mix(draftOf(2000, sound(segment(500, 1000, tone({ volume: 0.5 })))));
    expect(rms(between(0, 490))).toBe(0);
    // Half of 0.5, as a sine, and one channel's power shared by two.
    expect(rms(between(600, 1400))).toBeCloseTo(0.25 / Math.SQRT2 / Math.SQRT2, 3);
    expect(Math.abs(waves(between(600, 1400)) - 400)).toBeLessThanOrEqual(1);
    expect(rms(between(1510, 2000))).toBe(0);
  });

  it('begins a sound where it is trimmed, and is silent after its end', async () => {
    const { between } = await mix(draftOf(2000, sound(segment(0, 2000, tone({ in: 1000 })))));
    expect(rms(between(100, 900))).toBeGreaterThan(0.2);
    expect(rms(between(1100, 2000))).toBe(0);
  });

  it('fades in and out evenly', async () => {
    const { between } = await mix(
      draftOf(2000, sound(segment(0, 2000, tone({ fadeIn: 1000, fadeOut: 500 })))),
    );
    const full = rms(between(1100, 1400));
    expect(rms(between(450, 550)) / full).toBeCloseTo(0.5, 1);
    expect(rms(between(1700, 1800)) / full).toBeCloseTo(0.5, 1);
  });

  it('begins and ends nothing with a click', async () => {
    const { samples } = await mix(draftOf(1000, sound(segment(200, 500, tone()))));
    const largestStep = samples.reduce(
      (most, sample, at) => Math.max(most, Math.abs(sample - (samples[at - 1] ?? 0))),
      0,
    );
    // A 500 Hz tone of that loudness never moves faster than this by itself.
    expect(largestStep).toBeLessThan((0.5 * 2 * Math.PI * 500 * 1.05) / SAMPLE_RATE);
  });

  it('plays the sound that a clip brings, at its volume', async () => {
    const clip = (volume: number) =>
      draftOf(1000, base(segment(0, 1000, shows('clip.mp4', { kind: 'video', volume }))));
    const [whole, half, none] = [await mix(clip(1)), await mix(clip(0.5)), await mix(clip(0))];
    expect(rms(whole.between(100, 900))).toBeGreaterThan(0.3);
    expect(rms(half.between(100, 900)) / rms(whole.between(100, 900))).toBeCloseTo(0.5, 2);
    expect(rms(none.samples)).toBe(0);
  });

  it('plays a fast clip faster at the same pitch', async () => {
    const { between } = await mix(
      draftOf(2000, base(segment(0, 2000, shows('clip.mp4', { kind: 'video', speed: 2 })))),
    );
    expect(Math.abs(waves(between(200, 1200)) - 440)).toBeLessThan(12);
    expect(rms(between(1700, 2000))).toBeLessThan(0.01);
  });

  it('bends what is too loud instead of cutting it off', async () => {
    const loud = sound(segment(0, 500, tone()), segment(0, 500, tone()), segment(0, 500, tone()));
    const { samples } = await mix(draftOf(500, loud));
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBeGreaterThan(0.85);
    expect(peak).toBeLessThan(0.98);
  });

  it('plays another style for one that it does not know, and says so', async () => {
    const { samples, warnings } = await mix(
      draftOf(500, sound(segment(0, 500, { name: 'Polka', src: 'local:music/polka' }))),
    );
    expect(rms(samples)).toBeGreaterThan(0.01);
    expect(warnings).toEqual([expect.stringContaining('"polka"')]);
  });

  it('names the upload that is missing', async () => {
    const gone = sound(segment(0, 500, { name: 'gone.mp3', src: urlOf('gone.mp3') }));
    await expect(mix(draftOf(500, gone))).rejects.toMatchObject({ reason: 'media', file: 'gone.mp3' });
  });
});

describe('tempoSteps', () => {
  it.each([
    [1, []],
    [1.5, [1.5]],
    [5, [2, 2, 1.25]],
    [0.2, [0.5, 0.5, 0.8]],
  ])('makes a speed of %d out of what the filter takes', (speed, steps) => {
    expect(tempoSteps(speed)).toEqual(steps);
  });
});
