import { readBalance } from '../account.js';
import { checkSnapshot, type RunSnapshot } from '../errors/index.js';
import { answerMessage } from '../run/index.js';
import {
  readSessionSnapshot,
  type Session,
  type SessionContext,
  type SessionSnapshot,
} from '../session/index.js';
import { fieldsOf } from '../wire/index.js';
import type { Catalogue, TipKind } from './catalogue.js';
import type { OpenQuestion } from './relayed-question.js';
import type { AssistantReply } from './reply.js';

/** What every step of answering one message works with. */
export interface Turn {
  readonly session: Session;
  readonly context: SessionContext;
  readonly words: Catalogue;
  /** Of the person, as a BCP 47 tag. */
  readonly language: string;
  readonly signal: AbortSignal;
  /** What the person has said and what their files are called. */
  readonly own: string;
  readonly reply: (reply: AssistantReply) => void;
  readonly memory: () => AssistantSnapshot;
  /** Changes what is remembered, and waits until the host has kept it. */
  readonly remember: (change: MemoryChange) => Promise<void>;
}

/** Gives a tip, unless it was given before. */
export async function giveTip(turn: Turn, tip: TipKind): Promise<void> {
  const { tips } = turn.memory();
  if (tips.includes(tip)) return;
  turn.reply({ type: 'tip', text: turn.words.tips[tip] });
  await turn.remember({ tips: [...tips, tip] });
}

/** Waits for work that may be silent, and replies "still working" every `stillWorkingMs`. */
export async function patiently<T>(turn: Turn, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const beating = beat(turn, over.signal);
  try {
    return await work;
  } finally {
    over.abort();
    await beating;
  }
}

async function beat({ reply, words, context }: Turn, over: AbortSignal): Promise<void> {
  const { clock } = context.transport;
  const begun = clock.now();
  for (;;) {
    try {
      await clock.sleep(context.run.stillWorkingMs, over);
    } catch {
      return; // The work is over.
    }
    reply({ type: 'status', text: words.stillWorking(minutes(clock.now() - begun)) });
  }
}

/** Whole minutes, at least one. */
export function minutes(ms: number): number {
  return Math.max(1, Math.round(ms / 60_000));
}

/**
 * What an assistant remembers, for the host to keep: plain JSON without a token. Passed as the `snapshot`
 * option, it lets the conversation continue where it was.
 */
export interface AssistantSnapshot {
  /** The version of this format. */
  readonly version: 1;
  /** The project; absent until the first message connects. */
  readonly session?: SessionSnapshot;
  /** The language of the last message. */
  readonly language?: string;
  /** A message whose outcome is unknown. It is looked up before the next message, and never sent again. */
  readonly run?: RunSnapshot;
  /** What the agent asked, with the answers so far: the next message answers. */
  readonly question?: OpenQuestion;
  /** A render that may have been submitted for the timeline as it is. */
  readonly renderId?: string;
  /** How many videos have been delivered; the next one is named after it. */
  readonly delivered: number;
  /** The tips that have been given. */
  readonly tips: readonly string[];
}

/** A change of what is remembered; undefined forgets. */
export interface MemoryChange {
  readonly session?: SessionSnapshot | undefined;
  readonly language?: string;
  readonly run?: RunSnapshot | undefined;
  readonly question?: OpenQuestion | undefined;
  readonly renderId?: string | undefined;
  readonly delivered?: number;
  readonly tips?: readonly string[];
}

/** The memory of a new assistant. */
export const NOTHING_YET: AssistantSnapshot = { version: 1, delivered: 0, tips: [] };

/**
 * Checks a value that should be a snapshot of an assistant.
 * @throws {@link OptionError} naming the field.
 */
export function readAssistantSnapshot(value: unknown): AssistantSnapshot {
  checkSnapshot(value, 'the value of `assistant.toJSON()`');
  const { session, language, run, question, renderId, delivered, tips } = fieldsOf(value);
  return {
    version: 1,
    ...(session === undefined ? {} : { session: { version: 1, ...readSessionSnapshot(session) } }),
    ...(typeof language === 'string' ? { language } : {}),
    ...(isRun(run) ? { run } : {}),
    ...(isOpenQuestion(question) ? { question } : {}),
    ...(typeof renderId === 'string' ? { renderId } : {}),
    delivered: typeof delivered === 'number' && Number.isSafeInteger(delivered) ? delivered : 0,
    tips: Array.isArray(tips) ? tips.filter((tip) => typeof tip === 'string') : [],
  };
}

function isOpenQuestion(value: unknown): value is OpenQuestion {
  const { question, answers } = fieldsOf(value);
  try {
    answerMessage(Object(question), Object(answers));
    return true;
  } catch {
    return false;
  }
}

/** Enough to recognise one; `Run.open` checks the rest. */
function isRun(value: unknown): value is RunSnapshot {
  return (
    typeof value === 'object' &&
    value !== null &&
    'message' in value &&
    'sessionId' in value &&
    'before' in value
  );
}

/** Replies with the balance. */
export async function showCredits(turn: Turn): Promise<void> {
  const { session, signal } = turn;
  const credits = await readBalance(session._context.transport, { signal });
  turn.reply({ type: 'credits', text: turn.words.credits(credits.available, credits.frozen), credits });
}

/** Replies with the summary of the timeline; with `media`, also with the names of the files. */
export async function showState(
  turn: Turn,
  { media: withMedia }: { readonly media: boolean },
): Promise<void> {
  const { session, words, language, signal, reply } = turn;
  const { timeline, media } = await session.state({ signal });
  const names = media.map(({ name }) => name);
  if (withMedia && names.length > 0) reply({ type: 'text', text: words.media(names) });
  if (timeline?.isExportable())
    reply({ type: 'timeline', text: timeline.toString({ language }), timeline, language, changes: [] });
  else reply({ type: 'text', text: words.emptyTimeline });
}
