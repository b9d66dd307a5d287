import { REDACTED, redact } from '../errors/index.js';
import { translateGui } from '../run/index.js';

/** Beyond this nothing is said before the end: no answer for a person is as long, in characters. */
const LONGEST = 20_000;

/**
 * The agent's words while they stream in: gives whole sentences as soon as they can be judged. Quotations, lists, code
 * and JSON are kept together, because half of them reads as something else.
 */
export class SpokenWords {
  readonly #known: KnownWords;
  #pending = '';

  constructor(known: KnownWords) {
    this.#known = known;
  }

  /** Takes some words; gives what can be said now, or nothing. */
  push(delta: string): string {
    this.#pending += delta;
    if (!/[.!?…。！？\s]/u.test(delta) || this.#pending.length > LONGEST) return '';
    const sentences = sentencesOf(this.#pending);
    // The last one may go on: only what stands before it has ended.
    for (let count = sentences.length - 1; count > 0; count -= 1) {
      const said = sentences.slice(0, count).join('');
      if (!isWhole(said)) continue;
      this.#pending = this.#pending.slice(said.length);
      return fitWords(said, this.#known);
    }
    return '';
  }

  /** No more words come for now: gives the rest. */
  flush(): string {
    const rest = this.#pending;
    this.#pending = '';
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

function isWhole(text: string): boolean {
  if (count(text, '"') % 2 === 1 || count(text, '```') % 2 === 1) return false;
  if (PAIRS.some(([open, close]) => count(text, open) !== count(text, close))) return false;
  // A list belongs to the line that leads it in, and to its own next line.
  const block = text.slice(text.trimEnd().lastIndexOf('\n\n') + 1);
  return !/(?:^|\n)\s*(?:[-*•]|\d+[.)、])\s?\S|[:：]\s*$/u.test(block);
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Marks a part that no person should read; a private-use character, so that no text contains it. */
const HOLE = '\uE010';
/** The end of a sentence, with the quotation marks and the space behind it. Not the dot of "1." or of a file name. */
const SENTENCE = /(?<![\s(]\d{1,3}|^\d{1,3})[.!?…]+["'”’)]*(?=\s)\s*|[。！？…]+["'”’）」』]*\s*|\n+/gu;
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
  // What begins with a capital behind a hole is a sentence of its own: the hole took the full stop along.
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
