import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planByTable } from '../../src/local/agent/built-in.js';
import { type Agent, edit, priced } from '../../src/local/agent/index.js';
import { contactSheet, createLocalBackend, type LocalBackend } from '../../src/local/index.js';
import { bundleScripts } from '../support/bundle-scripts.js';
import { png } from '../support/pictures.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of its own, a backend of its own, and nobody's credentials. */
interface Place {
  readonly folder: string;
  readonly backend: LocalBackend;
  /** Starts the example as a person would. */
  start(args?: readonly string[], extra?: Readonly<Record<string, string>>): ChildProcess;
  /** How many requests that change something came in. */
  posts(operation: string): number;
}

const EXAMPLES = [
  'quick-start',
  'quick-edit',
  'batch-style',
  'iterative',
  'chat',
  'agent-tools',
  'batch',
  'resume',
  'upload-folder',
  'opentelemetry',
] as const;

let scripts: string;
const cleanups: (() => Promise<void>)[] = [];

beforeAll(async () => {
  scripts = await mkdtemp(join(tmpdir(), 'nemovideo-examples-'));
  const sources = EXAMPLES.map((name) => join(ROOT, `examples/${name}.ts`));
  await bundleScripts(sources, scripts, { clock: fileURLToPath(new URL('./clock.ts', import.meta.url)) });
}, 60_000);

afterAll(async () => {
  for (const clean of cleanups) await clean();
  await rm(scripts, { recursive: true, force: true });
});

/** The agent of the backend, but for a sixth of each side: a video of one colour needs no more, and is drawn in no time. */
const small: Agent = (turn) => {
  const { steps, credits } = priced(planByTable(turn), turn.draft !== null);
  const shrink = edit(
    ({ m }) => void Object.assign(m, { width: m.width / 6, height: m.height / 6, fps: 10 }),
    {
      takesMs: 0,
    },
  );
  return { steps: steps.flatMap((step) => (step.do === 'edit' ? [step, shrink] : [step])), credits };
};

/** Opens a place for the example of that name. */
async function open(name: (typeof EXAMPLES)[number], render: 'video' | 'off' = 'off'): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'nemovideo-example-'));
  const script = join(scripts, `${name}.mjs`);
  const agent = render === 'video' ? { agent: small } : {};
  const backend = await createLocalBackend({ render, speed: 1000, seed: 7, ...agent });
  await backend.listen();
  // One account for every start: another could not see the session.
  const token = backend.issueToken({ credits: 1000 });
  const children: ChildProcess[] = [];
  cleanups.push(async () => {
    for (const child of children) child.kill('SIGKILL');
    await backend.close();
    await rm(folder, { recursive: true, force: true });
  });
  for (const [index, picture] of ['mug', 'plant', 'lamp'].entries()) {
    await writeFile(join(folder, `${picture}.png`), png(64, 48, [60 + index * 60, 90, 120]));
  }
  return {
    folder,
    backend,
    start(args = [], extra = {}) {
      const child = spawn(execPath, [script, ...args], {
        cwd: folder,
        env: {
          ...env,
          NEMO_API_URL: backend.url,
          NEMO_TOKEN: token,
          XDG_CONFIG_HOME: folder,
          ...extra,
        },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      children.push(child);
      return child;
    },
    posts: (operation) =>
      backend.requests.filter((request) => request.operation === operation && request.method === 'POST')
        .length,
  };
}

/** How red a clip is at the edge of its middle frame, from 0 to 255. */
async function redOf(video: string): Promise<number> {
  const sheet = `${video}.png`;
  await contactSheet(video, sheet, { columns: 1, count: 1 });
  const image = await loadImage(sheet);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(Math.round(image.width / 2), Math.round(image.height * 0.85), 1, 1);
  return data[0] ?? 0;
}

function ended(child: ChildProcess, input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let problems = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      problems += text;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(out) : reject(new Error(`exit ${code}\n${out}\n${problems}`)),
    );
    child.stdin?.end(input);
  });
}

/** Runs a process until it prints some words, and sends it a signal then. */
function stoppedAt(child: ChildProcess, words: RegExp, signal: 'SIGKILL' | 'SIGINT') {
  return new Promise<{ seen: boolean; code: number | null; out: string; problems: string }>((resolve) => {
    let out = '';
    let problems = '';
    let seen = false;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (seen || !words.test(out)) return;
      seen = true;
      child.kill(signal);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      problems += text;
    });
    child.on('close', (code) => resolve({ seen, code, out, problems }));
    child.stdin?.end();
  });
}

