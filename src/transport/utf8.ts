/**
 * Bytes to text, cut anywhere; wrong bytes become U+FFFD and a byte order mark is dropped, as `TextDecoder` does.
 *
 * Node decodes what may go on with the next bytes five times slower than what is complete, and into strings of twice
 * the size, on which everything that follows is slower too. Bytes that end in ASCII are complete, and nearly all are.
 */
export class Utf8Decoder {
  readonly #streaming = new TextDecoder();
  readonly #complete = new TextDecoder('utf-8', { ignoreBOM: true });
  /** Whether the next bytes begin with a new character, and the place of a byte order mark is past. */
  #fresh = false;

  /** The text of the next bytes, without the beginning of a character that goes on. */
  decode(bytes: Uint8Array): string {
    const last = bytes.at(-1);
    if (last === undefined) return '';
    const isComplete = last < 0x80;
    const text =
      this.#fresh && isComplete ? this.#complete.decode(bytes) : this.#streaming.decode(bytes, MORE);
    this.#fresh = isComplete;
    return text;
  }

  /** What is left when no byte comes any more. */
  end(): string {
    this.#fresh = false;
    return this.#streaming.decode();
  }
}

const MORE = { stream: true };
