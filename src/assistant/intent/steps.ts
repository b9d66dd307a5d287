import type { Span } from './clauses.js';
import type { WordClass } from './lexicon.js';
import { classesOf } from './pattern.js';
import type { Reading } from './read-clause.js';
import { additions, EDIT } from './rules.js';
import type { Intent } from './types.js';

/** A clause with what it was read as. */
export interface Part extends Span {
  readonly reading: Reading;
}

/** A step by its place in the message. */
export interface PlacedStep {
  readonly intent: Intent;
  readonly because: string;
  readonly start: number;
  readonly end: number;
}

/** Speech about doing something: the verbs that follow are its content ("a tutorial on how to edit and export"). */
const TEACHES = /\b(?:how to|explain\w*|teach\w*|tutorials?)\b|如何|怎么|怎样|教程|教/u;
/** "after you add music" and "after adding music" are things to do; "after 5 seconds" is not. */
const TO_DO = /^(?:(?:you|we)\b(?:'\w+)?\s+\S|[a-z]{2,}ing\b)/;
const ORDERS: ReadonlySet<WordClass> = /* @__PURE__ */ new Set(['export', 'upload', 'attach'] as const);
const OBJECTS: ReadonlySet<WordClass> = /* @__PURE__ */ new Set([
  'it',
  'this',
  'the',
  'me',
  'video',
] as const);
const PUNCTUATION = /[,，.!?;。！？；\n]/;
const SUBJECT = /^(?:you|we) /;

/**
 * Makes steps of the clauses of a message: edits side by side become one step, refusals and remarks none, and what is
 * to be done "before" or "after" its neighbour is put there.
 *
 * @param message the masked message that the positions refer to
 */
export function placeSteps(parts: readonly Part[], message: string): PlacedStep[] {
  const steps: PlacedStep[] = [];
  let deferred: PlacedStep | undefined;
  /** Where a remark began that may turn out to belong to an edit: "yes, make it red". */
  let remarkAt: number | undefined;
  /** Whether the edit so far speaks about requests, so that the next bare one is another item of its list. */
  let lists = false;
  const place = (step: PlacedStep): void => {
    steps.push(step);
    if (deferred !== undefined) steps.push(deferred);
    deferred = undefined;
  };

  for (const part of parts) {
    const { start, end, joint, reading } = part;
    const last = steps.at(-1);
    const read = joint === 'after' && reading.kind === 'state' ? 'remark' : reading.kind;
    const kind = last?.intent === 'run' && isListed(part, lists) ? 'run' : read;
    if (joint === 'strong') lists = false;
    if (kind === 'run') lists ||= speaksOfRequests(part, message);
    const because = kind === reading.kind ? reading.because : EDIT;

    if (kind === 'refusal') {
      remarkAt = undefined;
    } else if (kind === 'remark') {
      if (last?.intent === 'run') steps[steps.length - 1] = { ...last, end };
      else remarkAt ??= start;
    } else if (last !== undefined && kind !== 'run' && kind === last.intent && joint !== 'before') {
      steps[steps.length - 1] = { ...last, end };
    } else if (kind !== 'run') {
      const step = { intent: kind, because, start, end };
      if (joint === 'before' && last === undefined) deferred = step;
      else place(step);
      remarkAt = undefined;
    } else if (last !== undefined && (last.intent === 'run' || isAddition(last.intent, part))) {
      steps[steps.length - 1] = { ...last, end };
    } else if (joint === 'after' && last !== undefined && !PUNCTUATION.test(message.slice(last.end, start))) {
      const clause = message.slice(start, end);
      steps.pop();
      if (TO_DO.test(clause)) {
        steps.push(
          { intent: 'run', because, start: start + (SUBJECT.exec(clause)?.[0].length ?? 0), end },
          last,
        );
      } else {
        // "export after I say so": no request to be carried out now, so the words stay together.
        steps.push({ intent: 'run', because, start: last.start, end });
      }
    } else {
      place({ intent: 'run', because, start: remarkAt ?? start, end });
      remarkAt = undefined;
    }
  }
  if (deferred !== undefined) steps.push(deferred);
  return steps;
}

/**
 * Whether a clause that looks like a request is only the next word of a list that an edit opened: "add a logo, a title
 * and credits", "a video about import and export". An order that names its object ("export it") is never that.
 */
function isListed({ joint, reading }: Part, lists: boolean): boolean {
  if (joint === 'strong') return false;
  if (reading.noun) return true;
  return joint === 'weak' && lists && !reading.words.some(({ as }) => OBJECTS.has(as));
}

function speaksOfRequests({ start, end, reading }: Part, message: string): boolean {
  const lastWord = reading.words.at(-1)?.as;
  return (lastWord !== undefined && ORDERS.has(lastWord)) || TEACHES.test(message.slice(start, end));
}

function isAddition(to: Intent, { joint, reading }: Part): boolean {
  return joint === 'weak' && additions()[to]?.test(classesOf(reading.words)) === true;
}
