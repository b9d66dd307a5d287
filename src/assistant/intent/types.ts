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
 * A rule of your own, tried on every clause before the built-in ones: another language, a product's own words, or
 * `intent: 'run'` to keep something away from the built-in rules.
 *
 * @example
 * explainIntent('Bitte exportieren', {
 *   rules: [{ name: 'German export', intent: 'export', when: /^(bitte )?exportier/ }],
 * });
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
