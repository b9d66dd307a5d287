import { type RunBaseline, SessionBusyError } from '../errors/index.js';
import { untilAborted } from '../platform/abort.js';
import type { Clock } from '../platform/clock.js';
import { baselineOf, type RawState } from './baseline.js';

/** What reads the state of one session, and when. */
export interface StateReader {
  readonly sessionId: string;
  readonly clock: Clock;
  /** How long after a run the service may still write, in ms: `settle.intervalMs`. */
  readonly settleMs: number;
  read(signal: AbortSignal): Promise<RawState>;
}

/** A read of the state ahead of the message that needs it. */
interface AheadRead {
  readonly stop: AbortController;
  /** Undefined when it failed. */
  readonly baseline: Promise<RunBaseline | undefined>;
  /** Whether its request was made. */
  isReading(): boolean;
}

/**
 * The state of a session before its next message, and whether a run is under way. The state is always read, also of a
 * new session, which may have a default draft. Where a message is likely to follow, after an upload or a run, it is read
 * ahead in the background, so that the message need not wait for it; but not before the last write of a run can have
 * landed, which would be credited to the next message.
 */
export class StateBefore {
  readonly #reader: StateReader;
  #baseline: RunBaseline | undefined;
  /** A read in the background. */
  #ahead: AheadRead | undefined;
  /** How often something may have changed the state. */
  #changes = 0;
  #running = false;
  /** When the last write of the run before can have landed, by the clock. */
  #quietAt = 0;

  constructor(reader: StateReader) {
    this.#reader = reader;
  }

  /** What was read last, if nothing can have changed since; else undefined. */
  get known(): RunBaseline | undefined {
    return this.#baseline;
  }

  /**
   * A run begins. Call the result when it has ended, with whether the service may have worked on the message, and whether
   * another message is likely to follow; the first call counts.
   * @throws {@link SessionBusyError} while another run is under way.
   */
  begin(): (sent: boolean, follows: boolean) => void {
    const { sessionId, clock, settleMs } = this.#reader;
    if (this.#running) throw new SessionBusyError({ sessionId });
    this.#running = true;
    let ended = false;
    return (sent, follows) => {
      if (ended) return;
      ended = true;
      this.#running = false;
      if (!sent) return;
      this.#quietAt = clock.now() + settleMs;
      this.changed();
      if (follows) this.readAhead();
    };
  }

  /** The state that a message is compared with, known, being read, or read now. The message leaves next. */
  async get(signal: AbortSignal): Promise<RunBaseline> {
    const baseline = await this.#find(signal);
    this.#changes += 1;
    return baseline;
  }

  async #find(signal: AbortSignal): Promise<RunBaseline> {
    const ahead = this.#ahead;
    // One that still sleeps is not awaited: its timer keeps no process alive.
    if (ahead?.isReading()) {
      const baseline = await untilAborted(ahead.baseline, signal);
      if (baseline !== undefined) return baseline;
    }
    if (this.#baseline !== undefined) return this.#baseline;
    this.stopReadingAhead();
    return baselineOf(await untilAborted(this.#reader.read(signal), signal));
  }

  /** Reads the state in the background, for a message that is likely to follow. A failure is left to that message. */
  readAhead(): void {
    const stop = new AbortController();
    const learn = this.reading(this.#quietAt);
    let isReading = false;
    const read = async (): Promise<RunBaseline | undefined> => {
      const waitMs = this.#quietAt - this.#reader.clock.now();
      if (waitMs > 0) await this.#reader.clock.sleep(waitMs, stop.signal, true);
      isReading = true;
      learn(await this.#reader.read(stop.signal));
      return this.#baseline;
    };
    this.stopReadingAhead();
    this.#ahead = { stop, baseline: read().catch(() => undefined), isReading: () => isReading };
  }

  /**
   * A read of the state begins; call the result with the state. It is ignored where something changed the state
   * meanwhile, and before the last write of a run can have landed.
   */
  reading(atMs: number = this.#reader.clock.now()): (raw: RawState) => void {
    const before = this.#changes;
    return (raw) => {
      if (before === this.#changes && atMs >= this.#quietAt) this.#baseline = baselineOf(raw);
    };
  }

  /** Something changes the state: an upload, a message. */
  changed(): void {
    this.#changes += 1;
    this.#baseline = undefined;
    this.stopReadingAhead();
  }

  /** No message follows soon. */
  stopReadingAhead(): void {
    this.#ahead?.stop.abort();
    this.#ahead = undefined;
  }
}
