import {
  AbortError,
  NemoVideoError,
  NetworkError,
  type RunBaseline,
  type RunFacts,
  type RunSnapshot,
} from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import { type Delivery, failureCode } from '../transport/index.js';
import type { RawState } from './raw-state.js';
import type { Transcript } from './transcript.js';

/** What is known of a run so far: for its result, its errors and its session. */
export class RunRecord {
  /** Lets the outcome be asked for later. */
  snapshot: RunSnapshot;
  /** What states are compared with; null while nothing is known of the state before. */
  before: RunBaseline | null;
  /** Whether the service may be at work on the message. */
  delivery: Delivery = 'unsent';
  /** How many times the message was sent. */
  attempts = 0;
  /** The service's `x-request-id` of the answer. */
  requestId: string | undefined;
  /** The state that was read as the last act. */
  state: RawState | undefined;
  readonly #clock: Clock;
  #transcript: Transcript | undefined;

  constructor(snapshot: RunSnapshot, clock: Clock) {
    this.snapshot = snapshot;
    this.before = snapshot.before;
    this.#clock = clock;
  }

  /** What the answer has said so far. Throws before `listen`. */
  get transcript(): Transcript {
    if (this.#transcript === undefined) throw new Error('nobody listens to this run yet');
    return this.#transcript;
  }

  /** From now on the answer goes into `transcript`. */
  listen(transcript: Transcript): void {
    this.#transcript = transcript;
  }

  /** The state before is known, and the message is about to be sent. */
  begin(before: RunBaseline, clientId: string | undefined): void {
    const sentAt = this.#clock.now();
    this.snapshot = { ...(clientId !== undefined && { clientId }), ...this.snapshot, sentAt, before };
    this.before = before;
  }

  /** Since the message was sent, in ms. */
  get elapsedMs(): number {
    return this.#clock.now() - this.snapshot.sentAt;
  }

  /** What every error of a run carries; with the service's own words about it, where the cause has them. */
  facts(cause?: unknown): RunFacts {
    const { snapshot, elapsedMs, attempts } = this;
    const { code, status, requestId } = cause instanceof NemoVideoError ? cause : {};
    return {
      partialText: this.#transcript?.text ?? '',
      snapshot,
      elapsedMs,
      attempts,
      code,
      status,
      requestId: requestId ?? this.requestId,
      cause,
    };
  }

  /** The error of a run that was given up. A message that never left leaves nothing to ask for. */
  abortError(reason: unknown): AbortError {
    const { sessionId } = this.snapshot;
    const facts = this.delivery === 'unknown' ? this.facts(reason) : { cause: reason };
    return new AbortError({ ...facts, operation: 'run', sessionId });
  }

  /** The error to throw: one of the network gets what every error of a run carries. */
  tell(error: unknown): unknown {
    if (!(error instanceof NetworkError)) return error;
    const { operation, sent, attempts, cause } = error;
    const { sessionId } = this.snapshot;
    const reason = failureCode(cause);
    return new NetworkError({ ...this.facts(cause), operation, sent, attempts, sessionId, reason });
  }
}
