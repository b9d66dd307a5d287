import { checkSnapshot, type RunSnapshot } from '../errors/index.js';
import { readSessionSnapshot, type SessionSnapshot } from '../session/index.js';
import { fieldsOf } from '../wire/index.js';

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
  /** A message whose outcome is not known yet. It is asked for before the next message, and never sent again. */
  readonly run?: RunSnapshot;
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
  readonly renderId?: string | undefined;
  readonly delivered?: number;
  readonly tips?: readonly string[];
}

/** An assistant that has not been spoken to. */
export const NOTHING_YET: AssistantSnapshot = { version: 1, delivered: 0, tips: [] };

/**
 * Checks a value that should be a snapshot of an assistant.
 * @throws {@link OptionError} naming the field.
 */
export function readAssistantSnapshot(value: unknown): AssistantSnapshot {
  checkSnapshot(value, 'what `assistant.toJSON()` gave');
  const { session, language, run, renderId, delivered, tips } = fieldsOf(value);
  return {
    version: 1,
    ...(session === undefined ? {} : { session: { version: 1, ...readSessionSnapshot(session) } }),
    ...(typeof language === 'string' ? { language } : {}),
    ...(isRun(run) ? { run } : {}),
    ...(typeof renderId === 'string' ? { renderId } : {}),
    delivered: typeof delivered === 'number' && Number.isSafeInteger(delivered) ? delivered : 0,
    tips: Array.isArray(tips) ? tips.filter((tip) => typeof tip === 'string') : [],
  };
}

/** Enough to tell it apart; `Run.open` reads it to the end. */
function isRun(value: unknown): value is RunSnapshot {
  return (
    typeof value === 'object' &&
    value !== null &&
    'message' in value &&
    'sessionId' in value &&
    'before' in value
  );
}
