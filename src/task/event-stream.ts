import { isNemoVideoError } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';

/** After how much silence a comment is sent, in ms. Proxies close connections that are silent for 30 to 60 s. */
const KEEP_ALIVE_MS = 15_000;

const encoder = /* @__PURE__ */ new TextEncoder();

/** What is streamed. */
export interface Streamed<Event> {
  /** Starts the work and reads its events. */
  readonly watch: () => AsyncIterator<Event, undefined>;
  /** Settles when the events have ended. */
  readonly result: () => Promise<unknown>;
  readonly clock: Clock;
}

/** A response whose body is a stream of server-sent events (HTML standard, section 9.2). */
export function eventStream<Event>({ watch, result, clock }: Streamed<Event>): Response {
  let events: AsyncIterator<Event, undefined> | undefined;
  let next: Promise<IteratorResult<Event, undefined>> | undefined;
  let closed = false;

  const block = async (): Promise<string> => {
    events ??= watch();
    next ??= events.next();
    const step = await orSilence(next, clock);
    if (step === 'silence') return ': still working';
    next = undefined;
    if (!step.done) return `data: ${JSON.stringify(withoutRaw(step.value))}`;
    closed = true;
    return `event: result\ndata: ${JSON.stringify(withoutRaw(await result()))}`;
  };

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const text = await block().catch((error: unknown) => {
          closed = true;
          return `event: failure\ndata: ${JSON.stringify(forBrowser(error))}`;
        });
        // Closed by its reader meanwhile.
        if (events === undefined) return;
        controller.enqueue(encoder.encode(`${text}\n\n`));
        if (closed) controller.close();
      },
      async cancel() {
        const left = events;
        events = undefined;
        await left?.return?.();
      },
    },
    // Nothing is read ahead: the first read starts the work.
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // nginx keeps a response back until its buffer is full, unless this is set.
      'x-accel-buffering': 'no',
    },
  });
}

/** What `promise` brings, or `silence` when that takes too long. Leaves no timer. */
async function orSilence<T>(promise: Promise<T>, clock: Clock): Promise<T | 'silence'> {
  const timer = new AbortController();
  const silence = clock.sleep(KEEP_ALIVE_MS, timer.signal).then(() => 'silence' as const);
  silence.catch(() => {});
  try {
    return await Promise.race([promise, silence]);
  } finally {
    timer.abort();
  }
}

/** `raw` is what the service sent, for the program that holds the token; a page has no use for it. */
function withoutRaw(event: unknown): unknown {
  if (typeof event !== 'object' || event === null || !('raw' in event)) return event;
  const { raw: _, ...rest } = event;
  return rest;
}

/** Of an error, what a page may show: no snapshot, no cause, and of a foreign error only its name. */
function forBrowser(error: unknown): object {
  if (!isNemoVideoError(error)) return { name: error instanceof Error ? error.name : 'Error' };
  const { name, message, hint, code, retryable } = error;
  return { name, message, hint, code, retryable };
}
