import { AbortError, NemoVideoError, NetworkError } from '../../errors/index.js';
import type { Clock } from '../../platform/clock.js';
import { withDeadline } from '../../transport/index.js';
import type { Sink } from './sink.js';
import type { OpenPortion } from './source.js';

/** A body on its way to a sink. */
export interface Reception {
  readonly opened: OpenPortion;
  readonly sink: Sink;
  /** Bytes at the start of the body that are at the destination already. */
  readonly skip: number;
  readonly clock: Clock;
  readonly idleMs: number;
  readonly signal: AbortSignal | undefined;
  /** Called with every chunk that the sink has taken. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Brings a body to a sink. The connection is closed when it settles. The idle limit counts only while the network is
 * waited for: a slow destination is no dead connection.
 * @throws {@link TimeoutError} and {@link NetworkError} when the connection fails; what the sink throws, else.
 */
export async function receive(reception: Reception): Promise<void> {
  const { opened, clock, idleMs, signal } = reception;
  const { reader, exclusive } = opened;
  let waitingSince: number | undefined = clock.now();
  const dueAt = (): number => (waitingSince ?? clock.now()) + idleMs;

  const pump = async (): Promise<void> => {
    let { skip } = reception;
    for (;;) {
      waitingSince = clock.now();
      const next = await reader.read().catch((thrown: unknown) => {
        if (thrown instanceof NemoVideoError) throw thrown;
        throw new NetworkError({
          operation: 'download',
          sent: 'unknown',
          reason: reasonOf(thrown),
          cause: thrown,
        });
      });
      waitingSince = undefined;
      if (next.done) return;
      const chunk = skip === 0 ? next.value : next.value.subarray(skip);
      skip -= next.value.byteLength - chunk.byteLength;
      if (chunk.byteLength === 0) continue;
      await reception.sink.write({ bytes: chunk, exclusive });
      reception.onBytes(chunk.byteLength);
    }
  };

  const pumping = pump();
  try {
    const limits = { operation: 'download', limitMs: idleMs, limit: 'timeouts.uploadIdle', dueAt };
    await withDeadline({ ...limits, clock, signal }, () => pumping);
  } catch (error) {
    // Ends a read that is under way, also where `fetch` does not listen to its signal.
    reader.cancel().catch(() => {});
    opened.close();
    // Whoever goes on from here must not meet a write of this connection. Who gives up does not wait for it.
    if (!(error instanceof AbortError)) await pumping.catch(() => {});
    else pumping.catch(() => {});
    throw error;
  }
  opened.close();
}

function reasonOf(thrown: unknown): string | undefined {
  return thrown instanceof Error ? thrown.message : undefined;
}
