import { type ErrorFacts, NemoVideoError, putFacts, putSnapshot } from './base.js';
import { excerpt, printable, redact } from './redact.js';

/**
 * What another process needs to wait for the outcome of a message: plain JSON, without a token.
 * `nemo.runs.open(snapshot)` takes it.
 */
export interface RunSnapshot {
  /** The version of this format. */
  readonly version: 1;
  /** The session that the message went to. */
  readonly sessionId: string;
  /** The task of that session, where known. */
  readonly taskId?: string;
  /** Who sent it, so that opening it under another identity is noticed. */
  readonly clientId?: string;
  /** What was sent. */
  readonly message: string;
  /** When it was sent, in ms since the Unix epoch. */
  readonly sentAt: number;
  /** The session's state as it was before; null when it could not be known. */
  readonly before: RunBaseline | null;
}

/** The state of a session before a message, as far as a message can change it. */
export interface RunBaseline {
  /** The draft in the service's own form; null when there was none. */
  readonly draft: unknown;
  /** The session's uploads, as the service lists them. */
  readonly media: readonly unknown[];
  /** What the service has generated, as it lists it. */
  readonly generated: readonly unknown[];
}

/** A question of the agent. Nothing was finished when it asks; the answer is an ordinary message. */
export interface AgentQuestion {
  /** The id of the tool call, where it has one. */
  readonly id?: string;
  readonly title?: string;
  /** The tool by which it asked. */
  readonly source:
    | 'ask_question'
    | 'adk_request_confirmation'
    | 'adk_request_credential'
    | 'adk_request_input';
  readonly questions: readonly {
    readonly id: string;
    readonly prompt: string;
    readonly options: readonly { readonly id: string; readonly label: string }[];
    readonly allowMultiple: boolean;
  }[];
  /** The arguments of the call as they came. */
  readonly raw: unknown;
}

/** Facts of an {@link AwaitingInputError}. */
export interface AwaitingInputFacts<Snapshot> extends ErrorFacts {
  /** What the agent asked. */
  readonly question: AgentQuestion;
  /** The video as far as it is made. */
  readonly snapshot: Snapshot;
  /** How to answer, where it is not `nemo.openVideo()`. */
  readonly hint?: string | undefined;
}

/**
 * The agent asked a question, and `createVideo` has no `onQuestion` to answer it. Nothing was finished or exported.
 * Continue with `nemo.openVideo(error.snapshot, { answers })`.
 */
export class AwaitingInputError<Snapshot = unknown> extends NemoVideoError {
  override readonly name = 'AwaitingInputError';
  /** What the agent asked. */
  readonly question: AgentQuestion;
  /** The video as far as it is made: plain JSON, for `nemo.openVideo()`. */
  declare readonly snapshot: Snapshot;
  readonly retryable = false;
  readonly hint: string;

  constructor(facts: AwaitingInputFacts<Snapshot>) {
    const [first] = facts.question.questions;
    const asked = first?.prompt ?? facts.question.title;
    super(`The agent asks${asked === undefined ? ' a question' : `: ${excerpt(asked, 300)}`}`, facts);
    this.question = facts.question;
    putSnapshot(this, facts.snapshot);
    this.hint =
      facts.hint ?? 'Answer with `nemo.openVideo(error.snapshot, { answers })`, or pass `onQuestion`.';
  }
}

/** Facts of every error of a run. */
export interface RunFacts extends ErrorFacts {
  /** The text that had arrived until then. */
  readonly partialText: string;
  /** Lets the outcome be asked for later. */
  readonly snapshot: RunSnapshot;
  /** From sending to failure, in ms. */
  readonly elapsedMs: number;
}

/** What all errors of a run have in common. */
export abstract class RunError extends NemoVideoError {
  /** The text that had arrived until then. */
  declare readonly partialText: string;
  /** Lets the outcome be asked for later: `nemo.runs.open(snapshot)`. */
  declare readonly snapshot: RunSnapshot;
  /** From sending to failure, in ms. */
  declare readonly elapsedMs: number;

  constructor(message: string, facts: RunFacts) {
    super(message, { ...facts, sessionId: facts.sessionId ?? facts.snapshot.sessionId });
    const { partialText, elapsedMs, snapshot } = facts;
    putFacts(this, { partialText, elapsedMs });
    putSnapshot(this, snapshot);
  }
}

/** The agent itself said that it failed (`errorCode`/`errorMessage` or `{"error"}` in the stream). */
export class RunFailedError extends RunError {
  override readonly name = 'RunFailedError';
  /** The agent's own code, e.g. `UNKNOWN_ERROR`. */
  declare readonly agentCode: string | undefined;
  /** The agent's own words. */
  readonly agentMessage: string;
  readonly retryable = false;
  readonly hint =
    'Look at `session.state()` for what was done; then rephrase the message or send it again yourself.';

  constructor(facts: RunFacts & { readonly agentCode?: string | undefined; readonly agentMessage: string }) {
    super(`The agent failed: ${facts.agentMessage}`, facts);
    putFacts(this, { agentCode: facts.agentCode && printable(redact(facts.agentCode)) });
    this.agentMessage = printable(redact(facts.agentMessage));
  }
}

/** The stream went silent or ran over its limit, and the session did not change afterwards. */
export class RunStalledError extends RunError {
  override readonly name = 'RunStalledError';
  /** Which limit ran out: a name of `timeouts`. */
  readonly limit: 'streamIdle' | 'contentIdle' | 'run';
  readonly retryable = false;
  readonly hint =
    'Nothing changed in the session. Wait a few minutes and open the snapshot with `nemo.runs.open()`, or decide to send the message again.';

  constructor(
    facts: RunFacts & { readonly limit: 'streamIdle' | 'contentIdle' | 'run'; readonly limitMs: number },
  ) {
    super(`The run stalled (${facts.limit}, ${facts.limitMs} ms) and the session did not change`, facts);
    this.limit = facts.limit;
  }
}

/** The connection broke before the answer was complete, and the session did not change afterwards. */
export class RunInterruptedError extends RunError {
  override readonly name = 'RunInterruptedError';
  readonly retryable = false;
  readonly hint =
    'Nothing changed in the session. Wait a few minutes and open the snapshot with `nemo.runs.open()`, or decide to send the message again.';

  constructor(facts: RunFacts & { readonly reason: string }) {
    super(`The run was interrupted (${facts.reason}) and the session did not change`, facts);
  }
}

/** The connection broke and the session's state could not be read: the outcome of the message is unknown. */
export class OutcomeUnknownError extends RunError {
  override readonly name = 'OutcomeUnknownError';
  readonly retryable = false;
  readonly hint =
    'Do not send the message again yet: keep `error.snapshot` and ask with `nemo.runs.open(snapshot)` when the service can be reached.';

  constructor(facts: RunFacts & { readonly reason: string }) {
    super(`The outcome of the message is unknown (${facts.reason}; the session could not be read)`, facts);
  }
}
