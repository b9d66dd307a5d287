import type { RunBaseline, RunSnapshot } from '../errors/index.js';
import type { Transport } from '../transport/index.js';
import type { RawState } from './raw-state.js';
import type { RunSettings, RunTimeouts } from './settings.js';

/** What every run needs. */
export interface Surroundings {
  readonly transport: Transport;
  readonly settings: RunSettings;
  /** Of `summary`, as a BCP 47 tag. Default `en`. */
  readonly language?: string | undefined;
  /** Ends the run. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the run is first used. What it throws fails the run before anything is sent. */
  readonly onStart?: (() => void) | undefined;
  /** Called once when the run is over, however it ended, if `onStart` had returned. */
  readonly onEnd?: ((end: RunEnd) => void) | undefined;
}

/** A message to send. */
export interface RunRequest extends Surroundings {
  readonly sessionId: string;
  readonly taskId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly message: string;
  /** The state before, known or read. Awaited before the message leaves; what it throws fails the run. */
  readonly baseline: (signal: AbortSignal) => Promise<RunBaseline>;
  /** Awaited right before the message leaves. What it throws fails the run, and nothing is sent. */
  readonly onSend?: ((snapshot: RunSnapshot) => void | Promise<void>) | undefined;
  /** Limits of this run, over `settings`. */
  readonly timeouts?: RunTimeouts | undefined;
  /** False when nobody can iterate this run, so that it need not keep events for them. Default true. */
  readonly iterable?: boolean | undefined;
}

/** A message that was sent earlier, perhaps by another process. It is never sent again. */
export interface ResumeRequest extends Surroundings {
  readonly snapshot: RunSnapshot;
  /** Gets the token, so that it is known who is asking. */
  readonly authenticate?: ((signal: AbortSignal) => Promise<unknown>) | undefined;
}

/** How a run left its session. */
export interface RunEnd {
  /**
   * The state that the run read as its very last act; undefined when it read none, so that the state must be taken
   * for unknown.
   */
  readonly state: RawState | undefined;
  /** False when it is proven that the service never worked on the message. */
  readonly sent: boolean;
}
