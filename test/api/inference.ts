/**
 * What the types give by themselves to whoever uses the library, as an editor shows it. Nothing here runs: `npm run
 * typecheck` fails where an expectation does not hold.
 */
import {
  type ApiPromise,
  type CreditBalance,
  type Draft,
  decodeDraft,
  diffTimelines,
  isAbortError,
  isNemoVideoError,
  type MediaInput,
  NemoVideo,
  type NemoVideoError,
  type NemoVideoOptions,
  type RenderUpdate,
  type RunEvent,
  type Session,
  Timeline,
  type TimelineChange,
  type UploadedMedia,
  type VideoEvent,
} from 'nemovideo-sdk';
import { createLocalBackend, type LocalBackend } from 'nemovideo-sdk/local';
import { expectTypeOf } from 'vitest';

const nemo = new NemoVideo();

/** Calls give their data when awaited, and the answer with it when asked. */
export async function calls(session: Session): Promise<void> {
  expectTypeOf(nemo.credits.balance()).toEqualTypeOf<ApiPromise<CreditBalance>>();
  expectTypeOf(await nemo.credits.balance()).toEqualTypeOf<CreditBalance>();
  const whole = await nemo.credits.balance().withResponse();
  expectTypeOf(whole.data).toEqualTypeOf<CreditBalance>();
  expectTypeOf(whole.status).toEqualTypeOf<number>();
  expectTypeOf(whole.requestId).toEqualTypeOf<string | undefined>();
  expectTypeOf(await nemo.sessions.create()).toEqualTypeOf<Session>();
  expectTypeOf(await session.upload('a.jpg')).toEqualTypeOf<UploadedMedia[]>();
}

/** An event is narrowed by its type, and a `switch` over all types leaves nothing. */
export async function events(session: Session): Promise<void> {
  for await (const event of session.run('hello')) {
    expectTypeOf(event).toEqualTypeOf<RunEvent>();
    expectTypeOf(event.raw).toBeUnknown();
    switch (event.type) {
      case 'text':
        expectTypeOf(event.delta).toBeString();
        break;
      case 'timeline':
        expectTypeOf(event.timeline).toEqualTypeOf<Timeline>();
        break;
      case 'tool_call':
        expectTypeOf(event.name).toBeString();
        break;
      case 'tool_result':
      case 'question':
      case 'action':
      case 'heartbeat':
      case 'still_working':
      case 'recovering':
      case 'unknown':
        break;
      default:
        expectTypeOf(event).toBeNever();
    }
    // @ts-expect-error: only a text has a delta.
    void event.delta;
  }
  const { changes, recovered } = await session.run('hello').result();
  expectTypeOf(changes).toExtend<readonly TimelineChange[]>();
  expectTypeOf(recovered).toBeBoolean();
}

/** Jobs and videos are iterators with a result. */
export async function jobs(session: Session): Promise<void> {
  const job = await session.export();
  for await (const update of job) expectTypeOf(update).toEqualTypeOf<RenderUpdate>();
  expectTypeOf((await job.download('a.mp4')).bytes).toBeNumber();
  const video = nemo.createVideo({ media: ['a.jpg', new Blob()], prompt: 'A promo', download: 'a.mp4' });
  for await (const event of video) expectTypeOf(event).toEqualTypeOf<VideoEvent>();
  expectTypeOf((await video.result()).url).toEqualTypeOf<string | undefined>();
  // @ts-expect-error: a video needs a prompt.
  nemo.createVideo({ media: [] });
  // @ts-expect-error: a number is no medium.
  void session.upload(1);
}

/** What is caught is known by its guards. */
export function failures(thrown: unknown): void {
  if (isNemoVideoError(thrown)) {
    expectTypeOf(thrown).toExtend<NemoVideoError>();
    expectTypeOf(thrown.hint).toBeString();
    expectTypeOf(thrown.code).toEqualTypeOf<number | undefined>();
  }
  expectTypeOf(isAbortError(thrown)).toBeBoolean();
}

/** Timelines are read-only all the way down. */
export function timelines(before: Timeline, draft: unknown): void {
  expectTypeOf(decodeDraft(draft)).toEqualTypeOf<Draft>();
  const after = new Timeline(decodeDraft(draft));
  expectTypeOf(diffTimelines(before, after)).toExtend<readonly TimelineChange[]>();
  // @ts-expect-error: a timeline is not changed by writing into it.
  after.durationMs = 1;
}

/** Options take what an environment gives, and nothing that is misspelt. */
export function options(): void {
  expectTypeOf<{ token: string | undefined }>().toExtend<NemoVideoOptions>();
  // @ts-expect-error: no such option.
  new NemoVideo({ tokn: 'x' });
  expectTypeOf<URL>().toExtend<MediaInput>();
  expectTypeOf<string>().toExtend<MediaInput>();
  expectTypeOf<number>().not.toExtend<MediaInput>();
}

/** The local backend is disposable, and its `fetch` fits the client's. */
export async function local(): Promise<void> {
  await using backend = await createLocalBackend({ render: 'off' });
  expectTypeOf(backend).toEqualTypeOf<LocalBackend>();
  new NemoVideo({ fetch: backend.fetch, baseUrl: backend.url });
  // @ts-expect-error: one of 'video' and 'off'.
  await createLocalBackend({ render: 'on' });
}
