import type { WireEvent } from './decode.js';
import { sameJson } from './json-compare.js';

/** How many events are remembered: a repetition follows at once or nearly so, and an event may hold a whole draft. */
const REMEMBERED = 4;

/**
 * Knows a whole event that comes again. It is one with the same id and the same content; or, where there are no ids,
 * one that follows itself. Not the id alone: nothing documents that the service's are unique.
 */
export class RecentEvents {
  readonly #recent: WireEvent[] = [];

  /** Whether this event was there before. */
  repeats(event: WireEvent): boolean {
    const { mode, id, parts } = event;
    // Signs of life and bookkeeping may stand between an event and its repetition.
    if (parts.length === 0 || parts[0]?.kind === 'heartbeat') return false;
    if (mode !== 'whole') {
      // Only what follows itself can be known again without an id.
      if (this.#recent.length > 0 && this.#recent.at(-1)?.id === undefined) this.#recent.pop();
      return false;
    }
    const candidates = id === undefined ? this.#recent.slice(-1) : this.#recent;
    if (candidates.some((other) => other.id === id && same(event, other))) return true;
    this.#recent.push(event);
    if (this.#recent.length > REMEMBERED) this.#recent.shift();
    return false;
  }
}

function same(a: WireEvent, b: WireEvent): boolean {
  return a.author === b.author && sameJson(a.parts, b.parts);
}
