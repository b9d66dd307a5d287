/**
 * What rendering costs: 30 s at 1080p30, five photos with crossfades and zoom, a logo, a title, a caption and music,
 * against Debian's ffmpeg doing the same with a filter graph. Each run is a process of its own, in turn; printed are both
 * commands, medians of wall time and CPU time, and their ratios.
 *
 * `tsx bench/render.ts [--runs 3] [--seconds 30] [--preset superfast]`. Without an ffmpeg on the path only ours runs.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PRODUCT_PHOTOS } from '../examples/support/product-photos.js';
import { median } from './median.js';
import { benchDraft, ffmpegArguments, musicAsWav, type Preset } from './render/composition.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '30' },
    preset: { type: 'string', default: 'superfast' },
  },
});
const seconds = Number(values.seconds);
const preset: Preset =
  values.preset === 'veryfast' || values.preset === 'ultrafast' ? values.preset : 'superfast';

interface Cost {
  wallMs: number;
  cpuMs: number;
}

interface Contender {
  name: string;
  command: readonly [string, ...string[]];
  /** The CPU time in what the process says about itself, in ms. */
  cpuMs(said: string): number;
  out: string;
}

const folder = await mkdtemp(join(tmpdir(), 'nemovideo-bench-'));
try {
  const { draft, media } = benchDraft(PRODUCT_PHOTOS, seconds);
  const job = join(folder, 'job.json');
  const ours = join(folder, 'ours.mp4');
  await writeFile(
    job,
    JSON.stringify({ draft, media, outPath: ours, fonts: [], seed: 1, profile: { preset } }),
  );
  const contenders: Contender[] = [
    {
      name: 'nemovideo-sdk',
      command: [
        process.execPath,
        '--import',
        'tsx',
        fileURLToPath(new URL('./render/render-once.ts', import.meta.url)),
        job,
      ],
      cpuMs: (said) => Number(/cpu ([\d.]+) ms/.exec(said)?.[1]),
      out: ours,
    },
  ];
  if (spawnSync('ffmpeg', ['-version']).status === 0) {
    const wav = join(folder, 'music.wav');
    await writeFile(wav, await musicAsWav(draft));
    const out = join(folder, 'ffmpeg.mp4');
    contenders.push({
      name: 'ffmpeg',
      command: ['ffmpeg', ...ffmpegArguments({ photos: PRODUCT_PHOTOS, wav, out, seconds, preset })],
      cpuMs: (said) => {
        const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(said) ?? [];
        return (Number(user) + Number(system)) * 1000;
      },
      out,
    });
  } else {
    console.log(
      'There is no ffmpeg on the path, so there is nothing to compare with: only ours is measured.\n',
    );
  }
  for (const { name, command } of contenders) console.log(`${name}:\n  ${command.map(quote).join(' ')}\n`);
  await compare(contenders, Number(values.runs));
} finally {
  await rm(folder, { recursive: true });
}

/** Runs every contender in turn, so that a change of the machine's speed hits all of them. */
async function compare(contenders: readonly Contender[], runs: number): Promise<void> {
  const costs = contenders.map((): Cost[] => []);
  for (let round = 0; round < runs; round++) {
    for (const [index, contender] of contenders.entries()) costs[index]?.push(await measure(contender));
  }
  const medians = costs.map((list) => ({
    wallMs: median(list.map(({ wallMs }) => wallMs)),
    cpuMs: median(list.map(({ cpuMs }) => cpuMs)),
  }));
  const floor = medians[1];
  for (const [index, { name, out }] of contenders.entries()) {
    const { wallMs, cpuMs } = medians[index] ?? { wallMs: Number.NaN, cpuMs: Number.NaN };
    const ratio = floor
      ? ` · × ffmpeg: wall ${(wallMs / floor.wallMs).toFixed(2)}, CPU ${(cpuMs / floor.cpuMs).toFixed(2)}`
      : '';
    const megabytes = ((await stat(out)).size / 1e6).toFixed(1);
    console.log(
      `${name.padEnd(14)} wall ${(wallMs / 1000).toFixed(1)} s · CPU ${(cpuMs / 1000).toFixed(1)} s · ${megabytes} MB${ratio}`,
    );
  }
}

async function measure({ command: [file, ...rest], cpuMs, name }: Contender): Promise<Cost> {
  const begun = performance.now();
  const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}:\n${said}`);
  return { wallMs: performance.now() - begun, cpuMs: cpuMs(said) };
}

/** A word of a command as it is typed. */
function quote(word: string): string {
  return /^[\w./:=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
