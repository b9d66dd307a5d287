import { describeChanges, sameContent } from '../draft/index.js';
import {
  NemoVideoError,
  OutcomeUnknownError,
  putSnapshot,
  RunFailedError,
  RunInterruptedError,
  RunStalledError,
} from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import { pause, throwIfAborted } from '../transport/index.js';
import type { StreamEnd } from './answer-stream.js';
import { baselineOf, listOf, type RawState, readRawState } from './baseline.js';
import type { RunResult } from './events.js';
import type { RunRecord } from './run-record.js';
import type { RunFailure } from './transcript.js';

/** An end of a stream after which the outcome is unknown. */
export type Unclear = Extract<StreamEnd, { how: 'broken' | 'stalled' }>;

/** The table "How a run ends": from the end of a stream to the outcome of the run. */
export async function conclude(end: StreamEnd, run: RunRecord): Promise<RunResult> {
  const { transcript } = run;
  transcript.close();
  if (end.how === 'failed') throw failureOf(end.failure, run);
  // The agent waits for the answer: nothing more comes, however the stream ended.
  if (transcript.tools.question !== undefined)
    return resultOf(run, { silent: false, recovered: false, broken: end.how !== 'clean' });
  if (end.how !== 'clean') return afterBreak(end, run, run.settings.recoveryDelaysMs);
  // An answer of nothing but instructions for a screen is a silent edit too.
  const { silent } = transcript;
  if (!silent || transcript.timeline.fromStream) return resultOf(run, { silent, recovered: false });
  return afterSilence(run);
}

/** A documented code is its own error, as it would be outside of a stream. */
function failureOf({ code, message, raw }: RunFailure, run: RunRecord): NemoVideoError {
  const { transport, snapshot, requestId, attempts, transcript } = run;
  const about = { sessionId: snapshot.sessionId };
  const error = transport.errorOf(raw, { operation: 'run', about, requestId, attempts });
  if (error === undefined)
    return new RunFailedError({ ...run.facts(), agentCode: code, agentMessage: message });
  // Refused before any work, unless there was an answer before: then the next process waits for the outcome.
  if (transcript.begun) return carryFacts(error, run);
  run.delivery = 'unsent';
  return error;
}

/** What every error of a run carries, on the error of a code. */
function carryFacts(error: NemoVideoError, run: RunRecord): NemoVideoError {
  const { partialText, snapshot, elapsedMs } = run.facts();
  return Object.defineProperties(putSnapshot(error, snapshot), {
    partialText: { value: partialText },
    elapsedMs: { value: elapsedMs },
  });
}

/**
 * The agent said nothing: the state shows what it did. A first read without a change is followed by a second, because the
 * last write can land late. Only a read that fails is repeated by the schedule of recovery.
 */
async function afterSilence(run: RunRecord): Promise<RunResult> {
  const { transport, settings, settle, signal } = run;
  let state = await readOnce(run);
  if (state !== undefined && !hasChanged(state, run)) {
    await pause(transport.clock, settle.intervalMs, signal, 'run');
    state = (await readOnce(run)) ?? state;
  }
  const recovered = state === undefined;
  if (state === undefined) {
    const later = await readUntil(run, settings.recoveryDelaysMs, () => true);
    if (later.found === 'unreadable') {
      throw new OutcomeUnknownError({ ...run.facts(later.cause), reason: 'the answer was empty' });
    }
    state = later.state;
  }
  adopt(run, state);
  return resultOf(run, { silent: true, recovered });
}

/** The state; undefined when it cannot be read. */
async function readOnce({ transport, snapshot, signal }: RunRecord): Promise<RawState | undefined> {
  try {
    return await readRawState(transport, snapshot.sessionId, { signal });
  } catch (error) {
    throwIfAborted(signal, 'run');
    if (!(error instanceof NemoVideoError)) throw error;
    return undefined;
  }
}

function hasChanged(state: RawState, { before }: RunRecord): boolean {
  return !sameContent(before, baselineOf(state));
}

