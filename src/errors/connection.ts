import { at, type ErrorFacts, NemoVideoError, putFacts, putSnapshot } from './base.js';
import type { RunSnapshot } from './run-failures.js';

/** Facts of an {@link AbortError}. */
export interface AbortFacts extends ErrorFacts {
  /** What was given up, e.g. `run`. */
  readonly operation: string;
  /** Of a run whose message had been sent, or was about to be: lets its outcome be asked for later. */
  readonly snapshot?: RunSnapshot | undefined;
  /** The text of a run that had arrived until then. */
  readonly partialText?: string | undefined;
  /** The time since a run's message was sent, in ms. */
  readonly elapsedMs?: number | undefined;
  /** What to do, where that is known better than here. */
  readonly hint?: string | undefined;
}

/** The caller gave up: by `cancel()`, or by its signal. `cause` is the signal's reason. */
export class AbortError extends NemoVideoError {
  override readonly name = 'AbortError';
  /**
   * The snapshot of a run: `nemo.runs.open(error.snapshot)` returns its outcome. That of a render or a video is for
   * `nemo.renders.open()` and `nemo.openVideo()`. Undefined for other calls.
   */
  declare readonly snapshot: RunSnapshot | undefined;
  /** The text of a run that had arrived until then; empty for other calls. */
  declare readonly partialText: string;
  /** The time since a run's message was sent, in ms; 0 for other calls. */
  declare readonly elapsedMs: number;
  readonly retryable = false;
  readonly hint: string;

  constructor(facts: AbortFacts) {
    const isLimit = isTimeout(facts.cause);
    super(`${facts.operation} was aborted${isLimit ? ': your signal timed out' : ''}`, facts);
    putSnapshot(this, facts.snapshot);
    putFacts(this, { partialText: facts.partialText ?? '', elapsedMs: facts.elapsedMs ?? 0 });
    const afterRun =
      'The message may be at work in the service: `nemo.runs.open(error.snapshot)` returns its outcome later.';
    const afterLimit =
      'The time limit of your signal ran out: give it more time, or use the `timeouts` option.';
    this.hint =
      facts.hint ??
      (facts.snapshot ? afterRun : isLimit ? afterLimit : 'You asked for this: the signal was aborted.');
  }
}

/** Whether a signal's reason is the one of `AbortSignal.timeout()`. */
function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError' && !(reason instanceof NemoVideoError);
}

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
  declare readonly snapshot: RunSnapshot | undefined;
  /** Always empty: every error of a run has this field, and a run that fails like this has said nothing. */
  declare readonly partialText: '';
  /** The time since a run's message was first sent, in ms; 0 for other calls. */
  declare readonly elapsedMs: number;
  readonly retryable = true;
  readonly hint: string;

  constructor(facts: NetworkFacts) {
    const reason = facts.reason === undefined ? '' : ` (${facts.reason})`;
    super(
      facts.sent === 'no'
        ? `${facts.operation}: the service could not be reached${at(facts.address)}${reason}; nothing was sent`
        : `${facts.operation}: the connection broke${at(facts.address)}${reason}`,
      facts,
    );
    this.operation = facts.operation;
    this.sent = facts.sent;
    putSnapshot(this, facts.snapshot);
    putFacts(this, { partialText: '', elapsedMs: facts.elapsedMs ?? 0 });
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
    super(
      `${facts.operation}${at(facts.address)} took longer than ${facts.limitMs} ms (${facts.limit})`,
      facts,
    );
    this.operation = facts.operation;
    this.limitMs = facts.limitMs;
    this.hint = `Try again, or raise \`${facts.limit}\`.`;
  }
}
