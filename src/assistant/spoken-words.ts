import { REDACTED, redact } from '../errors/index.js';
import { translateGui } from '../run/index.js';

/** Beyond this nothing is said before the end: no answer for a person is as long, in characters. */
const LONGEST = 20_000;
/** From this length on, words that could not be said yet are looked at again only when they have grown by a tenth. */
const OFTEN = 2_000;

/**
 * The agent's words while they stream in: returns whole sentences as soon as they can be judged. Quotations, lists, code
 * and JSON are kept together, because half of them reads as something else. Linear in the length of the words.
 */
export class SpokenWords {
  readonly #known: KnownWords;
  #pending = '';
  /** The length of `#pending` from which on it is worth a look. */
  #lookAt = 0;

  constructor(known: KnownWords) {
    this.#known = known;
  }

  /** Accepts some words; returns what can be said now, or nothing. */
  push(delta: string): string {
    this.#pending += delta;
    const { length } = this.#pending;
    if (!/[.!?…。！？\s]/u.test(delta) || length < this.#lookAt || length > LONGEST) return '';
    const sentences = sentencesOf(this.#pending);
    const count = countWhole(sentences);
    this.#lookAt = 0;
    if (count > 0) {
      const said = sentences.slice(0, count).join('');
      this.#pending = this.#pending.slice(said.length);
      return fitWords(said, this.#known);
    }
    if (length > OFTEN) this.#lookAt = length * 1.1;
    return '';
  }

  /** No more words come for now: returns the rest. */
  flush(): string {
    const rest = this.#pending;
    this.#pending = '';
    this.#lookAt = 0;
    return rest.trim() === '' ? '' : fitWords(rest, this.#known);
  }
}

const PAIRS: readonly (readonly [string, string])[] = [
  ['“', '”'],
  ['「', '」'],
  ['『', '』'],
  ['（', '）'],
  ['(', ')'],
  ['{', '}'],
  ['[', ']'],
];
/** An item of a list. */
const ITEM = /(?:^|\n)[^\S\n]*(?:[-*•]|\d+[.)、])\s?\S/gu;

/**
 * How many of the sentences can be said: the most, short of the last, in which every quotation, bracket and list is
 * complete. The last one may continue. A list belongs to the line that leads it in, and to its own next line.
 */
function countWhole(sentences: readonly string[]): number {
  const text = sentences.join('');
  const items = [...text.matchAll(ITEM)].map(({ index, 0: { length } }) => ({ index, end: index + length }));
  const breaks = [...text.matchAll(/\n(?=\n)/g)].map(({ index }) => index);
  const open = PAIRS.map(() => 0);
  let quotes = 0;
  let fences = 0;
  let length = 0;
  let trimmed = 0;
  let item = -1;
  let block = 0;
  let whole = 0;
  for (const [index, sentence] of sentences.slice(0, -1).entries()) {
    const words = sentence.trimEnd();
    if (words !== '') trimmed = length + words.length;
    length += sentence.length;
    quotes += count(sentence, '"');
    fences += count(sentence, '```');
    for (const [pair, [begin, end]] of PAIRS.entries())
      open[pair] = (open[pair] ?? 0) + count(sentence, begin) - count(sentence, end);
    while ((items[0]?.end ?? Number.POSITIVE_INFINITY) <= length) item = items.shift()?.index ?? item;
    while ((breaks[0] ?? Number.POSITIVE_INFINITY) + 2 <= trimmed) block = (breaks.shift() ?? block) + 1;
    const isWhole =
      quotes % 2 === 0 &&
      fences % 2 === 0 &&
      open.every((depth) => depth === 0) &&
      item < block &&
      !/[:：]$/u.test(text.slice(Math.max(0, trimmed - 1), trimmed));
    if (isWhole) whole = index + 1;
  }
  return whole;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Marks a part that no person should read; a private-use character, so that no text contains it. */
const HOLE = '\uE010';
/** The end of a sentence, with the quotation marks and the space behind it. Not the dot of "1." or of a file name. */
const SENTENCE = /(?<![\s(]\d{1,3}|^\d{1,3}|[.!?…])[.!?…]+["'”’)]*(?=\s)\s*|[。！？…]+["'”’）」』]*\s*|\n+/gu;
/** How identifiers look: `add_music`, `editTimeline(`. File names are excluded. */
const IDENTIFIER =
  /(?<![\p{L}\p{N}_./\\-])(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[a-z]+[A-Z][A-Za-z0-9]*(?=\())(?![\p{L}\p{N}_-]|\.[a-z0-9])/gu;

/** What a text may contain although it looks like machinery. */
export interface KnownWords {
  /** Tools that the agent has used. */
  readonly tools: ReadonlySet<string>;
  /** Words of the person and names of their files: a person who wrote `my_title` may read it. */
  readonly own: string;
}

/**
 * The agent's words as a person should read them: no screen instructions, and no sentence with a token, JSON, code or
 * the name of a tool in it. The timeline shows such facts better. Never throws.
 */
export function fitWords(text: string, known: KnownWords): string {
  const holed = punchHoles(text);
  const kept = sentencesOf(holed).filter((sentence) => !isMachinery(sentence, known));
  return translateGui(kept.join('').replaceAll(HOLE, '')).text.trim();
}

/** Cuts a text behind each of its sentences; together they are the text. */
export function sentencesOf(text: string): string[] {
  const out: string[] = [];
  let from = 0;
  for (const match of text.matchAll(SENTENCE)) {
    const to = match.index + match[0].length;
    out.push(text.slice(from, to));
    from = to;
  }
  if (from < text.length) out.push(text.slice(from));
  return out;
}

function isMachinery(sentence: string, { tools, own }: KnownWords): boolean {
  if (sentence.includes(HOLE)) return true;
  for (const [name] of sentence.matchAll(IDENTIFIER)) if (!own.includes(name)) return true;
  for (const tool of tools) if (/[_A-Z.]/.test(tool) && sentence.includes(tool)) return true;
  return false;
}

/** Replaces credentials, code and JSON by holes. JSON that does not end takes everything behind it along. */
function punchHoles(text: string): string {
  const plain = redact(text)
    .replaceAll(REDACTED, HOLE)
    .replace(/```[\s\S]*?(?:```|$)/g, HOLE);
  let out = '';
  for (let at = 0; at < plain.length; ) {
    if (!/^(?:\{\s*["}]|\[\s*[{"])/.test(plain.slice(at, at + 12))) {
      out += plain[at];
      at += 1;
      continue;
    }
    out += HOLE;
    at = endOfJson(plain, at);
  }
  // What begins with a capital behind a hole is a new sentence: the hole took the full stop along.
  return out.replace(/\uE010(?=\s+\p{Lu})/gu, `${HOLE}.`);
}

function endOfJson(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  return text.length;
}
