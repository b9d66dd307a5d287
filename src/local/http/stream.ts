import type { Clock } from '../../platform/clock.js';
import type { Fault } from '../faults/fault.js';
import type { Gate } from '../faults/gate.js';
import { ConnectionLost, never } from './exchange.js';

/**
 * An iterable as a stream that reads only what is asked for. Where the reader cancels, `onGone` is called;
 * there and where `signal` aborts the iterable is returned; `onEnd` is called once, whatever happens.
 */
export function toStream(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  { onGone, onEnd }: { onGone: (reason: unknown) => void; onEnd: () => void },
): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  let over = false;
  const finish = (): boolean => {
    if (over) return false;
    over = true;
    signal.removeEventListener('abort', onAbort);
    onEnd();
    return true;
  };
  let fail: (reason: unknown) => void = () => {};
  const onAbort = (): void => {
    if (!finish()) return;
    fail(signal.reason);
    void close(iterator);
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        fail = (reason) => controller.error(reason);
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      },
      async pull(controller) {
        try {
          const next = await iterator.next();
          if (over) return;
          if (next.done !== true) controller.enqueue(next.value);
          else if (finish()) controller.close();
        } catch (error) {
          if (finish()) controller.error(error);
        }
      },
      cancel(reason) {
        if (!finish()) return;
        onGone(reason);
        void close(iterator);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Returns an iterator; what it throws on the way out is dropped, since its reader has left. */
async function close(iterator: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // The reader has gone.
  }
}

/** A body as far as its fault lets it through. Throws a TypeError, as fetch does, where the connection dies. */
export async function* throughGate(
  body: Uint8Array | AsyncIterable<Uint8Array> | undefined,
  gate: Gate,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = body instanceof Uint8Array ? [body] : (body ?? []);
  let verdict = gate.open();
  if (verdict.ending === undefined) {
    for await (const piece of source) {
      verdict = gate.feed(piece);
      if (verdict.ending !== undefined) break;
      if (verdict.bytes.byteLength > 0) yield verdict.bytes;
    }
    if (verdict.ending === undefined) verdict = gate.close();
  }
  if (verdict.bytes.byteLength > 0) yield verdict.bytes;
  if (verdict.ending === 'reset') throw new ConnectionLost('reset').toFetchError(true);
  if (verdict.ending === 'stall') await never(signal);
}

/** The same bytes in other sizes, or with a pause before each piece. */
export async function* rhythm(
  source: AsyncIterable<Uint8Array>,
  fault: Fault | undefined,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const sizes = fault?.do === 'split' ? [fault.size ?? 1].flat() : [];
  let turn = 0;
  for await (const bytes of source) {
    if (fault?.do === 'slow') await clock.sleep(fault.delayMs ?? 1000, signal);
    if (sizes.length === 0) {
      yield bytes;
      continue;
    }
    for (let from = 0; from < bytes.byteLength; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      yield bytes.subarray(from, from + size);
      from += size;
    }
  }
}

/** The body of an upload as a faulty line lets it arrive: slowly, only so far, or cut off. */
export async function* throughLine(
  source: AsyncIterable<Uint8Array>,
  fault: Fault | undefined,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const breaks = fault?.do === 'reset' || fault?.do === 'stall';
  const limit = breaks && typeof fault.after === 'number' ? fault.after : breaks ? 0 : Infinity;
  let arrived = 0;
  for await (const bytes of source) {
    if (fault?.do === 'slow') await clock.sleep(fault.delayMs ?? 1000, signal);
    if (arrived + bytes.byteLength < limit) {
      arrived += bytes.byteLength;
      yield bytes;
      continue;
    }
    if (limit > arrived) yield bytes.subarray(0, limit - arrived);
    if (fault?.do === 'stall') await never(signal);
    throw new ConnectionLost('reset');
  }
}
