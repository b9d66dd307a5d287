import type { Session, SessionContext } from '../session/index.js';
import type { Catalogue, TipKind } from './catalogue/index.js';
import type { AssistantSnapshot, MemoryChange } from './memory.js';
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
  readonly tell: (reply: AssistantReply) => void;
  readonly memory: () => AssistantSnapshot;
  /** Changes what is remembered, and waits until the host has kept it. */
  readonly remember: (change: MemoryChange) => Promise<void>;
}

/** Gives a tip, unless it was given before. */
export async function giveTip(turn: Turn, tip: TipKind): Promise<void> {
  const { tips } = turn.memory();
  if (tips.includes(tip)) return;
  turn.tell({ type: 'tip', text: turn.words.tips[tip] });
  await turn.remember({ tips: [...tips, tip] });
}

/** Waits for some work that may be mute, and tells every `stillWorkingMs` of a run that it goes on. */
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

async function beat({ tell, words, context }: Turn, over: AbortSignal): Promise<void> {
  const { clock } = context.transport;
  const begun = clock.now();
  for (;;) {
    try {
      await clock.sleep(context.run.stillWorkingMs, over);
    } catch {
      return; // The work is over.
    }
    tell({ type: 'status', text: words.stillWorking(minutes(clock.now() - begun)) });
  }
}

/** Whole minutes, at least one. */
export function minutes(ms: number): number {
  return Math.max(1, Math.round(ms / 60_000));
}
