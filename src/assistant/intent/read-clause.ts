import { classesOf } from './pattern.js';
import { EDIT, remark, shapes } from './rules.js';
import type { Intent, IntentClause, IntentRule } from './types.js';
import { cutWords, type Word } from './words.js';

/** What one clause turned out to be. */
export interface Reading {
  readonly kind: Intent | 'remark' | 'refusal';
  /** Which rule decided, and why. */
  readonly because: string;
  /** Only a noun: in a list after an edit it belongs to the edit. */
  readonly noun: boolean;
  readonly words: readonly Word[];
}

/** Nobody needs this many words to ask for a file or a balance; it also bounds the work on a pasted script. */
const LONGEST_REQUEST = 40;

/** Reads one clause by itself. `masked` is the clause with its quotations blanked out, in lower case. */
export function readClause(text: string, masked: string, rules: readonly IntentRule[]): Reading {
  const words = cutWords(masked);
  const negated = words.some(({ as }) => as === 'not');
  const clause: IntentClause = { text, unquoted: masked, words: words.map(({ word }) => word), negated };
  const own = rules.find(({ when }) => (typeof when === 'function' ? when(clause) : matches(when, masked)));
  if (own !== undefined)
    return { kind: own.intent, because: `is claimed by the rule "${own.name}"`, noun: false, words };
  const edit: Reading = { kind: 'run', because: EDIT, noun: false, words };
  if (words.length > LONGEST_REQUEST) return edit;

  const classes = classesOf(words, 'not');
  const shape = shapes().find(({ patterns }) => patterns.some((each) => each.test(classes)));
  if (shape !== undefined && negated) {
    // "don't show credits" is about the video; only an order can be refused.
    const refused = shape.intent === 'export' || shape.intent === 'upload';
    return refused ? { kind: 'refusal', because: 'says what not to do', noun: false, words } : edit;
  }
  if (shape !== undefined) {
    return { kind: shape.intent, because: shape.because, noun: shape.noun, words };
  }
  if (!negated && remark().test(classes)) return { ...edit, kind: 'remark', because: 'asks for nothing' };
  return edit;
}

/** A global or sticky pattern remembers where it stopped; a rule must not depend on the clause before. */
function matches(when: RegExp, text: string): boolean {
  when.lastIndex = 0;
  return when.test(text);
}
