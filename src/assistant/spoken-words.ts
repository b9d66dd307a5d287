import { fitWords, type KnownWords, sentencesOf } from './fit-words.js';

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
