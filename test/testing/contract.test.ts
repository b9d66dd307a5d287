/** One service, three ways to reach it: what a program gets is the same. */
import { createHash } from 'node:crypto';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NemoVideo, type NemoVideoOptions } from '../../src/index.js';
import { createLocalBackend, type LocalBackend, type LocalBackendOptions } from '../../src/local/index.js';
import { ask, edit, type Fault, handlers, say } from '../../src/testing/index.js';
import { draftOf } from '../local/support/script.js';
import { png } from '../support/pictures.js';

/** A way to a backend: the options that connect a client to it. */
const WAYS: Readonly<Record<string, (backend: LocalBackend) => Promise<NemoVideoOptions>>> = {
  'in process': async ({ fetch, url }) => ({ fetch, baseUrl: url }),
  'a socket': async (backend) => ({ baseUrl: await backend.listen() }),
  msw: async (backend) => {
    server.resetHandlers(...(await handlers(backend)));
    return {};
  },
};

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterAll(() => server.close());

interface Case {
  readonly options?: LocalBackendOptions;
  readonly faults?: readonly Fault[];
  readonly client?: NemoVideoOptions;
  readonly work: (nemo: NemoVideo, backend: LocalBackend) => Promise<unknown>;
  /** What the work returns, by every way. */
  readonly gives: unknown;
}

const PROMPT = 'Make a 10-second video with the title "Hello"';
const PHOTO = { name: 'mug.png', data: png(64, 48, [200, 60, 40]) };
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/** What a person is told of an error. */
const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: Error & { code?: unknown; status?: unknown }) => [error.name, error.code, error.status],
  );

const CASES: Readonly<Record<string, Case>> = {
  'the main job': {
    work: async (nemo) => {
      const chunks: Uint8Array[] = [];
      const { timeline, bytes } = await nemo.createVideo({
        media: [PHOTO],
        prompt: PROMPT,
        download: (chunk) => void chunks.push(chunk),
      });
      const video = Buffer.concat(chunks);
      return [timeline.durationMs, video.length === bytes, video.subarray(4, 8).toString()];
    },
    gives: [10_000, true, 'ftyp'],
  },
  'an upload, and reading it back': {
    work: async (nemo) => {
      const session = await nemo.sessions.create();
      const [file] = await session.upload(PHOTO);
      const { media } = await session.state();
      return [file?.name, file?.width, file?.height, media.length];
    },
    gives: ['mug.png', 64, 48, 1],
  },
  'an upload that breaks off': {
    faults: [{ on: 'upload', do: 'reset', after: 100 }],
    work: async (nemo) => {
      const session = await nemo.sessions.create();
      return errorOf(session.upload(PHOTO));
    },
    gives: 'no error',
  },
  'a stream that breaks at a byte': {
    faults: [{ on: 'run', do: 'reset', after: 700 }],
    work: async (nemo, backend) => {
      const session = await nemo.sessions.create();
      const { recovered, timeline } = await session.send(PROMPT);
      return [recovered, timeline?.durationMs, backend.charges.length];
    },
    gives: [true, 10_000, 1],
  },
  'a stream in pieces of a few bytes, every event twice': {
    faults: [
      { on: 'run', do: 'split', size: [1, 7, 3] },
      { on: 'run', do: 'duplicate' },
    ],
    options: { agent: () => [say('Working on it. '), edit(() => draftOf('Sale')), say('Done — 完成!')] },
    work: async (nemo) => (await (await nemo.sessions.create()).send('x')).text,
    gives: expect.stringMatching(/Done — 完成!$/),
  },
  'a download that breaks, continued by a range': {
    faults: [{ on: 'download', do: 'reset', after: 30_000 }],
    work: async (nemo, backend) => {
      const session = await nemo.sessions.create();
      await session.send(PROMPT);
      const job = await session.export();
      const chunks: Uint8Array[] = [];
      await job.download((chunk) => void chunks.push(chunk));
      const { placeholderVideo } = await import('../../src/local/service/placeholder.js');
      const ranges = backend.requests.flatMap(({ headers }) => headers.range ?? []);
      return [sha(Buffer.concat(chunks)) === sha(placeholderVideo()), ranges.length];
    },
    gives: [true, 1],
  },
  'a question': {
    options: { agent: ({ message }) => (message === PROMPT ? ask('Which mood?') : say('Done!')) },
    work: async (nemo, backend) => {
      const session = await nemo.sessions.create();
      const { question } = await session.send(PROMPT);
      return [question?.questions[0]?.prompt, (await session.send('calm')).text, backend.charges.length];
    },
    gives: ['Which mood?', 'Done!', 0],
  },
  'a token that is refused (1001)': {
    client: { token: 'nmv_usr_of_nobody' },
    work: (nemo) => errorOf(nemo.credits.balance()),
    gives: ['AuthenticationError', 1001, 401],
  },
  'no credits': {
    options: { credits: 0 },
    work: async (nemo) => errorOf((await nemo.sessions.create()).send(PROMPT)),
    gives: ['InsufficientCreditsError', 2001, 200],
  },
  'no export in the plan (402)': {
    options: { plan: 'free' },
    work: async (nemo) => {
      const session = await nemo.sessions.create();
      await session.send(PROMPT);
      return errorOf(session.export().then((job) => job.result()));
    },
    gives: ['ExportNotAllowedError', 402, 402],
  },
  'too many requests (429), and when to come back': {
    faults: [{ on: 'credits', do: 'status', status: 429, retryAfter: 7_200, times: Infinity }],
    work: (nemo) => nemo.credits.balance().catch((error) => [error.name, error.code, error.retryAfterMs]),
    gives: ['RateLimitError', 429, 7_200_000],
  },
  'an answer that is not JSON': {
    faults: [{ on: 'credits', do: 'status', status: 502, html: true, times: Infinity }],
    work: (nemo) => errorOf(nemo.credits.balance()),
    gives: ['ApiError', undefined, 502],
  },
};

describe.each(Object.keys(WAYS))('by %s', (way) => {
  it.each(Object.entries(CASES))('%s', async (_, { options = {}, faults = [], client = {}, work, gives }) => {
    await using backend = await createLocalBackend({
      render: 'off',
      speed: Infinity,
      credits: 1_000,
      ...options,
    });
    for (const fault of faults) backend.faults.add(fault);
    const connection = await WAYS[way]?.(backend);
    const nemo = new NemoVideo({
      credentialStore: false,
      poll: { minMs: 5, maxMs: 20 },
      settle: { intervalMs: 5 },
      recovery: { delaysMs: [20, 50, 100, 500] },
      retry: { minMs: 1, maxMs: 5 },
      ...connection,
      ...client,
    });
    expect(await work(nemo, backend)).toEqual(gives);
    // Nothing went elsewhere.
    expect(backend.requests.length).toBeGreaterThan(0);
  });
});
