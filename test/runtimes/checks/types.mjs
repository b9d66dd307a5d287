import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../process.mjs';
import { HERE } from './tools.mjs';

const COMPILERS = ['5.5', '5.9', '6', '7'];
/** Ways to resolve modules: the module setting of each, and the first compiler that has it. */
const RESOLUTIONS = {
  node16: { module: 'node16', since: '5.5' },
  node18: { module: 'node18', since: '5.9' },
  node20: { module: 'node20', since: '5.9' },
  nodenext: { module: 'nodenext', since: '5.5' },
  bundler: { module: 'esnext', since: '5.5' },
};

/** What a program of a user holds: options, the main job, events narrowed by their type, errors, the timeline. */
const CONSUMER = `import {
  decodeDraft, InsufficientCreditsError, isNemoVideoError, NemoVideo, Timeline, timelineSVG,
  type Middleware, type NemoVideoOptions, type RunEvent, type VideoResult, type VideoSnapshot,
} from 'nemovideo-sdk';
import { createNemoVideoProvider, nemovideoTools, type ToolVideo } from 'nemovideo-sdk/ai';
import { createLocalBackend, type LocalBackendOptions } from 'nemovideo-sdk/local';
import { createTestClient, expectChargedOnce, handlers, say } from 'nemovideo-sdk/testing';

const log: Middleware = (request, next, { operation, attempt }) => {
  const told: string = \`\${operation} \${attempt}\`;
  return told === '' ? Promise.reject(new Error()) : next(request);
};

export async function film(local: LocalBackendOptions): Promise<VideoResult | undefined> {
  await using backend = await createLocalBackend(local);
  const options: NemoVideoOptions = { fetch: backend.fetch, baseUrl: 'http://127.0.0.1:1', middleware: [log] };
  const nemo = new NemoVideo(options);
  let last: VideoSnapshot | undefined;
  try {
    const video = nemo.createVideo({
      media: [{ name: 'a.png', data: new Uint8Array(8) }, new URL('https://example.com/b.png')],
      prompt: 'a film',
      onCheckpoint: (snapshot) => { last = snapshot; },
    });
    for await (const event of video) {
      const percent: number = event.percent;
      const picture: string | undefined = event.timeline && timelineSVG(event.timeline);
      if (percent > 100) throw new Error(picture);
    }
    return await video.result();
  } catch (error) {
    if (error instanceof InsufficientCreditsError) { const where: string | URL | undefined = error.registerUrl; void where; }
    if (isNemoVideoError(error)) { const hint: string = error.hint; void hint; }
    return last && nemo.openVideo(last).result();
  }
}

export async function tested(): Promise<number> {
  await using test = await createTestClient({ agent: [say('Done!')], faults: { on: 'run', do: 'reset' } });
  const accepts = (...all: readonly Request[]): number => all.length;
  return accepts(...(await handlers(test.backend))) + expectChargedOnce(test.backend).credits + test.clock.now();
}

export function words(event: RunEvent): string {
  switch (event.type) {
    case 'text': return event.delta;
    case 'timeline': return String(event.timeline.durationMs + event.changes.length);
    // @ts-expect-error no such event
    case 'nothing': return '';
    default: return event.type;
  }
}

// Without the AI SDK, whose shapes the declarations have themselves.
export const model = (client: NemoVideo) => createNemoVideoProvider({ client }).video('nemo_agent');
export async function tool(client: NemoVideo): Promise<ToolVideo['status'] | undefined> {
  const made = await nemovideoTools({ client }).create_video.execute({ prompt: 'a film', aspectRatio: '9:16' });
  return 'status' in made ? made.status : undefined;
}

export const seconds: number = new Timeline(decodeDraft({})).durationMs / 1000;
// @ts-expect-error a prompt is needed
export const wrong = (nemo: NemoVideo) => nemo.createVideo({});
`;

/**
 * A program of a user in every TypeScript and every way to resolve modules, as a module and as CommonJS. Declarations
 * are checked as well, with the smallest `lib` that they allow and without the types of Node.
 */
export async function checkTypes(report, { consumer }) {
  for (const resolution of Object.keys(RESOLUTIONS)) await writeProject(consumer, resolution);
  for (const version of COMPILERS) {
    const compiler = join(HERE, 'node_modules', `typescript-${version}`, 'bin', 'tsc');
    for (const [resolution, { since }] of Object.entries(RESOLUTIONS)) {
      if (Number(version) < Number(since)) continue;
      await report.check(`TypeScript ${version}`, `${resolution}, strict`, async () => {
        await run(process.execPath, [compiler, '-p', join(consumer, `types-${resolution}`)], {
          cwd: consumer,
        });
      });
    }
  }
}

async function writeProject(consumer, resolution) {
  const folder = join(consumer, `types-${resolution}`);
  await mkdir(folder);
  await writeFile(join(folder, 'module.mts'), CONSUMER);
  // By require, where the way to resolve knows it.
  if (resolution !== 'bundler') await writeFile(join(folder, 'common.cts'), CONSUMER);
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'dom'],
    module: RESOLUTIONS[resolution].module,
    moduleResolution: ['node18', 'node20'].includes(resolution) ? 'node16' : resolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    types: [],
    noEmit: true,
  };
  const project = { compilerOptions, include: ['module.mts', 'common.cts'] };
  await writeFile(join(folder, 'tsconfig.json'), `${JSON.stringify(project, null, 2)}\n`);
}
