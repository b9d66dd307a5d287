import { getEventListeners } from 'node:events';
import { NemoVideo } from '../../src/client.js';
import { createLocalBackend, type Fault, type FaultPoint, type LocalBackend } from '../../src/local/index.js';
import type { Clock } from '../../src/platform/clock.js';
import type { RunResult } from '../../src/run/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

type Arm = Omit<Fault, 'on'>;

/** Where in an answer a fault strikes, in the words of the docs. */
export const POINTS = {
  'before the first byte': 0,
  'after the headers': 'headers',
  'inside an event': 'mid-event:3',
  'between two events': 'event:3',
  'after the last event': 'end',
} as const satisfies Record<string, FaultPoint>;

/** Faults that strike at a point of an answer. */
export const STRIKES = {
  'the connection is reset': { do: 'reset' },
  'not a single byte more': { do: 'stall' },
  'the answer just ends': { do: 'truncate' },
  'garbage, then the end': { do: 'garbage' },
  'heartbeats forever': { do: 'heartbeats' },
  'the agent says that it failed': { do: 'error-event' },
} as const satisfies Record<string, Arm>;

/** Faults and oddities of a whole answer. */
export const WHOLE: Readonly<Record<string, Arm | ((backend: LocalBackend) => void)>> = {
  nothing: () => {},
  'the connection is refused': { do: 'refuse', times: Infinity },
  'the connection is refused once': { do: 'refuse' },
  'HTTP 500, though the work is done': { do: 'status', status: 500, work: 'done' },
  'HTTP 503, and nothing is done': { do: 'status', status: 503 },
  'HTTP 504 with a page of HTML, though the work is done': {
    do: 'status',
    status: 504,
    html: true,
    work: 'done',
  },
  'a redirect': { do: 'redirect', to: 'https://elsewhere.test/' },
  'an anonymous token that has expired (1001)': (backend) => backend.invalidateToken(),
  'a session that does not exist (1002)': { do: 'status', status: 200, code: 1002 },
  'no credits (2001)': { do: 'status', status: 200, code: 2001 },
  '429 with `Retry-After: 7`': { do: 'status', status: 429, code: 429, retryAfter: 7 },
  '429 twice': { do: 'status', status: 429, code: 429, times: 2 },
  'each chunk a second late': { do: 'slow', delayMs: 1_000 },
  'one byte at a time': { do: 'split', size: 1 },
  'each whole event twice': { do: 'duplicate' },
  '"a temporary issue" after the answer': { do: 'temporary-issue' },
  'an end without closing words': { do: 'silent' },
  'events in snake_case': { do: 'form', form: 'snake' },
  'simplified events': { do: 'form', form: 'simple' },
  'events with text only': { do: 'form', form: 'text' },
};

/** What came of a message that met a fault. */
export interface Outcome {
  /** `result`, `recovered` or the name of the error. */
  readonly outcome: string;
  readonly posts: number;
  readonly charges: number;
  /** From sending to the outcome, in seconds of the clock. */
  readonly seconds: number;
  readonly result: RunResult | undefined;
  readonly error: unknown;
  /** What was left behind, which must be nothing. */
  readonly left: { readonly sleepers: number; readonly listeners: number; readonly answers: number };
}

/** Counts the sleepers of one who shares a clock with others. */
class Share implements Clock {
  pending = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  async sleep(ms: number, signal?: AbortSignal, background?: boolean): Promise<void> {
    // A process does not wait for what happens in the background.
    if (background) return this.#clock.sleep(ms, signal, background);
    this.pending += 1;
    try {
      await this.#clock.sleep(ms, signal);
    } finally {
      this.pending -= 1;
    }
  }
}

/** Sends one message with the public client to a backend that has this fault, and waits for the outcome. */
export async function meet(
  arm: Arm | ((backend: LocalBackend) => void),
  onDisconnect: 'continue' | 'abort' = 'continue',
): Promise<Outcome> {
  const clock = new VirtualClock();
  const share = new Share(clock);
  const open = new Set<ReadableStream>();
  await using backend = await createLocalBackend({ render: 'off', speed: 1, clock, onDisconnect });
  const nemo = new NemoVideo({
    fetch: async (request) => watched(await backend.fetch(request), open),
    baseUrl: backend.url,
    credentialStore: false,
    clock: share,
  });
  const session = await clock.run(nemo.sessions.create());
  // Right before the message leaves: the state before it has been read then.
  const onSend = (): void => {
    if (typeof arm === 'function') arm(backend);
    else backend.faults.add({ on: 'run', ...arm });
  };
  const before = backend.requests.length;
  const begun = clock.now();
  const caller = new AbortController();
  const run = session.run('Make a 10-second video with the title "Hello"', {
    signal: caller.signal,
    onSend,
  });
  const ended = await clock.run(
    run.result().then(
      (result) => ({ result, error: undefined }),
      (error: unknown) => ({ result: undefined, error }),
    ),
  );
  const seconds = (clock.now() - begun) / 1_000;
  const operations = backend.requests.slice(before).map(({ operation }) => operation);
  return {
    ...ended,
    outcome: nameOf(ended),
    posts: operations.filter((operation) => operation === 'run').length,
    charges: backend.charges.length,
    seconds,
    left: {
      sleepers: share.pending,
      listeners: getEventListeners(caller.signal, 'abort').length,
      answers: open.size,
    },
  };
}

function nameOf({ result, error }: Pick<Outcome, 'result' | 'error'>): string {
  if (result !== undefined) return result.recovered ? 'recovered' : 'result';
  return error instanceof Error ? error.name : String(error);
}

/** The same response, whose body is in `open` until it has been read to its end, has broken or was cancelled. */
function watched(response: Response, open: Set<ReadableStream>): Response {
  if (response.body === null) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        open.delete(body);
        controller.close();
      } catch (error) {
        open.delete(body);
        controller.error(error);
      }
    },
    async cancel(reason) {
      open.delete(body);
      await reader.cancel(reason);
    },
  });
  open.add(body);
  return new Response(body, response);
}
