import { describeChanges } from '../draft/index.js';
import {
  NemoVideoError,
  OutcomeUnknownError,
  RunFailedError,
  RunInterruptedError,
  RunStalledError,
} from '../errors/index.js';
import { throwIfAborted } from '../transport/index.js';
import type { EventQueue } from './event-queue.js';
import type { RunResult } from './events.js';
import type { StreamEnd } from './follow.js';
import { translateGui } from './gui/index.js';
import { sameJson } from './json-compare.js';
import { listen } from './listen.js';
import { baselineOf, listOf, type RawState, readRawState } from './raw-state.js';
import type { RunRecord } from './record.js';
import { type Recovered, recover } from './recovery.js';
import type { Surroundings } from './request.js';

/** What the end of a run needs. */
export interface Conclusion extends Surroundings {
  readonly record: RunRecord;
  readonly queue: EventQueue;
  /** Of the whole run. */
  readonly signal: AbortSignal;
}

/** An end of a stream that tells nothing of the outcome. */
export type Unclear = Extract<StreamEnd, { how: 'broken' | 'stalled' }>;

/** The table "How a run ends": what a stream's end makes of the run. */
export async function conclude(end: StreamEnd, run: Conclusion): Promise<RunResult> {
  const { record } = run;
  const { transcript } = record;
  transcript.close();
  switch (end.how) {
    case 'clean':
      if (transcript.text.trim() !== '') return result(run, { silent: false, recovered: false });
      if (transcript.timeline.fromStream) return result(run, { silent: true, recovered: false });
      return afterSilence(run);
    case 'failed':
      throw new RunFailedError({ ...record.facts(), agentCode: end.code, agentMessage: end.message });
    default:
      return afterBreak(end, run, run.settings.recoveryDelaysMs);
  }
}

/** The agent said nothing: one read of the state tells what it did. Only a read that fails is followed by others. */
async function afterSilence(run: Conclusion): Promise<RunResult> {
  const { transport, record, signal, settings } = run;
  let state: RawState | undefined;
  try {
    state = await readRawState(transport, record.snapshot.sessionId, { signal });
  } catch (error) {
    throwIfAborted(signal, 'run');
    if (!(error instanceof NemoVideoError)) throw error;
  }
  const recovered = state === undefined;
  if (state === undefined) {
    const later = await readUntil(run, settings.recoveryDelaysMs, () => true);
    if (later.found === 'unreadable') {
      throw new OutcomeUnknownError({ ...record.facts(later.cause), reason: 'the answer was empty' });
    }
    state = later.state;
  }
  adopt(run, state);
  return result(run, { silent: true, recovered });
}

/** Nobody knows what came of the message: the state is compared with the state before, by the schedule. */
export async function afterBreak(
  end: Unclear,
  run: Conclusion,
  delaysMs: readonly number[],
): Promise<RunResult> {
  const { record } = run;
  const { before } = record.snapshot;
  const recovered = await readUntil(run, delaysMs, (state) => {
    const now = baselineOf(state);
    // Without a state before, the first one that is read has to do: what changes after it is told.
    if (record.before === null) {
      record.before = now;
      listen(run);
    }
    return !sameJson(record.before, now);
  });
  if (recovered.found === 'decided') {
    adopt(run, recovered.state);
    return result(run, { silent: record.transcript.text.trim() === '', recovered: true });
  }
  if (recovered.found === 'unreadable') {
    throw new OutcomeUnknownError({ ...record.facts(recovered.cause), reason: reasonOf(end) });
  }
  record.state = recovered.state;
  if (before === null) {
    throw new OutcomeUnknownError({ ...record.facts(), reason: 'the state before the message is not known' });
  }
  if (end.how === 'stalled') {
    throw new RunStalledError({ ...record.facts(), limit: end.limit, limitMs: end.limitMs });
  }
  throw new RunInterruptedError({ ...record.facts(end.cause), reason: end.reason });
}

function readUntil(
  { transport, record, signal, queue }: Conclusion,
  delaysMs: readonly number[],
  decides: (state: RawState) => boolean,
): Promise<Recovered> {
  const { sessionId } = record.snapshot;
  return recover({
    clock: transport.clock,
    signal,
    delaysMs,
    onCheck: (attempt, nextCheckMs) => queue.push({ type: 'recovering', attempt, nextCheckMs, raw: null }),
    // The schedule is the retry.
    read: () => readRawState(transport, sessionId, { signal, retry: false }),
    decides,
  });
}

/** Takes over what a state says. A draft that cannot be decoded becomes an `unknown` event. */
function adopt({ record, queue }: Conclusion, raw: RawState): void {
  const { draft, generated } = baselineOf(raw);
  record.state = raw;
  record.transcript.generated = generated;
  if (!record.transcript.timeline.adopt(draft, raw)) queue.push({ type: 'unknown', raw });
}

function result(
  { record, queue, language }: Conclusion,
  { silent, recovered }: { readonly silent: boolean; readonly recovered: boolean },
): RunResult {
  const { transcript, before, elapsedMs } = record;
  const { text, timeline, toolCalls, usage } = transcript;
  const { text: displayText, actions } = translateGui(text);
  for (const { action, phrase } of actions) {
    queue.push({ type: 'action', action, phrase, raw: transcript.lastText });
  }
  const { changes } = timeline;
  const old = before?.generated ?? [];
  return {
    text,
    displayText,
    actions,
    ...(timeline.now && { timeline: timeline.now }),
    changes,
    summary: describeChanges(changes, { language }),
    generated: listOf(transcript.generated).filter((item) => !old.some((other) => sameJson(item, other))),
    silent,
    recovered,
    complete: !recovered && transcript.complete,
    toolCalls,
    ...(usage.total && { usage: usage.total }),
    elapsedMs,
  };
}

function reasonOf(end: Unclear): string {
  return end.how === 'stalled' ? `${end.limit}, ${end.limitMs} ms` : end.reason;
}
