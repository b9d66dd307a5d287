/** How much may be added before it is made one with the rest, in characters. */
const LOOSE = 256 * 1024;

/**
 * A text that grows by small pieces. Engines keep such a text as a chain of its pieces, several times its size; now
 * and then the chain is copied into one.
 */
export class GrowingText {
  #compact = '';
  #loose = '';

  add(piece: string): void {
    this.#loose += piece;
    if (this.#loose.length < LOOSE) return;
    this.#compact = [this.#compact, this.#loose].join('');
    this.#loose = '';
  }

  toString(): string {
    return this.#compact === '' ? this.#loose : this.#compact + this.#loose;
  }
}