// Side by side: most of the time an example waits for a render.
describe('the examples against the local backend', { timeout: 60_000 }, () => {
  it.concurrent('quick-edit.ts makes one video of one file', async () => {
    const { start, folder, posts } = await open('quick-edit');
    const out = await ended(start(['mug.png']));
    expect(out).toContain('Your video is ready (10 seconds');
    expect(await readdir(folder)).toContain('video-1.mp4');
    expect(posts('run')).toBe(1);
  });

  it.concurrent('batch.ts makes a clip of each photo, each with its own picture', async () => {
    const { start, folder } = await open('batch', 'video');
    // Real renders take real time, small ones little.
    await ended(start([folder], { CLOCK_FACTOR: '4' }));
    // The photos are of one colour each, with 60, 120 and 180 parts of red.
    for (const [index, name] of ['mug', 'plant', 'lamp'].entries()) {
      const red = await redOf(join(folder, `${name}.mp4`));
      expect(Math.abs(red - (60 + index * 60)), name).toBeLessThan(20);
    }
  }, 180_000);

  it.concurrent('batch-style.ts makes a video of each file in one session', async () => {
    const { start, folder, posts } = await open('batch-style');
    await ended(start(['mug.png', 'plant.png']));
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['video-1.mp4', 'video-2.mp4']));
    expect([posts('session'), posts('run'), posts('render')]).toEqual([1, 2, 2]);
  });

  it.concurrent('iterative.ts refines a rough cut, and keeps the project', async () => {
    const { start, folder, posts } = await open('iterative');
    const out = await ended(start(['mug.png', 'plant.png', 'lamp.png']));
    expect(out).toContain('30%');
    expect(out).toContain('Summer Sale');
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['video-1.mp4', 'iterative.json']));
    expect(posts('render')).toBe(1);
  });

  it.concurrent('chat.ts talks, uploads paths that are named, and quits', async () => {
    const { start, folder } = await open('chat');
    const out = await ended(
      start(['chat.json']),
      'Make a 10-second video of mug.png with the title "Hi", but don\'t export yet\n/timeline\n/credits\n/quit\n',
    );
    expect(out).toContain('Got mug.png.');
    expect(out).toMatch(/Timeline \(\d tracks\)/);
    expect(out).toMatch(/You have \d+ credits left\./);
    expect(out).toMatch(/Bye\.\s*$/);
    expect(await readdir(folder)).toContain('chat.json');
  });

  it.concurrent('agent-tools.ts lets a script in the place of a model use every step, and survives its mistake', async () => {
    const { start, posts } = await open('agent-tools');
    const out = await ended(start());
    expect(out).toContain('a script in the place of a model');
    expect(out).toContain('There is no tool');
    expect(out).toContain('Your video is ready.');
    expect([posts('run'), posts('render')]).toEqual([1, 1]);
  });

  it.concurrent.each([
    ['batch', 'Usage: npx tsx examples/batch.ts <folder of photos>\n'],
    ['batch-style', 'Usage: npx tsx examples/batch-style.ts <file>…\n'],
    ['resume', 'Usage: npx tsx examples/resume.ts <folder of photos>\n'],
    ['upload-folder', 'Usage: npx tsx examples/upload-folder.ts <folder>\n'],
    ['opentelemetry', 'This example needs @opentelemetry/api: npm install --no-save @opentelemetry/api\n'],
  ] as const)('%s.ts says in one line what it lacks', async (name, line) => {
    const { start } = await open(name);
    await expect(ended(start())).rejects.toThrow(new Error(`exit 1\n\n${line}`));
  });

  it.concurrent('quick-start.ts cancels its render at Ctrl-C, and says how to continue', async () => {
    const { start, backend } = await open('quick-start');
    // There are two seconds until the render is looked at again, and 40 ms for the request to leave.
    const stopped = await stoppedAt(start([], { CLOCK_FACTOR: '1' }), /Rendering/, 'SIGINT');
    expect(stopped).toMatchObject({ seen: true, code: 1 });
    expect(stopped.problems).toContain('nemo.openVideo(task.toJSON())');
    expect(backend.requests.filter(({ path }) => path.endsWith('/cancel'))).toHaveLength(1);
  });

  it.concurrent.each([
    ['quick-edit', ['mug.png'], 'Stopped.'],
    ['batch-style', ['mug.png', 'plant.png'], 'Stopped.'],
    ['iterative', ['mug.png'], 'Stopped.'],
    ['batch', ['.'], 'continue with the same checkpoint'],
    ['agent-tools', [], 'nemo.runs.open(error.snapshot)'],
  ] as const)(
    '%s.ts ends at Ctrl-C while the agent works, with one message a video',
    async (name, args, words) => {
      const { start, backend, posts } = await open(name);
      backend.faults.add({ on: 'run', do: 'stall', times: Number.POSITIVE_INFINITY });
      const child = start(args);
      const begun = setInterval(() => {
        if (posts('run') === 0) return;
        // Once: the second one ends the process at once.
        clearInterval(begun);
        child.kill('SIGINT');
      }, 100);
      const { out, problems } = await stoppedAt(child, /^$/, 'SIGINT');
      expect(`${out}${problems}`).toContain(words);
      // Three videos are made side by side.
      expect(posts('run')).toBeLessThanOrEqual(name === 'batch' ? 3 : 1);
    },
  );

  it.concurrent('resume.ts survives SIGKILL and SIGINT at any point, with one message and one video', async () => {
    const { start, folder, posts, backend } = await open('resume');
    const photos = join(folder, 'photos');
    await mkdir(photos);
    await writeFile(join(photos, 'mug.png'), png(64, 48, [200, 60, 40]));
    const stops = [
      [/Uploading/, 'SIGKILL'],
      [/Sending the message/, 'SIGINT'],
      [/The timeline changed|Looking for the outcome/, 'SIGKILL'],
      [/Checking that the timeline/, 'SIGINT'],
      [/Starting the render/, 'SIGKILL'],
      [/Downloading/, 'SIGKILL'],
    ] as const;
    const reached: RegExp[] = [];
    for (const [words, signal] of stops) {
      const stopped = await stoppedAt(start([photos]), words, signal);
      if (!stopped.seen) continue;
      reached.push(words);
      if (signal === 'SIGINT') {
        expect(stopped.code).toBe(130);
        expect(stopped.problems).toContain('continue with the same checkpoint');
      }
    }
    expect(reached.length).toBeGreaterThan(4);
    expect(await ended(start([photos]))).toContain('photos.mp4');
    expect(await readdir(folder)).toContain('photos.mp4');
    expect(await ended(start([photos]))).toContain('photos.mp4');
    expect(posts('run')).toBe(1);
    expect(backend.charges.length).toBeLessThanOrEqual(1);
  }, 180_000);
});
