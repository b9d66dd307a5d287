/** A stretch of one author's words, in its place in the answer. */
interface Piece {
  /** '' where the event names none. */
  readonly author: string;
  /** Whether a whole event will repeat it. */
  readonly ahead: boolean;
  /** Where it is in the streamed words. */
  from: number;
  to: number;
}

/** What a whole event means for the words before it. */
export interface Settled {
  /** How many of its first characters came before, and must not be passed on again. */
  readonly known: number;
  /** The whole answer so far, where the event contradicts what was streamed. */
  readonly corrected?: string;
}

/**
 * Puts the words of an answer together so that none comes twice. With streaming on, text comes in partial events and then
 * once more whole (wire document, "The event stream"); a whole event adds only what is missing, and where it differs from
 * what was streamed, it is right. Partial and whole events belong together by their author, also where only one of them
 * names it.
 */
export class AnswerText {
  readonly #streamed: (from: number, to: number) => readonly string[];
  /** The words that a whole event has not repeated yet, and those among them. */
  #open: Piece[] = [];
  #unsettled = 0;
  /** How many characters were added. */
  #length = 0;

  /** @param streamed returns a part of all words that were added, in pieces: they are kept once, for all. */
  constructor(streamed: (from: number, to: number) => readonly string[]) {
    this.#streamed = streamed;
  }

  /** Whether all words that a whole event repeats have been repeated. */
  get settled(): boolean {
    return this.#unsettled === 0;
  }

  /** Adds words. `ahead`: they come ahead of a whole event that will repeat them. */
  add(author: string, words: string, ahead: boolean): void {
    const from = this.#length;
    this.#length += words.length;
    const last = this.#open.at(-1);
    if (last !== undefined && last.author === author && last.ahead === ahead && last.to === from) {
      last.to = this.#length;
      return;
    }
    // Words that nothing repeats are kept only among others that something will.
    if (!ahead && this.#unsettled === 0) return;
    this.#open.push({ author, ahead, from, to: this.#length });
    if (ahead) this.#unsettled += 1;
  }

  /** Whether a partial text of this length, now, repeats all unsettled words of its author: some services send them so. */
  repeats(author: string, words: string): number {
    const last = this.#open.at(-1);
    if (last === undefined || !last.ahead || last.author !== author) return 0;
    const length = last.to - last.from;
    if (length < SHORTEST_REPEATED || words.length <= length) return 0;
    return begins(words, this.#streamed(last.from, last.to)) ? length : 0;
  }

  /** Compares all words of a whole event with what was streamed. What is missing is added by the caller, as `known` says. */
  settle(author: string, whole: string): Settled {
    const named = this.#open.filter((piece) => piece.ahead && piece.author === author);
    const pieces =
      named.length > 0
        ? named
        : this.#open.filter((piece) => piece.ahead && (author === '' || piece.author === ''));
    const settled = this.#compare(pieces, whole);
    this.#open = this.#open.filter((piece) => !pieces.includes(piece));
    this.#unsettled -= pieces.length;
    if (this.#unsettled === 0) this.#open = [];
    return settled;
  }

  #compare(pieces: readonly Piece[], whole: string): Settled {
    const parts = pieces.flatMap(({ from, to }) => this.#streamed(from, to));
    if (begins(whole, parts)) return { known: pieces.reduce((sum, { from, to }) => sum + to - from, 0) };
    const streamed = parts.join('');
    // Only the end is repeated, because what came before it had a whole event without text; unless that was the same
    // text, streamed once more from its beginning.
    const before = streamed.slice(0, -whole.length);
    if (streamed.endsWith(whole) && !whole.startsWith(before)) return { known: whole.length };
    // The last whole event of a turn may repeat the whole turn.
    const all = this.#streamed(0, this.#length);
    if (begins(whole, all)) return { known: this.#length };
    return { known: whole.length, corrected: this.#correct(pieces, whole, all.join('')) };
  }

  /** The answer with `whole` in the place of the first piece and nothing in that of the others. */
  #correct(pieces: readonly Piece[], whole: string, all: string): string {
    let text = all;
    for (const piece of [...pieces].reverse()) {
      const words = piece === pieces[0] ? whole : '';
      text = text.slice(0, piece.from) + words + text.slice(piece.to);
      const by = words.length - (piece.to - piece.from);
      for (const later of this.#open) {
        if (later.from < piece.to) continue;
        later.from += by;
        later.to += by;
      }
    }
    this.#length = text.length;
    return text;
  }
}

/** Whether a text begins with these pieces. Nothing is copied: putting a long answer together takes longer than comparing it. */
function begins(text: string, pieces: readonly string[]): boolean {
  let at = 0;
  for (const piece of pieces) {
    if (text.slice(at, at + piece.length) !== piece) return false;
    at += piece.length;
  }
  return true;
}

/** A shorter partial text may begin like the one before it by chance: "ha", "haha". */
const SHORTEST_REPEATED = 8;

/**
 * The same text in its own memory. Engines keep a sum of texts as a chain of them, and a part of a text as a window on the
 * whole, so that a short phrase can hold a long answer in memory.
 */
export function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}

/** How much may be added before it is copied together, in characters. */
const LOOSE = 16_384;

/**
 * A text that grows by small pieces. Engines keep such a text as a chain of its pieces, several times its size, which
 * every collection of garbage walks; from time to time the chain is copied into one.
 */
export class GrowingText {
  readonly #chunks: { readonly from: number; readonly text: string }[] = [];
  #compact = '';
  #loose = '';
  #isBlank = true;

  /** Whether it is nothing but white space. It is known piece by piece: to look at the whole text would copy it. */
  get isBlank(): boolean {
    return this.#isBlank;
  }

  /** In characters. */
  get length(): number {
    return this.#compact.length + this.#loose.length;
  }

  add(piece: string): void {
    this.#isBlank &&= piece.trim() === '';
    this.#loose += piece;
    if (this.#loose.length < LOOSE) return;
    const text = copyOf(this.#loose);
    this.#chunks.push({ from: this.#compact.length, text });
    this.#compact += text;
    this.#loose = '';
  }

  /** A part of it, in pieces, so that nothing long is copied. */
  slice(from: number, to: number): string[] {
    const within = (text: string, at: number): string =>
      text.slice(Math.max(0, from - at), Math.max(0, to - at));
    const pieces = [within(this.#loose, this.#compact.length)];
    for (let index = this.#chunks.length - 1; index >= 0; index -= 1) {
      const chunk = this.#chunks[index];
      if (chunk === undefined || chunk.from + chunk.text.length <= from) break;
      pieces.push(within(chunk.text, chunk.from));
    }
    return pieces.reverse();
  }

  toString(): string {
    return this.#compact + this.#loose;
  }
}
