import { cutClauses, maskQuotes, placeSteps } from './clauses.js';
import { cutWords, normalize, type Word } from './lexicon.js';
import { classesOf, EDIT, remark, shapes } from './request-shapes.js';

/**
 * Where a sentence goes:
 * - `export` the finished file is wanted (exported by the client itself, never forwarded to the backend)
 * - `credits` the balance is asked for
 * - `state` the timeline, its tracks or the progress is asked for
 * - `upload` the person wants to hand in a file
 * - `run` everything else: an instruction for the editor (wire document, "What people say, and where it goes")
 */
export type Intent = 'export' | 'credits' | 'state' | 'upload' | 'run';

/** One thing to do, with the person's own words for it. */
export interface IntentStep {
  readonly intent: Intent;
  /** The part of the message that asked for it, verbatim, without the connecting words around it. */
  readonly text: string;
}

/** What a message asks for, in the order in which to do it, and why it was read so. */
export interface IntentExplanation {
  /** Never empty. Neighbouring edits are one step, so that a message costs one run wherever possible. */
  readonly steps: readonly IntentStep[];
  /** For a log: which words decided, one reason per step, in English. */
  readonly because: string;
}

/** A clause of a message, as a rule sees it. */
export interface IntentClause {
  /** Verbatim. */
  readonly text: string;
  /** Lower case, with everything inside quotation marks blanked out: what is quoted is content, never a command. */
  readonly unquoted: string;
  /** Lower-case words in order; Chinese is cut into the words the lexicon knows and single characters. */
  readonly words: readonly string[];
  /** Whether it says not to do something ("don't export yet", 先别导出). */
  readonly negated: boolean;
}

/**
 * Your own rule, tried on every clause before the built-in ones: another language, a product's own words, or
 * `intent: 'run'` to keep something away from the built-in rules.
 *
 * @example
 * ```ts
 * explainIntent('Bitte exportieren', {
 *   rules: [{ name: 'German export', intent: 'export', when: /^(bitte )?exportier/ }],
 * });
 * ```
 */
export interface IntentRule {
  /** Named in `because`. */
  readonly name: string;
  /** The intent of a clause that the rule claims. */
  readonly intent: Intent;
  /** A pattern tested on `unquoted`, or a predicate. A negated clause is offered too: a predicate sees `negated`. */
  readonly when: RegExp | ((clause: IntentClause) => boolean);
}

/** Options of {@link explainIntent} and {@link routeIntent}. */
export interface IntentOptions {
  /** Your own rules, tried in order before the built-in ones. Default: none. */
  readonly rules?: readonly IntentRule[] | undefined;
}

/**
 * Says what a message asks for, step by step, in English and Chinese.
 *
 * It looks at the sentence, not for substrings: quoted parts are content; the message is cut into clauses; a clause is a
 * request only if every word of it plays a part in one ("download it as mp4"), so one word of content ("download
 * button") makes it an edit. A refused order ("don't export yet") is left out; courtesies and praise cost nothing.
 * Of a message of more than 4,000 characters, the beginning decides. Pure; never throws.
 *
 * @example
 * ```ts
 * explainIntent('add music and export').steps;
 * // [{ intent: 'run', text: 'add music' }, { intent: 'export', text: 'export' }]
 * ```
 */
export function explainIntent(text: string, options: IntentOptions = {}): IntentExplanation {
  if (text.length > LONGEST_MESSAGE) return explainLong(text, options);
  const masked = normalize(maskQuotes(text));
  const rules = options.rules ?? [];
  const parts = cutClauses(masked).map((span) => ({
    ...span,
    reading: readClause(text.slice(span.start, span.end), masked.slice(span.start, span.end), rules),
  }));
  const steps = placeSteps(parts, masked);
  const [only] = steps;
  const isWhole = only === undefined || (only.start === parts[0]?.start && only.end === parts.at(-1)?.end);
  if (steps.length < 2 && isWhole) {
    const { intent, because } = only ?? {
      intent: 'run',
      because: 'asks for nothing that the client does itself',
    };
    return { steps: [{ intent, text: text.trim() }], because: `the message ${because}` };
  }
  return {
    steps: steps.map(({ intent, start, end }) => ({ intent, text: text.slice(start, end) })),
    because: steps.map(({ because, start, end }) => `"${text.slice(start, end)}" ${because}`).join('; '),
  };
}

/** In characters. No one asks for a file or a balance after a pasted script of several pages. */
const LONGEST_MESSAGE = 4_000;

/** Reads the beginning; all that follows is content for the editor. */
function explainLong(text: string, options: IntentOptions): IntentExplanation {
  const head = text.slice(0, LONGEST_MESSAGE);
  const { steps, because } = explainIntent(head, options);
  const last = steps.at(-1);
  if (last?.intent === 'run') {
    const start = head.lastIndexOf(last.text);
    return { steps: [...steps.slice(0, -1), { intent: 'run', text: text.slice(start).trim() }], because };
  }
  const rest: IntentStep = { intent: 'run', text: text.slice(LONGEST_MESSAGE).trim() };
  return { steps: rest.text === '' ? steps : [...steps, rest], because };
}

/**
 * Where a message goes: the intent of the first step of {@link explainIntent}.
 *
 * @example
 * ```ts
 * routeIntent('send me the video'); // 'export'
 * routeIntent('add a download button graphic at 0:05'); // 'run'
 * ```
 */
export function routeIntent(text: string, options?: IntentOptions): Intent {
  return explainIntent(text, options).steps[0]?.intent ?? 'run';
}

/** What one clause turned out to be. */
export interface Reading {
  readonly kind: Intent | 'remark' | 'refusal';
  /** Which rule decided, and why. */
  readonly because: string;
  /** Only a noun: in a list after an edit it belongs to the edit. */
  readonly noun: boolean;
  readonly words: readonly Word[];
}

/** No one needs this many words to ask for a file or a balance; it also bounds the work on a pasted script. */
const LONGEST_REQUEST = 40;

/** Reads one clause. `masked` is the clause with its quotations blanked out, in lower case. */
function readClause(text: string, masked: string, rules: readonly IntentRule[]): Reading {
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

const THING =
  '(?:photos?|pictures?|images?|pics|shots?|videos?|clips?|footage|files?|media|logo|music|songs?|tracks?|materials?|assets?)';
// Marked, because a bundle that uses nothing of it would keep it else.
const ENGLISH = /* @__PURE__ */ (() =>
  new RegExp(
    `^(?:here you (?:go|are)|(?:here(?:['’]s| is| are)|this is|these are|i(?:['’]ve| have)? (?:uploaded|attached|sent))(?: (?!(?:for|with|about|to)\\b)[\\w'’-]+){0,5} ${THING})[.!]*$`,
    'u',
  ))();
const CHINESE =
  /^(?:给你|这(?:里)?(?:些)?是.{0,12}(?:照片|图片|素材|文件|视频|片段|音乐|标志|logo))[。！]*$/iu;

/** With files attached, words that only hand them over are not sent to the editor, which would charge for them. */
export const HANDED_OVER: IntentRule = {
  name: 'files handed over',
  intent: 'upload',
  when: ({ unquoted, negated }) =>
    !negated && (ENGLISH.test(unquoted.trim()) || CHINESE.test(unquoted.trim())),
};
