import type { Fault, FaultPoint } from './fault.js';

/** What becomes of an answer at the point of its fault. */
export type Ending = 'reset' | 'end' | 'stall' | 'heartbeats' | 'error-event';

/** What a gate says about some bytes: what still goes out, and how the answer ends then, if it does. */
export interface Verdict {
  readonly bytes: Uint8Array;
  readonly ending: Ending | undefined;
}

const ENDINGS: Partial<Record<Fault['do'], Ending>> = {
  reset: 'reset',
  stall: 'stall',
  truncate: 'end',
  garbage: 'end',
  heartbeats: 'heartbeats',
  'error-event': 'error-event',
};

/** Valid neither as UTF-8 nor as JSON, and framed as an event so that it reaches the parser of events. */
const GARBAGE = new Uint8Array([
  ...new TextEncoder().encode('data: '),
  0xff,
  0xfe,
  0x00,
  ...new TextEncoder().encode('{"content":{"parts":[{"te<html>}\n\n'),
]);

const NOTHING = new Uint8Array();

/**
 * Lets the bytes of an answer through until the point where its fault strikes. It only decides; resetting, stalling
 * and ending are done by the owner of the answer.
 */
export class Gate {
  readonly #ending: Ending | undefined;
  readonly #point: FaultPoint;
  readonly #garbage: boolean;
  #bytes = 0;
  #events = 0;
  #struck = false;

  constructor(fault: Fault | undefined) {
    this.#ending = fault === undefined ? undefined : ENDINGS[fault.do];
    this.#point = fault?.after ?? (fault?.do === 'error-event' ? 'event:1' : 0);
    this.#garbage = fault?.do === 'garbage';
  }

  /** The ending before any byte, the status line included; undefined when there is none. */
  get atOnce(): 'reset' | 'stall' | undefined {
    const ending = this.#ending;
    return this.#point === 0 && (ending === 'reset' || ending === 'stall') ? ending : undefined;
  }

  /** True when the fault strikes before the first byte of the body. */
  get beforeBody(): boolean {
    return this.#ending !== undefined && [0, 'headers', 'event:0'].includes(this.#point);
  }

  /** Asks about the opening of the body, before there is any byte. */
  open(): Verdict {
    return this.beforeBody ? this.#strike(NOTHING) : { bytes: NOTHING, ending: undefined };
  }

  /** Asks about a piece of the body; `event` says that it is one whole event. */
  feed(bytes: Uint8Array, event = false): Verdict {
    if (this.#ending === undefined || this.#struck) return { bytes, ending: undefined };
    const cut = this.#cut(bytes, event);
    this.#bytes += bytes.byteLength;
    if (event) this.#events += 1;
    return cut === undefined ? { bytes, ending: undefined } : this.#strike(bytes.subarray(0, cut));
  }

  /** Asks about the end of the body: a fault that has not struck yet strikes here. */
  close(): Verdict {
    if (this.#ending === undefined || this.#struck) return { bytes: NOTHING, ending: 'end' };
    return this.#strike(NOTHING);
  }

  #cut(bytes: Uint8Array, event: boolean): number | undefined {
    const point = this.#point;
    if (typeof point === 'number') {
      const left = point - this.#bytes;
      return left <= bytes.byteLength ? left : undefined;
    }
    const [name, count] = point.split(':');
    if (!event || this.#events + 1 !== Number(count)) return undefined;
    return name === 'mid-event' ? Math.floor(bytes.byteLength / 2) : bytes.byteLength;
  }

  #strike(bytes: Uint8Array): Verdict {
    this.#struck = true;
    if (!this.#garbage) return { bytes, ending: this.#ending };
    const spoilt = new Uint8Array(bytes.byteLength + GARBAGE.byteLength);
    spoilt.set(bytes);
    spoilt.set(GARBAGE, bytes.byteLength);
    return { bytes: spoilt, ending: this.#ending };
  }
}
