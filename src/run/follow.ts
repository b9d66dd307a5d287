import { ApiError, ResponseFormatError } from '../errors/index.js';
import { type Call, networkError, type Transport } from '../transport/index.js';
import { decodeMessage, heartbeat, type WireEvent } from './decode.js';
import type { EventQueue } from './event-queue.js';
import { EventStream } from './event-stream.js';
import type { RunRecord } from './record.js';
import type { RunSettings } from './settings.js';
import { type StreamLimit, Watch } from './watch.js';

/** How an answer stream ended. */
export type StreamEnd =
  | { readonly how: 'clean' }
  | { readonly how: 'failed'; readonly code: string | undefined; readonly message: string }
  | { readonly how: 'broken'; readonly reason: string; readonly cause?: unknown }
  | { readonly how: 'stalled'; readonly limit: StreamLimit; readonly limitMs: number };

/** What following a stream needs. */
export interface Following {
  readonly transport: Transport;
  readonly settings: RunSettings;
  readonly record: RunRecord;
  readonly queue: EventQueue;
  /** Of the whole run. */
  readonly signal: AbortSignal;
}

/**
 * Sends a message and follows its answer to the end, whichever it is. Throws only what proves that nothing was sent,
 * and the reason of the signal. However it ends, the connection is closed and no timer is left.
 */
export async function follow(call: Call, following: Following): Promise<StreamEnd> {
  const { transport, settings, record, queue, signal } = following;
  const connection = new AbortController();
  const onAbort = (): void => connection.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  let stalled: StreamEnd | undefined;
  const watch = new Watch(transport.clock, settings, {
    onStillWorking: () => queue.push({ type: 'still_working', elapsedMs: record.elapsedMs, raw: null }),
    onLimit(limit, limitMs) {
      stalled = { how: 'stalled', limit, limitMs };
      connection.abort();
    },
  });
  const onDelivery: Call['onDelivery'] = (delivery) => {
    record.delivery = delivery;
    // While a refused message waits to be sent again, nothing is owed.
    if (delivery === 'unsent') {
      watch.stop();
      return;
    }
    record.attempts += 1;
    watch.start();
  };
  try {
    const answer = await transport.open({ ...call, signal: connection.signal, onDelivery });
    const { response, requestId } = answer;
    record.requestId = requestId;
    if (response.body === null) return { how: 'clean' };
    return await read(response.body, connection.signal, watch, following);
  } catch (error) {
    if (signal.aborted) throw error;
    if (stalled !== undefined) return stalled;
    if (record.delivery === 'unsent') throw error;
    return { how: 'broken', reason: reasonOf(error), cause: error };
  } finally {
    watch.stop();
    signal.removeEventListener('abort', onAbort);
    connection.abort();
  }
}

async function read(
  body: ReadableStream<Uint8Array>,
  connection: AbortSignal,
  watch: Watch,
  { settings, record, queue }: Following,
): Promise<StreamEnd> {
  const { transcript } = record;
  const reader = body.getReader();
  const take = (event: WireEvent): void => {
    if (transcript.failure === undefined && transcript.take(event)) watch.content();
  };
  const stream = new EventStream(
    {
      message: (name, data) => take(decodeMessage(name, data)),
      comment: (text) => take(heartbeat(text)),
    },
    settings.maxLineLength,
  );
  const cancel = (): void => void reader.cancel(connection.reason).catch(() => {});
  connection.addEventListener('abort', cancel, { once: true });
  // A consumer who takes his time holds the stream back; `wake` is for an abort meanwhile.
  const wake = (): void => queue.wake();
  connection.addEventListener('abort', wake, { once: true });
  try {
    for (;;) {
      if (!queue.wanted) {
        watch.pause();
        await queue.demand();
        watch.resume();
      }
      connection.throwIfAborted();
      const { done, value } = await reader.read();
      // Cancelling ends a pending read as the end of the body would.
      connection.throwIfAborted();
      if (done) break;
      watch.bytes();
      stream.feed(value);
      if (transcript.failure !== undefined) return { how: 'failed', ...transcript.failure };
    }
    const end = stream.end();
    if (transcript.failure !== undefined) return { how: 'failed', ...transcript.failure };
    if (end === 'clean' && !transcript.damaged) return { how: 'clean' };
    return { how: 'broken', reason: 'the answer ended in the middle of an event' };
  } catch (error) {
    connection.throwIfAborted();
    throw error instanceof ResponseFormatError
      ? error
      : networkError(error, { operation: 'run', attempts: 1 });
  } finally {
    connection.removeEventListener('abort', cancel);
    connection.removeEventListener('abort', wake);
    cancel();
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return `HTTP ${error.status ?? error.code}`;
  return error instanceof Error ? error.message.replace(/^run: /, '') : String(error);
}
