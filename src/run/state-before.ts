import { type RunBaseline, SessionBusyError } from '../errors/index.js';
import { untilAborted } from '../platform/abort.js';
import { baselineOf, EMPTY_BASELINE, type RawState } from './baseline.js';

/**
 * The state of a session before its next message, and whether a run is under way. A message needs that state
 * completely, and reading it costs a request: so a state that was read is remembered until something may have changed it.
 */
export class StateBefore {
  readonly #read: (signal: AbortSignal) => Promise<RawState>;
  #baseline: RunBaseline | undefined;
  /** How often something may have changed the state. */
  #changes = 0;
  #running = false;

  /** @param fresh whether the session was just created, and so is known to be empty. */
  constructor(read: (signal: AbortSignal) => Promise<RawState>, fresh = false) {
    this.#read = read;
    this.#baseline = fresh ? EMPTY_BASELINE : undefined;
  }

  /** What was read last, if nothing can have changed since; else undefined. */
  get known(): RunBaseline | undefined {
    return this.#baseline;
  }

  /**
   * A run begins. Call the result when it has ended, with the state that the run read as its last act (undefined when it
   * read none), and whether the service may have worked on the message; the first call counts.
   * @throws {@link SessionBusyError} while another run is under way.
   */
  begin(sessionId: string): (state: RawState | undefined, sent: boolean) => void {
    if (this.#running) throw new SessionBusyError({ sessionId });
    this.#running = true;
    this.#changes += 1;
    let ended = false;
    return (state, sent) => {
      if (ended) return;
      ended = true;
      this.#running = false;
      if (state !== undefined) {
        this.#changes += 1;
        this.#baseline = baselineOf(state);
      } else if (sent) this.forget();
    };
  }

  /** The state that the next message is compared with: known, or read now. */
  async get(signal: AbortSignal): Promise<RunBaseline> {
    return this.#baseline ?? baselineOf(await untilAborted(this.#read(signal), signal));
  }

  /**
   * A read of the state begins; call the result with the state. It is ignored where something changed the state
   * meanwhile: an answer may be older than the moment at which it arrives.
   */
  reading(): (raw: RawState) => void {
    const before = this.#changes;
    return (raw) => {
      if (before === this.#changes) this.#baseline = baselineOf(raw);
    };
  }

  /** Something changes the state: an upload, a message. */
  forget(): void {
    this.#changes += 1;
    this.#baseline = undefined;
  }
}
