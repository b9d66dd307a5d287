import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { LocalTrack } from '../../../src/local/dialect.js';
import { probeMedia } from '../../../src/local/media/probe.js';
import type { RenderedFile, RenderProgress } from '../../../src/local/renderer/start.js';
import { startRender } from '../../../src/local/renderer/start.js';
import { fromSources } from '../../support/local-processes.js';
import { base, overlay, segment, shows, sound, words } from './support/drafts.js';
import { jobs } from './support/jobs.js';
import {
  brightness,
  colorAt,
  type Decoded,
  difference,
  readFrames,
  readSound,
  rms,
} from './support/read-video.js';

// Each render is two processes' worth of loading; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const { folder, job } = jobs();

/** A short video with one of everything. */
const promo: LocalTrack[] = [
  base(
    segment(0, 1000, shows('red.jpg', { motion: 'zoom-in' })),
    segment(1000, 1000, shows('blue.jpg', { transition: { type: 'crossfade', d: 400 } })),
  ),
  overlay(segment(0, 2000, shows('logo.png', { role: 'logo', scale: 0.2 }))),
  words(
    segment(0, 900, { text: 'Summer Sale', role: 'title' }),
    segment(1000, 1000, { text: '新品上市', role: 'caption' }),
  ),
  sound(segment(0, 2000, { name: 'Upbeat', src: 'local:music/upbeat', fadeOut: 1000 })),
];

describe('a render that ends well', () => {
  const progress: RenderProgress[] = [];
  let file: RenderedFile;
  let frames: Decoded[];
  let heard: Float32Array;

  beforeAll(async () => {
    file = await startRender(job('promo.mp4', 2000, ...promo), {
      onProgress: (one) => progress.push(one),
    }).done;
    frames = await readFrames(file.path);
    heard = await readSound(file.path);
  });

  const shown = (index: number): Decoded => {
    const frame = frames[index];
    if (!frame) throw new Error(`there is no frame ${index}`);
    return frame;
  };

  it('says what it made', async () => {
    const { bytes, ...facts } = file;
    expect(facts).toMatchObject({
      path: join(folder, 'promo.mp4'),
      width: 320,
      height: 180,
      fps: 10,
      frames: 20,
      durationMs: 2000,
    });
    expect(bytes).toBe((await readFile(file.path)).length);
  });

  it('is an MP4 of that size, rate and length, with its index before its body', async () => {
    const facts = await probeMedia(file.path);
    expect(facts).toMatchObject({ kind: 'video', format: 'mp4', width: 320, height: 180, fps: 10 });
    expect(Math.abs((facts.durationMs ?? 0) - 2000)).toBeLessThan(50);
    const bytes = await readFile(file.path);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    expect(bytes.includes('avc1') && bytes.includes('mp4a')).toBe(true);
  });

  it('shows the photos one after the other, none black, the logo over both', () => {
    expect(frames).toHaveLength(20);
    for (const frame of frames) expect(brightness(frame)).toBeGreaterThan(20);
    expect(colorAt(shown(9), 0.1, 0.9)[0]).toBeGreaterThan(150);
    expect(colorAt(shown(18), 0.1, 0.2)[2]).toBeGreaterThan(150);
    for (const frame of [shown(1), shown(18)]) expect(colorAt(frame, 0.9, 0.15)[1]).toBeGreaterThan(200);
  });

  it('shows the title in its time', () => {
    expect(difference(shown(4), shown(9))).toBeGreaterThan(0.02);
  });

  it('has music that fades out', () => {
    const loud = rms(heard.subarray(24_000, 48_000));
    expect(loud).toBeGreaterThan(0.02);
    expect(rms(heard.subarray(91_200, 96_000))).toBeLessThan(loud / 4);
  });

  it('warns of the text that no font covers', () => {
    expect(file.warnings).toEqual([expect.stringContaining('"新品上市" was left out')]);
    expect(progress.at(-1)?.warnings).toEqual(file.warnings);
  });

  it('reported how far it was, up to all of its frames', () => {
    const done = progress.map(({ framesDone }) => framesDone);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(progress.at(-1)).toMatchObject({ framesDone: 20, framesTotal: 20 });
    expect(new Set(done).size).toBeGreaterThan(10);
  });

  it('makes the same bytes again from the same job', async () => {
    // From the sources, as the demo does.
    fromSources.isOn = true;
    const again = await startRender(job('again.mp4', 2000, ...promo)).done.finally(() => {
      fromSources.isOn = false;
    });
    expect(fromSources.renders).toBe(1);
    expect((await readFile(again.path)).equals(await readFile(file.path))).toBe(true);
  });
});
