const LINES = ['event: heartbeat\r', 'event:heartbeat\r'];
/**
 * How every such line begins. Nearly no text of a stream has one, and this is the cheapest way to know: engines look
 * for a short text by its first character, and a line break is rarer than any letter.
 */
const NAMED = '\nevent';
const FIRST_NAMED = 'event';

/**
 * Gives every `event: heartbeat` line an empty data line. The standard, and so the parser, drops an event without
 * data; but this one says what it has to say by its name alone.
 */
export class HeartbeatLines {
  /** The beginning of what may become such a line. */
  #held = '';
  /** Whether the text that was let through ends within a line. */
  #inLine = false;

  /** Takes text and lets it through, but for an end that is not decided. */
  take(text: string): string {
    const whole = this.#held + text;
    const line = whole.lastIndexOf('\n') + 1;
    const begins = line > 0 || !this.#inLine;
    const undecided = begins && line < whole.length && LINES.some((it) => it.startsWith(whole.slice(line)));
    this.#held = undecided ? whole.slice(line) : '';
    const out = undecided ? whole.slice(0, line) : whole;
    const first = !this.#inLine;
    if (out !== '') this.#inLine = !out.endsWith('\n');
    if (!out.includes(NAMED) && !(first && out.startsWith(FIRST_NAMED))) return out;
    return (first ? `\n${out}` : out)
      .replace(/\nevent: ?heartbeat\r?(?=\n)/g, '$&\ndata:')
      .slice(first ? 1 : 0);
  }

  /** What was held back, when no more comes. */
  rest(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}

/** The data of a heartbeat as it was before a line was added to it. */
export function withoutAddedLine(data: string): string {
  return data.startsWith('\n') ? data.slice(1) : data;
}
