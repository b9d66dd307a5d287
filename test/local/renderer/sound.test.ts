import { join } from 'node:path';
import * as av from 'node-av';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LocalDraft, MUSIC_STYLES } from '../../../src/local/dialect.js';
import { resolveSettings } from '../../../src/local/renderer/settings.js';
import { mixSound, SAMPLE_RATE, tempoSteps } from '../../../src/local/renderer/sound.js';
import { base, draftOf, segment, shows, sound, upload, urlOf } from './support/drafts.js';
import { testFolder, writeClip, writePicture, writeTone } from './support/files.js';
import { rms } from './support/read-video.js';

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
async function mix(draft: LocalDraft, uploads = media) {
  const warnings: string[] = [];
  const blocks: Float32Array[] = [];
  const settings = resolveSettings(draft);
  const input = {
    draft,
    settings,
    spec: { media: uploads, seed: 1 },
    warn: (text: string) => void warnings.push(text),
  };
  for await (const frame of mixSound(input)) {
    const [left] = frame.data ?? [];
    if (left) blocks.push(new Float32Array(new Uint8Array(left.subarray(0, frame.nbSamples * 4)).buffer));
    frame.free();
  }
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

  it('turns down what is too loud instead of cutting it off', async () => {
    const loud = sound(segment(0, 500, tone()), segment(0, 500, tone()), segment(0, 500, tone()));
    const { samples } = await mix(draftOf(500, loud));
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBeGreaterThan(0.7);
    // Two decibels below the loudest there is, for what lies between samples and what AAC adds.
    expect(peak).toBeLessThan(0.745);
  });

  it('plays another style for one that it does not know, and says so', async () => {
    const { samples, warnings } = await mix(
      draftOf(500, sound(segment(0, 500, { name: 'Polka', src: 'local:music/polka' }))),
    );
    expect(rms(samples)).toBeGreaterThan(0.01);
    expect(warnings).toEqual([expect.stringContaining('"polka"')]);
  });

  it('reads files whatever they are called', async () => {
    const name = "it's 50% [a, b]; c:d\\e 'f'.wav";
    const odd = upload(join(folder, name), 'audio', { name, url: urlOf('odd') });
    await writeTone(odd.path);
    const { between } = await mix(draftOf(1000, sound(segment(0, 1000, { name, src: urlOf('odd') }))), [odd]);
    expect(rms(between(100, 900))).toBeGreaterThan(0.2);
  });

  it('names the upload that is missing', async () => {
    const gone = sound(segment(0, 500, { name: 'gone.mp3', src: urlOf('gone.mp3') }));
    await expect(mix(draftOf(500, gone))).rejects.toMatchObject({ reason: 'media', file: 'gone.mp3' });
  });
});

describe('music', () => {
  /** How loud a mix is as a whole, in LUFS, and its loudest peak between samples, in dBTP. */
  async function loudness(draft: LocalDraft): Promise<{ lufs: number; peak: number }> {
    const settings = resolveSettings(draft);
    const meter = av.FilterAPI.create('ebur128=metadata=1:peak=true');
    let facts: Record<string, string> = {};
    const read = (frames: av.Frame[]): void => {
      for (const frame of frames) {
        facts = frame.getMetadata()?.getAll() ?? facts;
        frame.free();
      }
    };
    for await (const frame of mixSound({ draft, settings, spec: { media: [], seed: 1 }, warn: () => {} })) {
      read(await meter.processAll(frame));
      frame.free();
    }
    meter.close();
    const peaks = ['0', '1'].map((channel) => Number(facts[`lavfi.r128.true_peaks_ch${channel}`]));
    return { lufs: Number(facts['lavfi.r128.I']), peak: 20 * Math.log10(Math.max(...peaks)) };
  }
  const piece = (style: string, volume: number) =>
    draftOf(6000, sound(segment(0, 6000, { name: style, src: `local:music/${style}`, volume })));

  it.each(MUSIC_STYLES)('of the style %s is loud enough for a phone at 35 %%', async (style) => {
    const { lufs, peak } = await loudness(piece(style, 0.35));
    expect(Math.abs(lufs + 16)).toBeLessThan(1.5);
    expect(peak).toBeLessThan(-1);
  });

  it('at its loudest is louder, and still below the loudest there is', async () => {
    const { lufs, peak } = await loudness(piece('upbeat', 1));
    expect(lufs).toBeGreaterThan(-13);
    expect(peak).toBeLessThan(-1);
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
