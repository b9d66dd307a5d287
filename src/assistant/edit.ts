import { describeChanges, type Timeline, type TimelineChange } from '../draft/index.js';
import { OutcomeUnknownError, RunError } from '../errors/index.js';
import {
  type ActionKind,
  Run,
  type RunEvent,
  type RunOptions,
  type RunResult,
  type RunSnapshot,
} from '../run/index.js';
import { settleDraft } from '../session/settle.js';
import { ask, type OpenQuestion } from './relayed-question.js';
import { SpokenWords } from './spoken-words.js';
import { giveTip, minutes, type Turn } from './turn.js';

/** The outcome of one message to the agent. */
export interface Edited {
  /** What the agent asked of a screen. */
  readonly actions: readonly { readonly action: ActionKind; readonly phrase: string }[];
  readonly timeline: Timeline | undefined;
  readonly changes: readonly TimelineChange[];
  /** Whether the agent stopped to ask: nothing was finished. */
  readonly asked: boolean;
}

/** Sends a message to the agent, and replies with what it says and does. */
export function edit(turn: Turn, message: string): Promise<Edited> {
  return send(turn, (options) => turn.session.run(message, options));
}

/** Sends the answers to the agent's question. */
export function answer(turn: Turn, { question, answers }: OpenQuestion): Promise<Edited> {
  return send(turn, (options) => turn.session.answer(question, answers, options));
}

async function send(turn: Turn, start: (options: RunOptions) => Run): Promise<Edited> {
  const { question } = turn.memory();
  const run = start({
    signal: turn.signal,
    // A render that was submitted before belongs to the timeline before.
    onSend: (snapshot) => turn.remember({ run: snapshot, question: undefined, renderId: undefined }),
  });
  try {
    return await follow(turn, run);
  } catch (error) {
    // An answer that never left leaves the question open.
    if (question !== undefined && !(error instanceof RunError) && !turn.signal.aborted)
      await turn.remember({ question });
    throw error;
  }
}

/** Waits for the outcome of a message that was sent before, perhaps by another process. Sends nothing. */
export async function catchUp(turn: Turn, snapshot: RunSnapshot): Promise<Edited> {
  turn.reply({ type: 'status', text: turn.words.catchingUp });
  const { context, language, signal } = turn;
  return follow(turn, Run.open({ ...context, language }, snapshot, { signal }));
}

async function follow(turn: Turn, run: Run): Promise<Edited> {
  try {
    return await listen(turn, run);
  } catch (error) {
    // Every other error states the outcome, and a person who stopped a run does not wait for it.
    if (!(error instanceof OutcomeUnknownError)) await turn.remember({ run: undefined });
    throw error;
  }
}

async function listen(turn: Turn, run: Run): Promise<Edited> {
  const tools = new Set<string>();
  const spoken = new SpokenWords({ tools, own: turn.own });
  const say = (text: string): void => {
    if (text !== '') turn.reply({ type: 'text', text });
  };
  let stage: string | undefined;
  for await (const event of run) {
    if (event.type === 'text') say(spoken.push(event.delta));
    else if (event.type === 'tool_call') {
      tools.add(event.name);
      say(spoken.flush());
    } else stage = showProgress(turn, event) ?? stage;
  }
  say(spoken.flush());
  const result = await run.result();
  const { question } = result;
  if (question !== undefined) {
    const open = { question, answers: {} };
    await turn.remember({ run: undefined, question: open });
    ask(turn, open);
    return { actions: [], timeline: result.timeline, changes: result.changes, asked: true };
  }
  await turn.remember({ run: undefined });
  const settled = stage === 'clip' || result.recovered ? await settle(turn, result) : result;
  await showChanges(turn, result.displayText.trim() === '', settled);
  return { actions: result.actions, timeline: settled.timeline, changes: settled.changes, asked: false };
}

/** Replies with the part of an event that is for a person. Returns the stage that it begins, if any. */
function showProgress({ reply, words }: Turn, event: RunEvent): string | undefined {
  if (event.type === 'still_working') {
    reply({ type: 'status', text: words.stillWorking(minutes(event.elapsedMs)) });
  } else if (event.type === 'recovering' && event.attempt === 1) {
    reply({ type: 'status', text: words.recovering });
  } else if (event.type === 'timeline') {
    if (event.stage === 'clip') reply({ type: 'status', text: words.firstStage });
    return event.stage;
  }
  return undefined;
}

/** The service continues after a first clip: waits until the timeline stays the same. */
async function settle(
  turn: Turn,
  result: RunResult,
): Promise<{ readonly timeline: Timeline | undefined; readonly changes: readonly TimelineChange[] }> {
  const { session, context, signal } = turn;
  const { state } = await settleDraft(
    session,
    { settle: context.settle, clock: context.transport.clock, signal },
    () => {},
  );
  const { timeline = result.timeline } = state;
  return { timeline, changes: result.changes };
}

async function showChanges(
  turn: Turn,
  silent: boolean,
  {
    timeline,
    changes,
  }: { readonly timeline?: Timeline | undefined; readonly changes: readonly TimelineChange[] },
): Promise<void> {
  const { reply, words, language } = turn;
  if (changes.length > 0 && timeline !== undefined) {
    const text = silent
      ? words.changed(describeChanges(changes, { language }))
      : timeline.toString({ language });
    reply({ type: 'timeline', text, timeline, language, changes });
  } else if (silent) {
    reply({ type: 'text', text: words.unchanged });
    await giveTip(turn, 'beSpecific');
  }
}
