import {
  AbortError,
  NemoVideoError,
  NetworkError,
  type RunBaseline,
  type RunFacts,
  type RunSnapshot,
} from '../errors/index.js';
import { EventQueue } from '../task/index.js';
import { type Delivery, failureCode, type Transport } from '../transport/index.js';
import { EmittedEvent, type RunEvent } from './events.js';
import type { RunSettings } from './run-options.js';
import { type Loops, Transcript } from './transcript.js';

/** What every run of a client shares. */
export interface RunContext {
  readonly transport: Transport;
  readonly run: RunSettings;
  /** How late writes are waited for after a run: the pause between two reads of the state, and the longest wait, in ms. */
  readonly settle: { readonly intervalMs: number; readonly timeoutMs: number };
  /** Of sentences about changes, as a BCP 47 tag. */
  readonly language: string;
}

/** Everything about one run: what it works with, and what is known of it for its result, its errors and its session. */
export class RunRecord implements Loops {
  readonly transport: Transport;
  readonly settings: RunSettings;
  readonly settle: RunContext['settle'];
  readonly language: string;
  /** The loops over the run. */
  events = new EventQueue<RunEvent>();
  /** Aborts when the run is given up. */
  signal: AbortSignal = new AbortController().signal;
  /** The answer so far. */
  readonly transcript: Transcript;
  /** With this, another process can wait for the outcome. */
  snapshot: RunSnapshot;
  /** What states are compared with; null while the state before is unknown. */
  before: RunBaseline | null = null;
  /** Whether the service may be at work on the message. */
  delivery: Delivery = 'unsent';
  /** How many times the message was sent. */
  attempts = 0;
  /** The service's `x-request-id` of the answer. */
  requestId: string | undefined;
  /** Leaves the session to the next run, which is likely to follow or not. May be called again. */
  leaveSession: (follows: boolean) => void = () => {};

  constructor(context: RunContext, snapshot: RunSnapshot) {
    this.transport = context.transport;
    this.settings = context.run;
    this.settle = context.settle;
    this.language = context.language;
    this.snapshot = snapshot;
    this.transcript = new Transcript(this);
    if (snapshot.before !== null) this.compareWith(snapshot.before);
  }

  /** Whether a loop reads the events. */
  get watched(): boolean {
    return this.events.watched;
  }

  /** Passes an event to the loops. */
  emit(event: RunEvent): void {
    if (this.watched) this.pass(Object.assign(new EmittedEvent(), event));
  }

  /** Passes an event to the loops as it is. */
  pass(event: RunEvent): void {
    this.events.push(event);
  }

  /** The state before is known, and the message is about to be sent. */
  begin(before: RunBaseline): void {
    const { clientId } = this.transport.identity();
    const sentAt = this.transport.clock.now();
    this.snapshot = { ...(clientId !== undefined && { clientId }), ...this.snapshot, sentAt, before };
    this.compareWith(before);
  }

  /** From now on, states are compared with this one. */
  compareWith(before: RunBaseline): void {
    this.before = before;
    this.transcript.timeline.begin(before);
  }

  /** Since the message was sent, in ms. */
  get elapsedMs(): number {
    return this.transport.clock.now() - this.snapshot.sentAt;
  }

  /** What every error of a run carries; with the service's own words about it, where the cause has them. */
  facts(cause?: unknown): RunFacts {
    const { snapshot, elapsedMs, attempts, transcript } = this;
    const { code, status, requestId } = cause instanceof NemoVideoError ? cause : {};
    return {
      partialText: transcript.text,
      snapshot,
      elapsedMs,
      attempts,
      code,
      status,
      requestId: requestId ?? this.requestId,
      cause,
    };
  }

  /** The error of a run that was given up. It has a snapshot only where the message may have left. */
  abortError(reason: unknown): AbortError {
    const { sessionId } = this.snapshot;
    const facts = this.delivery === 'unknown' ? this.facts(reason) : { cause: reason };
    return new AbortError({ ...facts, operation: 'run', sessionId });
  }

  /** The error to throw: one of the network gets what every error of a run carries. */
  errorOf(error: unknown): unknown {
    if (!(error instanceof NetworkError)) return error;
    const { operation, sent, attempts, cause } = error;
    const { sessionId } = this.snapshot;
    const reason = failureCode(cause);
    return new NetworkError({ ...this.facts(cause), operation, sent, attempts, sessionId, reason });
  }
}
