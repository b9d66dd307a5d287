import { lazily } from './lazily.js';

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
export function clausesOf(masked: string, sentence: Range): Range[] {
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