/** The outcome is unknown: the state is compared with the state before, by the schedule. */
export async function afterBreak(
  end: Unclear,
  run: RunRecord,
  delaysMs: readonly number[],
): Promise<RunResult> {
  const known = run.before;
  const recovered = await readUntil(run, delaysMs, (state) => {
    // Without a state before, the first one that is read takes its place: later changes are found.
    if (run.before === null) run.compareWith(baselineOf(state));
    return hasChanged(state, run);
  });
  if (recovered.found === 'decided') {
    adopt(run, recovered.state);
    return resultOf(run, { silent: run.transcript.silent, recovered: true });
  }
  if (recovered.found === 'unreadable') {
    throw new OutcomeUnknownError({ ...run.facts(recovered.cause), reason: reasonOf(end) });
  }
  if (known === null) {
    throw new OutcomeUnknownError({ ...run.facts(), reason: 'the state before the message is not known' });
  }
  if (end.how === 'stalled') {
    throw new RunStalledError({ ...run.facts(), limit: end.limit, limitMs: end.limitMs });
  }
  throw new RunInterruptedError({ ...run.facts(end.cause), reason: end.reason });
}

function readUntil(
  run: RunRecord,
  delaysMs: readonly number[],
  decides: (state: RawState) => boolean,
): Promise<Recovered> {
  const { transport, snapshot, signal } = run;
  return recover({
    clock: transport.clock,
    signal,
    delaysMs,
    onCheck: (attempt, nextCheckMs) => run.emit({ type: 'recovering', attempt, nextCheckMs, raw: null }),
    // The schedule is the retry.
    read: () => readRawState(transport, snapshot.sessionId, { signal, retry: false }),
    decides,
  });
}

/** Takes over a state that was read. A draft that cannot be decoded becomes an `unknown` event. */
function adopt(run: RunRecord, raw: RawState): void {
  const { transcript } = run;
  const { draft, generated } = baselineOf(raw);
  transcript.generated = generated;
  if (!transcript.timeline.adopt(draft, raw)) run.emit({ type: 'unknown', raw });
}

interface How {
  readonly silent: boolean;
  readonly recovered: boolean;
  /** Whether the stream did not end cleanly. */
  readonly broken?: boolean;
}

function resultOf(run: RunRecord, { silent, recovered, broken = recovered }: How): RunResult {
  const { transcript, before, language, elapsedMs } = run;
  const { text, timeline, tools, usage } = transcript;
  const { question } = tools;
  const { displayText, actions } = transcript;
  const { changes } = timeline;
  const old = before?.generated ?? [];
  return {
    text,
    displayText,
    actions,
    ...(timeline.now && { timeline: timeline.now }),
    changes,
    summary: describeChanges(changes, { language }),
    generated: listOf(transcript.generated).filter((item) => !old.some((other) => sameContent(item, other))),
    ...(question && { question }),
    silent,
    recovered,
    complete: !broken && transcript.complete,
    toolCalls: tools.list,
    ...(usage.total && { usage: usage.total }),
    elapsedMs,
  };
}

function reasonOf(end: Unclear): string {
  return end.how === 'stalled' ? `${end.limit}, ${end.limitMs} ms` : end.reason;
}

/** What the states showed. `unreadable`: none of them could be read, the last time for this cause. */
export type Recovered =
  | { readonly found: 'decided'; readonly state: RawState }
  | { readonly found: 'undecided'; readonly state: RawState }
  | { readonly found: 'unreadable'; readonly cause: unknown };

/** How the outcome of a message is found in the session's state. */
export interface RecoveryPlan {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Pauses before each read, in ms. */
  readonly delaysMs: readonly number[];
  /** Called before each pause. */
  onCheck(attempt: number, nextCheckMs: number): void;
  read(): Promise<RawState>;
  /** Whether a state shows the outcome. */
  decides(state: RawState): boolean;
}

/**
 * The procedure of the wire document: wait, read the state, and so on until a state shows the outcome or all reads are
 * used up. A read that fails counts; the schedule continues. Throws only when `signal` aborts.
 */
export async function recover(plan: RecoveryPlan): Promise<Recovered> {
  const { clock, signal, delaysMs } = plan;
  let state: RawState | undefined;
  let cause: unknown;
  for (const [index, delayMs] of delaysMs.entries()) {
    plan.onCheck(index + 1, delayMs);
    if (delayMs > 0) await clock.sleep(delayMs, signal);
    try {
      state = await plan.read();
      if (plan.decides(state)) return { found: 'decided', state };
    } catch (error) {
      throwIfAborted(signal, 'run');
      if (!(error instanceof NemoVideoError)) throw error;
      cause = error;
    }
  }
  return state === undefined ? { found: 'unreadable', cause } : { found: 'undecided', state };
}
