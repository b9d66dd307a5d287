/** A stretch of one author's words, in its place in the answer. */
interface Piece {
  readonly author: string;
  /** Whether a whole event will repeat it. */
  readonly ahead: boolean;
  /** Where it stands in what was streamed. */
  readonly from: number;
  to: number;
  /** What it says instead, where a whole event said something else. */
  corrected: string | undefined;
}

/**
 * Puts the words of an answer together so that none comes twice. With streaming on, text comes in partial events
 * and then once more whole (wire document, "The event stream"); a whole event adds only what is missing, and where it
 * differs from what was streamed, it is right.
 */
export class AnswerText {
  readonly #streamed: () => string;
  readonly #pieces: Piece[] = [];
  /** For each author, what the next whole event would repeat. */
  readonly #unsettled = new Map<string, Piece[]>();
  /** Where the same author's next words go. */
  #last: Piece | undefined;
  #corrected = false;
  /** How many characters were added. */
  #length = 0;

  /** @param streamed returns all words that were added, in the order in which they came: they are kept once, for all. */
  constructor(streamed: () => string) {
    this.#streamed = streamed;
  }

  /** Whether a whole event said something else than its partial ones, so that `text` is not what was streamed. */
  get corrected(): boolean {
    return this.#corrected;
  }

  /** The answer so far, as the whole events have it. */
  get text(): string {
    return this.#joined(this.#pieces);
  }

  /** Whether all words that a whole event repeats have been repeated. */
  get settled(): boolean {
    return this.#unsettled.size === 0;
  }

  /** Adds words. `ahead`: they come ahead of a whole event that will repeat them. */
  add(author: string, words: string, ahead: boolean): void {
    const from = this.#length;
    this.#length += words.length;
    if (this.#last?.author === author && this.#last.ahead === ahead) {
      this.#last.to = this.#length;
      return;
    }
    const piece: Piece = { author, ahead, from, to: this.#length, corrected: undefined };
    this.#last = piece;
    this.#pieces.push(piece);
    if (!ahead) return;
    const unsettled = this.#unsettled.get(author);
    if (unsettled === undefined) this.#unsettled.set(author, [piece]);
    else unsettled.push(piece);
  }

  /**
   * Compares all words of a whole event with what was streamed, and adds what is missing.
   * @returns how many of its first characters had come before, and must not be passed on again.
   */
  settle(author: string, whole: string): number {
    const unsettled = this.#unsettled.get(author) ?? [];
    const known = this.#known(unsettled, whole);
    if (known < whole.length) this.add(author, whole.slice(known), false);
    this.#unsettled.delete(author);
    if (this.#last?.author === author) this.#last = undefined;
    return known;
  }

  #known(unsettled: readonly Piece[], whole: string): number {
    const streamed = this.#joined(unsettled);
    if (whole.startsWith(streamed)) return streamed.length;
    // Only the end is repeated, because what came before it had a whole event without text.
    if (streamed.endsWith(whole)) return whole.length;
    // The last whole event of a turn may repeat the whole turn.
    const all = this.text;
    if (whole.startsWith(all)) return all.length;
    for (const [index, piece] of unsettled.entries()) piece.corrected = index === 0 ? whole : '';
    this.#corrected = true;
    return whole.length;
  }

  #joined(pieces: readonly Piece[]): string {
    const streamed = this.#streamed();
    return pieces.map(({ from, to, corrected }) => corrected ?? streamed.slice(from, to)).join('');
  }
}

/** How much may be added before it is copied together, in characters. */
const LOOSE = 16_384;

/**
 * A text that grows by small pieces. Engines keep such a text as a chain of its pieces, several times its size, which
 * every collection of garbage walks; from time to time the chain is copied into one.
 */
export class GrowingText {
  #compact = '';
  #loose = '';

  add(piece: string): void {
    this.#loose += piece;
    if (this.#loose.length < LOOSE) return;
    // Joining copies; a single string it would return as it is, as a chain.
    this.#compact += [this.#loose.slice(0, 1), this.#loose.slice(1)].join('');
    this.#loose = '';
  }

  toString(): string {
    return this.#compact + this.#loose;
  }
}
