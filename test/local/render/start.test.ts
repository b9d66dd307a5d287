import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { RenderCancelledError } from '../../../src/errors/render.js';
import type { LocalTrack } from '../../../src/local/dialect.js';
import { probeMedia } from '../../../src/local/media/probe.js';
import type { RenderedFile, RenderJobSpec, RenderProgress } from '../../../src/local/render/start.js';
import { startRender } from '../../../src/local/render/start.js';
import { base, draftOf, overlay, segment, shows, sound, upload, words } from './support/drafts.js';
import { testFolder, writePicture } from './support/files.js';
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

const folder = testFolder();
const at = (name: string): string => join(folder, name);
const media = [
  upload(at('red.jpg'), 'image'),
  upload(at('blue.jpg'), 'image'),
  upload(at('logo.png'), 'image', { width: 100, height: 100 }),
  upload(at('torn.png'), 'image'),
];

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

function job(outPath: string, d: number, ...t: LocalTrack[]): RenderJobSpec {
  return { draft: draftOf(d, ...t), media, outPath, fonts: [], seed: 1, profile: { preset: 'ultrafast' } };
}

/** A video so long that no test sees its end. */
const endless = (outPath: string): RenderJobSpec =>
  job(outPath, 3_600_000, base(segment(0, 3_600_000, shows('red.jpg', { motion: 'zoom-in' }))));

/** Processes that were started by one and still run. */
function childrenOf(pid: number | undefined): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, parent, state, ...args]) => Number(parent) === pid && !state?.startsWith('Z') && args[0] !== 'ps',
    )
    .map(([child]) => Number(child));
}

const runs = (pid: number): boolean => {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .startsWith('Z');
  } catch {
    return false;
  }
};

beforeAll(async () => {
  await writePicture(at('red.jpg'), { color: '#cc2222' });
  await writePicture(at('blue.jpg'), { color: '#2222cc' });
  await writePicture(at('logo.png'), { width: 100, height: 100, color: '#00ff00' });
  await writeFile(at('torn.png'), (await readFile(at('logo.png'))).subarray(0, 60));
});

describe('a render that ends well', () => {
  const progress: RenderProgress[] = [];
  let file: RenderedFile;
  let frames: Decoded[];
  let heard: Float32Array;

  beforeAll(async () => {
    file = await startRender(job(at('promo.mp4'), 2000, ...promo), {
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
      path: at('promo.mp4'),
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

  it('told how far it was, up to all of its frames', () => {
    const done = progress.map(({ framesDone }) => framesDone);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(progress.at(-1)).toMatchObject({ framesDone: 20, framesTotal: 20 });
    expect(new Set(done).size).toBeGreaterThan(10);
  });

  it('makes the same bytes again from the same job', async () => {
    const again = await startRender(job(at('again.mp4'), 2000, ...promo)).done;
    expect((await readFile(again.path)).equals(await readFile(file.path))).toBe(true);
  });
});

describe('a render that does not', () => {
  it('leaves nothing behind when it is cancelled: no file and no process', async () => {
    let cancelled: Promise<void> | undefined;
    const render = startRender(endless(at('cancelled.mp4')), {
      onProgress: () => {
        cancelled ??= render.cancel();
      },
    });
    await expect(render.done).rejects.toBeInstanceOf(RenderCancelledError);
    await cancelled;
    expect(readdirSync(folder).filter((name) => name.startsWith('cancelled'))).toEqual([]);
    expect(childrenOf(process.pid)).toEqual([]);
  });

  it('can be cancelled before its process has begun', async () => {
    const render = startRender(endless(at('early.mp4')));
    await render.cancel();
    await expect(render.done).rejects.toBeInstanceOf(RenderCancelledError);
    expect(readdirSync(folder).filter((name) => name.startsWith('early'))).toEqual([]);
  });

  it('names the picture that is damaged, and leaves no file', async () => {
    const { done } = startRender(job(at('torn.mp4'), 1000, base(segment(0, 1000, shows('torn.png')))));
    await expect(done).rejects.toMatchObject({
      name: 'LocalRenderError',
      reason: 'media',
      file: 'torn.png',
      message: expect.stringContaining('it is damaged'),
      hint: expect.stringContaining('Upload'),
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('torn.mp4'))).toEqual([]);
  });

  it('tells a crash with the process’s last words, and leaves no file', async () => {
    let killed = false;
    const { done } = startRender(endless(at('crashed.mp4')), {
      onProgress: () => {
        if (!killed) for (const child of childrenOf(process.pid)) process.kill(child, 'SIGKILL');
        killed = true;
      },
    });
    await expect(done).rejects.toMatchObject({
      reason: 'crashed',
      retryable: true,
      message: expect.stringContaining('SIGKILL'),
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('crashed'))).toEqual([]);
  });

  it('ends with the process that wanted it, and cleans up after both', async () => {
    const parent = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('./support/orphan.ts', import.meta.url))],
      {
        env: { ...process.env, RENDER_JOB: JSON.stringify(endless(at('orphan.mp4'))) },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(parent.stdout, 'data');
    const children = childrenOf(parent.pid);
    expect(children).not.toEqual([]);
    expect(existsSync(at('orphan.mp4.part.mp4'))).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(children.some(runs)).toBe(false), { timeout: 15_000 });
    expect(readdirSync(folder).filter((name) => name.startsWith('orphan'))).toEqual([]);
  });
});
