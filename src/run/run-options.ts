import { checkFields, type Fields, OptionError, type RunSnapshot } from '../errors/index.js';

/** The limits of a run and what is done after a broken one, complete. */
export interface RunSettings {
  /** No byte for this long, in ms: the connection counts as dead. Default 240,000. */
  readonly streamIdleMs: number;
  /**
   * The longest `streamIdleMs` that a call may ask for, in ms, because the `fetch` in use ends the body after that:
   * 290,000 on Node's own. Default no bound.
   */
  readonly streamIdleMaxMs?: number | undefined;
  /** Nothing but heartbeats for this long, in ms. Default 600,000 (wire document). */
  readonly contentIdleMs: number;
  /** The longest a stream may take, in ms. Default 900,000 (wire document). */
  readonly runMs: number;
  /** Pauses before each state read after a broken run, in ms. Default 30 s, then four times 60 s (wire document). */
  readonly recoveryDelaysMs: readonly number[];
  /** How often a run reports that work continues, in ms. 120,000 (wire document). */
  readonly stillWorkingMs: number;
  /** The longest line of the stream, in characters. Default 8,388,608. */
  readonly maxLineLength: number;
}

/** Limits of one run, in ms. What is left out is taken from the client's `timeouts`. */
export interface RunTimeouts {
  /** An answer stream without any byte. Default: the client's. On Node's own fetch at most 290,000. */
  readonly streamIdle?: number | undefined;
  /** An answer stream with nothing but heartbeats. Default: the client's. */
  readonly contentIdle?: number | undefined;
  /** A whole answer stream, without the recovery that may follow. Default: the client's. */
  readonly run?: number | undefined;
}

/** How to send a message. */
export interface RunOptions {
  /** Awaited right before the message is sent, with all that another process needs. If it throws, nothing is sent. */
  readonly onSend?: ((snapshot: RunSnapshot) => void | Promise<void>) | undefined;
  /** Limits of this run, in ms. Default: the client's. */
  readonly timeouts?: RunTimeouts | undefined;
  /** Ends the run when it aborts: it rejects with AbortError, whose `snapshot` lets the outcome be asked for later. */
  readonly signal?: AbortSignal | undefined;
}

const RUN_FIELDS: Fields<RunOptions> = { onSend: 'function', timeouts: 'object', signal: 'signal' };

const TIMEOUT_FIELDS: Fields<RunTimeouts> = { streamIdle: 'any', contentIdle: 'any', run: 'any' };

/**
 * Checks a message and how to send it.
 * @throws {@link OptionError} for an empty message, or naming the option that is wrong.
 */
export function checkMessage(message: string, options: RunOptions): void {
  checkFields(options, RUN_FIELDS);
  if (typeof message === 'string' && message.trim() !== '') return;
  throw new OptionError({ field: 'message', accepted: 'a text that is not empty' });
}

/**
 * The settings of one run.
 * @throws {@link OptionError} for a limit that is not a positive number, or a `streamIdle` that `fetch` cannot wait for.
 */
export function withTimeouts(settings: RunSettings, timeouts: RunTimeouts | undefined): RunSettings {
  if (timeouts === undefined) return settings;
  checkFields(timeouts, TIMEOUT_FIELDS, 'timeouts');
  const streamIdleMs = limit(timeouts.streamIdle, 'streamIdle', settings.streamIdleMs);
  checkStreamIdle(streamIdleMs, settings.streamIdleMaxMs);
  return {
    ...settings,
    streamIdleMs,
    contentIdleMs: limit(timeouts.contentIdle, 'contentIdle', settings.contentIdleMs),
    runMs: limit(timeouts.run, 'run', settings.runMs),
  };
}

/** Throws {@link OptionError} where the `fetch` in use would end the stream before the library does. */
export function checkStreamIdle(streamIdleMs: number, maxMs: number | undefined): void {
  if (maxMs === undefined || streamIdleMs <= maxMs) return;
  throw new OptionError({
    field: 'timeouts.streamIdle',
    accepted: `at most ${maxMs} ms with Node's own fetch`,
    hint: "Node's fetch ends a body that is silent for 300 s: pass the client a `fetch` whose dispatcher has a longer `bodyTimeout`.",
  });
}

function limit(ms: number | undefined, name: string, otherwise: number): number {
  if (ms === undefined) return otherwise;
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw new OptionError({ field: `timeouts.${name}`, accepted: 'a positive number of milliseconds' });
}
