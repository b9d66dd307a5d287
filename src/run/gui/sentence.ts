import { lazily } from '../../platform/lazily.js';
import { speak } from './marks.js';
import { mayInstruct } from './may-instruct.js';
import {
  type ActionKind,
  type GuiAction,
  introducesWords,
  leadsUp,
  namedAction,
  screenAction,
  standsAlone,
} from './screen-rules.js';

/** A stretch of a text, by position. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const PREFIX =
  /^\s*(?:(?:[-•·●▪‣](?=\s)|\uE000(?=\s)|#{1,6}(?=\s)|>|\d{1,3}[.)、](?!\d)|[①-⑳]|step \d{1,3}:?)\s*)*/iu;

/** What marks a masked line as an item of a list or a heading, with the white space around it: `- `, `2. `, `## `. */
export function linePrefix(masked: string): string {
  return PREFIX.exec(masked)?.[0] ?? '';
}

/** What can end a sentence, with the brackets and marks that close after it. */
const STOP = /[.!?。！？…]+[\uE000)\]"'）」”]*/gu;
/** A Chinese stop always ends one, any other only before white space: `0:05`, `1.5` and `a.mp4` end none. */
const ENDS_ANYWHERE = /[。！？]/u;

/** Cuts a stretch of a masked text into sentences, each with the marks that end it but without white space around. */
export function sentencesOf(masked: string, { start, end }: Range): Range[] {
  const stretch = masked.slice(start, end);
  const sentences: Range[] = [];
  let from = 0;
  const add = (to: number): void => {
    const range = trimmed(masked, { start: start + from, end: start + to });
    if (range.end > range.start) sentences.push(range);
    from = to;
  };
  for (const stop of stretch.matchAll(STOP)) {
    const to = stop.index + stop[0].length;
    const next = stretch.charAt(to);
    if (next === '' || next.trim() === '' || ENDS_ANYWHERE.test(stop[0])) add(to);
  }
  add(stretch.length);
  return sentences;
}

/** What joins two clauses: a mark, a word or both. Not the comma in 1,000, the colon in 0:05, the "and" in "drag and drop". */
const joint = /* @__PURE__ */ lazily(() => {
  const chinese = '或者|或(?!许)|并且|并(?!排)|然后|以及|也可以';
  return new RegExp(
    // What it can begin with: nearly everywhere that is all there is to look at.
    `(?=[-;；，、：,:—–aobt或并然以也])(?:(?:[;；，、：]|,(?!\\d)|(?<!\\d):(?!\\d))(?:\\s*(?:(?:and then|and|or|then|but)\\b|${chinese}))?|` +
      `(?<=\\s)[—–-]+(?=\\s)|——|(?<=\\s)(?:and then|and(?!\\s+drop)|or|then|but)(?=\\s)|${chinese})`,
    'gu',
  );
});

/** Cuts a sentence into clauses, without the joints, the white space and the stop around them. */
function clausesOf(masked: string, sentence: Range): Range[] {
  const end = endOfWords(masked, sentence);
  const words = masked.slice(sentence.start, end);
  const clauses: Range[] = [];
  let from = sentence.start;
  const add = (to: number, next: number): void => {
    const range = trimmed(masked, { start: from, end: to });
    if (range.end > range.start) clauses.push(range);
    from = next;
  };
  for (const found of words.matchAll(joint())) {
    const at = sentence.start + found.index;
    add(at, at + found[0].length);
  }
  add(end, end);
  return clauses;
}

function trimmed(text: string, { start, end }: Range): Range {
  const words = text.slice(start, end);
  return { start: end - words.trimStart().length, end: start + words.trimEnd().length };
}

const CLOSES = '\uE000)]）」”"\'';
const STOPS = '.!?。！？…';

/** Where the words of a sentence end and its stop begins. */
function endOfWords(masked: string, { start, end }: Range): number {
  let closes = end;
  while (closes > start && CLOSES.includes(masked.charAt(closes - 1))) closes--;
  let stops = closes;
  while (stops > start && STOPS.includes(masked.charAt(stops - 1))) stops--;
  return stops === closes ? end : stops;
}

