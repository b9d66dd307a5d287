import { type ErrorFacts, NemoVideoError } from './base.js';
import type { RunSnapshot } from './run.js';

/** Facts of a {@link NetworkError}. */
export interface NetworkFacts extends ErrorFacts {
  /** The operation that failed, e.g. `session.state`. */
  readonly operation: string;
  /** Whether it is proven that the service never saw the request. */
  readonly sent: 'no' | 'unknown';
  /** The runtime's code, e.g. `ECONNREFUSED`. */
  readonly reason?: string | undefined;
  /** A run that could not be sent. */
  readonly snapshot?: RunSnapshot | undefined;
  /** The time since a run's message was first sent, in ms. */
  readonly elapsedMs?: number | undefined;
}

/** The service could not be reached, or the connection broke. */
export class NetworkError extends NemoVideoError {
  override readonly name = 'NetworkError';
  /** The operation that failed. */
  readonly operation: string;
  /** `no`: the service never saw the request. `unknown`: it may have. */
  readonly sent: 'no' | 'unknown';
  /** The run that could not be sent, so that it can be sent later. Undefined for other calls. */
  readonly snapshot: RunSnapshot | undefined;
  /** Always empty: every error of a run has this field, and a run that fails like this has said nothing. */
  readonly partialText = '';
  /** The time since a run's message was first sent, in ms; 0 for other calls. */
  readonly elapsedMs: number;
  readonly retryable = true;
  readonly hint: string;

  constructor(facts: NetworkFacts) {
    const reason = facts.reason === undefined ? '' : ` (${facts.reason})`;
    super(
      facts.sent === 'no'
        ? `${facts.operation}: the service could not be reached${reason}; nothing was sent`
        : `${facts.operation}: the connection broke${reason}`,
      facts,
    );
    this.operation = facts.operation;
    this.sent = facts.sent;
    this.snapshot = facts.snapshot;
    this.elapsedMs = facts.elapsedMs ?? 0;
    this.hint =
      facts.sent === 'no'
        ? 'Check the network, `baseUrl` and NEMO_API_URL, then try again.'
        : 'Check the network; the service may have acted on the request, so look before repeating it.';
  }
}

/** Facts of a {@link TimeoutError}. */
export interface TimeoutFacts extends ErrorFacts {
  /** The operation that took too long. */
  readonly operation: string;
  /** The limit that ran out, in ms. */
  readonly limitMs: number;
  /** Which limit it was: a name of `timeouts` or `retry.budgetMs`. */
  readonly limit: string;
}

/** A call took longer than its limit. */
export class TimeoutError extends NemoVideoError {
  override readonly name = 'TimeoutError';
  /** The operation that took too long. */
  readonly operation: string;
  /** The limit that ran out, in ms. */
  readonly limitMs: number;
  readonly retryable = true;
  readonly hint: string;

  constructor(facts: TimeoutFacts) {
    super(`${facts.operation} took longer than ${facts.limitMs} ms (${facts.limit})`, facts);
    this.operation = facts.operation;
    this.limitMs = facts.limitMs;
    this.hint = `Try again, or raise \`${facts.limit}\`.`;
  }
}
