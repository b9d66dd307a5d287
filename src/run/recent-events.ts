import type { WireEvent, WirePart } from './decode.js';

/** How many events are remembered. A repetition follows at once or nearly so. */
const REMEMBERED = 16;

/**
 * Knows a whole event that comes again. It is one with the same id and the same content; or, where there are no ids,
 * one that follows itself. Not the id alone: nothing documents that the service's are unique.
 */
export class RecentEvents {
  readonly #seen = new Set<string>();
  #last: string | undefined;

  /** Whether this event was there before. */
  repeats(event: WireEvent): boolean {
    if (event.mode !== 'whole' || event.parts.length === 0) {
      if (event.parts.length > 0) this.#last = undefined;
      return false;
    }
    const content = `${event.author}\n${event.parts.map(gist).join('\n')}`;
    const again = event.id === undefined ? content === this.#last : this.#seen.has(`${event.id}\n${content}`);
    this.#last = content;
    if (event.id !== undefined) this.#remember(`${event.id}\n${content}`);
    return again;
  }

  #remember(content: string): void {
    this.#seen.add(content);
    const [oldest] = this.#seen;
    if (this.#seen.size > REMEMBERED && oldest !== undefined) this.#seen.delete(oldest);
  }
}

function gist(part: WirePart): string {
  switch (part.kind) {
    case 'text':
      return `text ${part.text}`;
    case 'call':
    case 'response':
      return `${part.kind} ${part.id ?? ''} ${part.name}`;
    default:
      return part.kind;
  }
}
