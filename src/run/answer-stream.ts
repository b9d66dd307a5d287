import { ApiError, ResponseFormatError } from '../errors/index.js';
import { type Call, networkError } from '../transport/index.js';
import { Frames } from './frames.js';
import type { RunRecord } from './run-record.js';
import { type StreamLimit, StreamWatch } from './stream-watch.js';
import type { RunFailure } from './transcript.js';
import { decodeMessage, heartbeat, type WireEvent } from './wire-event.js';

/** How an answer stream ended. */
export type StreamEnd =
  | { readonly how: 'clean' }
  | { readonly how: 'failed'; readonly failure: RunFailure }
  | { readonly how: 'broken'; readonly reason: string; readonly cause?: unknown }
  | { readonly how: 'stalled'; readonly limit: StreamLimit; readonly limitMs: number };

/**
 * Sends a message and follows its answer to the end. Throws only what proves that nothing was sent, and the reason of
 * the signal. However it ends, the connection is closed and no timer is left.
 */
export async function follow(call: Call, run: RunRecord): Promise<StreamEnd> {
  const { transport, settings, signal } = run;
  const connection = new AbortController();
  let stalled: StreamEnd | undefined;
  const watch = new StreamWatch(transport.clock, settings, {
    onStillWorking: () => run.emit({ type: 'still_working', elapsedMs: run.elapsedMs, raw: null }),
    onLimit(limit, limitMs) {
      stalled = { how: 'stalled', limit, limitMs };
      connection.abort();
    },
  });
  const onAbort = (): void => {
    // Now, not when the request has noticed: nothing of a run that was given up is left behind.
    watch.stop();
    connection.abort(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const onDelivery: Call['onDelivery'] = (delivery) => {
    run.delivery = delivery;
    // While a refused message waits to be sent again, no answer is due.
    if (delivery === 'unsent') {
      watch.stop();
      return;
    }
    run.attempts += 1;
    watch.start();
  };
  try {
    const { response, requestId } = await transport.open({ ...call, signal: connection.signal, onDelivery });
    run.requestId = requestId;
    if (response.body === null) return { how: 'clean' };
    return await read(response.body, connection.signal, watch, run);
  } catch (error) {
    if (signal.aborted) throw error;
    if (stalled !== undefined) return stalled;
    if (run.delivery === 'unsent') throw error;
    return { how: 'broken', reason: reasonOf(error), cause: error };
  } finally {
    watch.stop();
    signal.removeEventListener('abort', onAbort);
    connection.abort();
  }
}

/** Bytes → frames → wire events → transcript, as fast as the loops over the run read. */
async function read(
  body: ReadableStream<Uint8Array>,
  connection: AbortSignal,
  watch: StreamWatch,
  { settings, transcript, events }: RunRecord,
): Promise<StreamEnd> {
  const reader = body.getReader();
  const take = (event: WireEvent): void => {
    if (transcript.failure === undefined && transcript.take(event)) watch.content();
  };
  const frames = new Frames(
    {
      message: (name, data) => take(decodeMessage(name, data)),
      comment: (text) => take(heartbeat(text)),
    },
    settings.maxLineLength,
  );
  const cancel = (): void => {
    reader.cancel(connection.reason).catch(() => {});
    // A slow loop holds the stream back; the abort must not wait for it.
    events.wake();
  };
  connection.addEventListener('abort', cancel, { once: true });
  try {
    for (;;) {
      if (!events.wanted) {
        watch.pause();
        await events.demand();
        watch.resume();
      }
      connection.throwIfAborted();
      const { done, value } = await reader.read();
      // Cancelling ends a pending read as the end of the body would.
      connection.throwIfAborted();
      if (done) break;
      watch.bytes();
      frames.feed(value);
      transcript.catchUp();
      if (transcript.failure !== undefined) return { how: 'failed', failure: transcript.failure };
    }
    const end = frames.end();
    if (transcript.failure !== undefined) return { how: 'failed', failure: transcript.failure };
    if (end === 'clean' && !transcript.damaged) return { how: 'clean' };
    return { how: 'broken', reason: 'the answer ended in the middle of an event' };
  } catch (error) {
    connection.throwIfAborted();
    throw error instanceof ResponseFormatError
      ? error
      : networkError(error, { operation: 'run', attempts: 1 });
  } finally {
    connection.removeEventListener('abort', cancel);
    cancel();
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return `HTTP ${error.status ?? error.code}`;
  return error instanceof Error ? error.message.replace(/^run: /, '') : String(error);
}
