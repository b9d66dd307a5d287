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
  decodeDraft, InsufficientCreditsError, isNemoVideoError, memoryCheckpoints, NemoVideo, Timeline, timelineSVG,
  type CreateVideoRequest, type Middleware, type NemoVideoOptions, type Run, type RunEvent, type RunResult, type SavedVideoResult,
  type Session, type TaskStatus, type VideoEvent, type VideoResult, type VideoSnapshot, type VideoTask,
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

/** A task is a promise of its result, an iterable of its events, and a handle. */
export async function tasks(nemo: NemoVideo, session: Session): Promise<{ readonly task: VideoTask }> {
  const task: VideoTask = nemo.createVideo({ prompt: 'a film' });
  const promise: Promise<VideoResult> = task;
  const events: AsyncIterable<VideoEvent> = task;
  const status: TaskStatus = task.status;
  for await (const { percent, phase, question } of events) void [percent.toFixed(), phase === 'done', question?.questions[0]?.prompt];
  const { url, path }: VideoResult = await promise;
  // @ts-expect-error without a path to save it at, there may be none
  const missing: string = path;
  const saved: VideoTask<SavedVideoResult> = nemo.createVideo({ prompt: 'a film', download: 'a.mp4' });
  const wider: VideoTask = saved;
  const where: string = (await saved).path;
  const run: Run = session.run('a title');
  for await (const event of run) words(event);
  const result: RunResult = await run;
  const answered: RunResult | undefined = result.question && (await session.answer(result.question, { q1: ['a', 'b'] }));
  const response: Response = wider.toEventStream();
  await run.cancel('enough');
  void [status, url, missing, where, answered, response];
  return { task };
}

/** Every option may be given as undefined, as a program does that passes its own options on. */
export function unset(nemo: NemoVideo, session: Session, { prompt, duration, signal }: Partial<CreateVideoRequest>): VideoTask {
  void new NemoVideo({
    token: undefined, baseUrl: undefined, fetch: undefined, middleware: undefined, clientId: undefined, credentialStore: undefined,
    timeouts: { request: undefined, run: undefined, render: undefined }, recovery: undefined, poll: undefined, settle: undefined,
    retry: { attempts: undefined }, clock: undefined, logger: undefined, language: undefined, attribution: { source: undefined },
  });
  void session.run('a title', { signal, onSend: undefined, timeouts: undefined });
  void session.upload('a.png', { signal, onProgress: undefined, concurrency: undefined });
  void session.export({ id: undefined, output: { format: undefined, quality: undefined }, onSubmit: undefined, signal });
  return nemo.createVideo({
    prompt: prompt ?? 'a film', media: undefined, duration, aspectRatio: undefined, title: undefined, music: undefined,
    output: { resolution: undefined, fps: undefined }, onProgress: undefined, onQuestion: undefined, onCheckpoint: undefined,
    checkpoint: prompt === undefined ? undefined : { store: memoryCheckpoints(), id: prompt }, language: undefined, signal,
    answers: undefined, sendAgain: undefined,
  });
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
