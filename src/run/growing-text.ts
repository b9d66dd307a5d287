/** How much may be added before it is copied together, in characters. */
const LOOSE = 16_384;

/**
 * A text that grows by small pieces. Engines keep such a text as a chain of its pieces, several times its size, and
 * every collection of garbage walks it; now and then the chain is copied into one.
 */
export class GrowingText {
  #compact = '';
  #loose = '';

  add(piece: string): void {
    this.#loose += piece;
    if (this.#loose.length < LOOSE) return;
    // Joining copies; of a single string it would hand back the chain.
    this.#compact += [this.#loose.slice(0, 1), this.#loose.slice(1)].join('');
    this.#loose = '';
  }

  toString(): string {
    return this.#compact + this.#loose;
  }
}
