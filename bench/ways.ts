/**
 * How long the ways through the library are: the files and functions of `src/` that run for one call, counted by V8.
 * Each call is made twice and counted the second time, so that loading is not counted. The local backend answers it and
 * is not counted.
 * `tsx bench/ways.ts [--tree PATH] [--list]`: another checkout; the files by name.
 */
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '..');
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAJCAIAAAC0SDtlAAAAFElEQVR4nGM4oWFDEmIY1TAoNAAAsliowdN6jIAAAAAASUVORK5CYII=',
  'base64',
);
const WISH = 'Make a 6-second video of this picture with music';

/** What ran: the names of the functions, by file. */
type Way = ReadonlyMap<string, readonly string[]>;

/** Compiles every file of a tree's `src/` by itself, below `node_modules/`. Returns the folder. */
async function compile(tree: string): Promise<string> {
  const src = join(tree, 'src');
  const names = await readdir(src, { recursive: true });
  const cache = join(ROOT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'ways-'));
  await build({
    entryPoints: names.filter((name) => name.endsWith('.ts')).map((name) => join(src, name)),
    outbase: src,
    outdir: folder,
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  const imports = { '#platform': './platform/node.js' };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', imports }));
  await cp(join(src, 'local/fonts'), join(folder, 'local/fonts'), { recursive: true });
  return folder;
}

/** Counts what runs in a folder of compiled files, its `local/` left out. */
class Counter {
  readonly #session = new Session();
  readonly #prefix: string;

  constructor(folder: string) {
    this.#prefix = `${pathToFileURL(folder).href}/`;
  }

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  }

  async count(work: () => Promise<unknown>): Promise<Way> {
    // Taking the counts sets them to 0.
    await this.#session.post('Profiler.takePreciseCoverage');
    await work();
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    const ours = result
      .map(({ url, functions }) => ({
        file: url.startsWith(this.#prefix) ? url.slice(this.#prefix.length).replace(/\.js$/, '.ts') : '',
        names: functions
          .filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0)
          .map(({ functionName }) => functionName),
      }))
      .filter(({ file, names }) => file !== '' && !file.startsWith('local/') && names.length > 0);
    return new Map(ours.map(({ file, names }) => [file, names]));
  }
}

async function measure(folder: string): Promise<ReadonlyMap<string, Way>> {
  const load = (file: string) => import(pathToFileURL(join(folder, file)).href);
  const { NemoVideo }: typeof import('nemovideo-sdk') = await load('index.js');
  const { createLocalBackend }: typeof import('nemovideo-sdk/local') = await load('local/index.js');
  const backend = await createLocalBackend({ render: 'off', speed: Number.POSITIVE_INFINITY, credits: 1e6 });
  const photo = join(folder, 'photo.png');
  await writeFile(photo, PHOTO);
  const nemo = new NemoVideo({
    baseUrl: backend.url,
    fetch: backend.fetch,
    token: backend.issueToken({ credits: 1e6 }),
    credentialStore: false,
    poll: { minMs: 50, maxMs: 50 },
  });

  /** A message whose answer has text: a silent edit takes another way. */
  const message = async (counter: Counter): Promise<Way> => {
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const session = await nemo.sessions.create();
      await session.upload(photo);
      let silent = true;
      const way = await counter.count(async () => {
        ({ silent } = await session.run(WISH).result());
      });
      if (!silent) return way;
    }
    throw new Error('every message was answered silently');
  };
  const film = async (counter: Counter): Promise<Way> => {
    const session = await nemo.sessions.create();
    await session.upload(photo);
    await session.run(WISH).result();
    return counter.count(async () => (await session.export()).result());
  };
  const upload = async (counter: Counter): Promise<Way> => {
    const session = await nemo.sessions.create();
    return counter.count(() => session.upload(photo));
  };
  const video = (counter: Counter): Promise<Way> =>
    counter.count(() =>
      nemo.createVideo({ media: [photo], prompt: WISH, download: join(folder, 'video.mp4') }).result(),
    );
  const calls = {
    'a small call': (counter: Counter) => counter.count(() => nemo.credits.balance()),
    'a message': message,
    'an upload': upload,
    'an export': film,
    createVideo: video,
  };

  const counter = new Counter(folder);
  await counter.start();
  const ways = new Map<string, Way>();
  for (const [name, call] of Object.entries(calls)) {
    await call(counter);
    ways.set(name, await call(counter));
  }
  await backend.close();
  return ways;
}

const { values } = parseArgs({
  args: argv.slice(2),
  options: { tree: { type: 'string', default: ROOT }, list: { type: 'boolean', default: false } },
});
const folder = await compile(resolve(values.tree));
try {
  for (const [name, way] of await measure(folder)) {
    const functions = [...way.values()].reduce((sum, names) => sum + names.length, 0);
    console.log(
      `${name.padEnd(14)} ${String(way.size).padStart(3)} files ${String(functions).padStart(4)} functions`,
    );
    if (values.list)
      for (const [file, names] of [...way].sort()) console.log(`  ${file}  ${names.join(' ')}`);
  }
} finally {
  await rm(folder, { recursive: true });
}
