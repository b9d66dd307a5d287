import { lazily } from '../platform/lazily.js';
import { BLANK, blankQuotes } from '../run/gui/marks.js';
import type { Intent, Reading } from './intent.js';
import type { WordClass } from './lexicon.js';
import { additions, classesOf, EDIT } from './request-shapes.js';

/** A whole message in quotation marks (`"export"`), as people paste it from instructions. */
const WHOLE = /^\s*["“「『'‘`]([^"“”「」『』‘’`]+)["”」』'’`]\s*$/u;

/**
 * Blanks out what is quoted, in place: positions stay the same. Content of a title or caption can then neither
 * split a message nor look like a command.
 */
export function maskQuotes(text: string): string {
  if (WHOLE.test(text)) return text;
  return blankQuotes(text).replace(/`[^`\n]*`/g, (quoted) => BLANK.repeat(quoted.length));
}

/** How a clause hangs on what is before it. */
type Joint =
  /** A full stop, "then", 然后: what follows is independent. */
  | 'strong'
  /** A comma, "and", 并: may as well join two words of a list. */
  | 'weak'
  /** "before …": the clause is to be done later than its neighbour. */
  | 'before'
  /** "after …", "once …": the clause is to be done earlier than its neighbour. */
  | 'after';

/** A piece of a message between two joints, by position. */
export interface Span {
  readonly joint: Joint;
  /** Where the clause begins, its joint left out. */
  readonly start: number;
  readonly end: number;
}

/**
 * Everything that can join two clauses. A cut that turns out to lie inside an edit does no harm: neighbouring edits
 * are put together again, joints and all.
 */
const JOINTS: readonly (readonly [Joint, string])[] = [
  ['strong', '[!?;。！？；\\n]+|\\.(?=[\\s.]|$)'],
  ['strong', "\\b(?:and )?(?:then|after that|afterwards|when that's done)\\b"],
  ['strong', '然后|接着|随后|之后|以后|最后(?![的一几两])|完后|(?<![最之以背])后(?![面期景半几一两\\d])'],
  ['before', '\\bbefore\\b'],
  [
    'after',
    // cspell:disable-next-line
    '\\b(?:after|once|when(?! (?:will|can|do|does|is|are)\\b)|as soon as|(?<!\\b(?:check|see|know|ask|wonder|tell me) )if)\\b',
  ],
  ['weak', '[,，、&]|\\b(?:and|but|plus|as well as|while)\\b(?: also\\b)?'],
  [
    'weak',
    '并且|并|以及|同时|顺便|而且|但是|但|和|与|跟|再(?![次来见])|就(?=(?:可以|能|直接|马上|帮我|给我|把视频)?(?:导出|下载|发给我|发我|渲染))',
  ],
];
/** `without exporting` is a separate clause whose first word says no. 之前 ends the clause that is to come later. */
const BEGINS = '\\bwithout\\b';
const LATER = '之前|以前|(?<![当目之以先提])前(?![面景半几一两三四五十\\d])';

const anyJoint = /* @__PURE__ */ lazily(
  () => new RegExp(`${JOINTS.map(([, source]) => `(${source})`).join('|')}|(?=${BEGINS})|(${LATER})`, 'gu'),
);

/** Cuts a masked, normalised message at every joint. */
export function cutClauses(text: string): Span[] {
  const spans: Span[] = [];
  let joint: Joint = 'strong';
  let start = 0;
  const close = (end: number, as: Joint): void => {
    const clause = text.slice(start, end);
    if (clause.trim() === '') return;
    const indent = clause.length - clause.trimStart().length;
    spans.push({ joint: as, start: start + indent, end: start + clause.trimEnd().length });
  };
  for (const match of text.matchAll(anyJoint())) {
    const kind = JOINTS.findIndex((_, index) => match[index + 1] !== undefined);
    const later = match[JOINTS.length + 1] !== undefined;
    close(match.index, later ? 'before' : joint);
    const next = JOINTS[kind]?.[0] ?? (later ? 'strong' : 'weak');
    const isEmpty = text.slice(start, match.index).trim() === '';
    // ", and then": of several joints in a row the strongest counts.
    joint = isEmpty && start > 0 ? strongest(joint, next) : next;
    start = match.index + match[0].length;
  }
  close(text.length, joint);
  return spans;
}

function strongest(a: Joint, b: Joint): Joint {
  if (b === 'weak') return a;
  return b;
}

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