/** What becomes of a sentence. */
export interface SentenceOutcome {
  /** What is left of it: '' when nothing is, the same words when it asks nothing of a screen. */
  readonly text: string;
  readonly actions: readonly GuiAction[];
}

interface Clause extends Range {
  readonly words: string;
  /** The words as the rules read them. Made when a rule asks for them: of most clauses none does. */
  readonly spoken: () => string;
  readonly action: ActionKind | undefined;
  /** Said or written in the video. */
  readonly isSpeech: boolean;
  drop: boolean;
}

const COLON = /[:：]/;
/** A link is content, whatever is around it. */
const LINK = /https?:\/\/|www\./iu;

/**
 * Takes the instructions out of one sentence.
 *
 * @param line the line that holds it, verbatim
 * @param masked the same line as `maskMarks` gives it
 */
export function translateSentence(line: string, masked: string, sentence: Range): SentenceOutcome {
  const whole = line.slice(sentence.start, sentence.end);
  if (LINK.test(whole)) return { text: whole, actions: [] };
  const ranges = clausesOf(masked, sentence);
  const mayAsk = ranges.map(({ start, end }) => mayInstruct(line.slice(start, end)));
  if (!mayAsk.includes(true)) return { text: whole, actions: [] };
  const clauses: Clause[] = [];
  let isSpeech = false;
  for (const [i, { start, end }] of ranges.entries()) {
    const last = clauses.at(-1);
    // "The narrator says: click the bell": words of the video.
    if (last !== undefined)
      isSpeech ||= COLON.test(line.slice(last.end, start)) && introducesWords(last.spoken());
    const words = line.slice(start, end);
    const spoken = lazily(() => speak(masked.slice(start, end)));
    const action = mayAsk[i] === true && !isSpeech ? screenAction(spoken(), words) : undefined;
    clauses.push({ start, end, words, spoken, action, isSpeech, drop: action !== undefined });
  }
  if (!clauses.some(({ drop }) => drop)) return { text: whole, actions: [] };

  // What follows an instruction and is not a whole sentence belongs to it: "… and choose 1080p".
  const actions: GuiAction[] = [];
  let before: ActionKind | undefined;
  for (const clause of clauses) {
    const goesOn =
      clause.action === undefined &&
      before !== undefined &&
      !clause.isSpeech &&
      !standsAlone(clause.spoken());
    const action = clause.action ?? (goesOn ? namedAction(clause.words) : undefined);
    if (goesOn) clause.drop = true;
    if (action !== undefined && !(goesOn && action === before))
      actions.push({ action, phrase: clause.words.trim() });
    before = clause.drop ? (action ?? before) : undefined;
  }
  // And so does what leads up to it: "If you like it, …".
  for (let i = clauses.length - 2; i >= 0; i--) {
    const clause = clauses[i];
    if (clause !== undefined && !clause.drop && clauses[i + 1]?.drop === true)
      clause.drop = leadsUp(clause.spoken());
  }

  let text = '';
  for (const [i, { start, end, drop }] of clauses.entries()) {
    if (drop) continue;
    // What joined it to the clause before comes with it, unless it is the first that stays.
    const first = i === 0 ? sentence.start : start;
    text += line.slice(text === '' ? first : (clauses[i - 1]?.end ?? start), end);
  }
  if (text === '') return { text, actions };
  const stop = line.slice(clauses.at(-1)?.end, sentence.end);
  return { text: pairMarks(whole, capitalised(whole, text)) + stop, actions };
}

/** A sentence that began with a capital letter still does. */
function capitalised(whole: string, text: string): string {
  const first = /\p{L}/u.exec(whole)?.[0] ?? '';
  if (first === first.toLowerCase()) return text;
  return text.replace(/^[^\p{L}]*\p{Ll}/u, (start) => start.toUpperCase());
}

/** Takes out the mark of bold print whose other half went with an instruction. */
export function pairMarks(whole: string, text: string): string {
  const isOdd = (words: string): boolean => words.split('**').length % 2 === 0;
  if (!isOdd(text) || isOdd(whole)) return text;
  const first = text.indexOf('**');
  const lone = /\S/.test(text.charAt(first - 1)) ? first : text.lastIndexOf('**');
  return text.slice(0, lone) + text.slice(lone + 2);
}
