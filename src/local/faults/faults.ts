import type { Operation } from '../operations.js';
import { checkFault, targetsOf } from './check.js';
import { type Fault, type FaultKind, type FaultTarget, WIRE_FAULTS } from './fault.js';

/** A fault that was armed. */
export interface ArmedFault {
  /** How many requests have met it so far. */
  readonly hits: number;
  /** Disarms it. */
  remove(): void;
}

/** The faults of a backend. */
export interface Faults {
  /**
   * Arms a fault: the next `times` requests that match meet it. Faults of the connection wait for one another in the
   * order added; the others add up.
   * @throws OptionError for a fault that cannot happen.
   */
  add(fault: Fault): ArmedFault;
  /** Disarms every fault. */
  clear(): void;
  /** What is armed, in the order added. */
  readonly armed: readonly Fault[];
}

/** What one request meets. */
export interface Met {
  /** The fault of its connection or bytes, if any. */
  readonly wire: Fault | undefined;
  /** The odd answers that apply, by kind; the first one armed wins. */
  readonly answer: ReadonlyMap<FaultKind, Fault>;
}

interface Entry {
  readonly fault: Fault;
  readonly targets: readonly FaultTarget[];
  skip: number;
  left: number;
  hits: number;
}

const WIRE: ReadonlySet<FaultKind> = new Set(WIRE_FAULTS);

/** The list of armed faults, and who meets which. */
export class FaultList implements Faults {
  #entries: Entry[] = [];

  get armed(): readonly Fault[] {
    return this.#entries.map((entry) => entry.fault);
  }

  add(fault: Fault): ArmedFault {
    checkFault(fault);
    const entry: Entry = {
      fault: { ...fault },
      targets: targetsOf(fault),
      skip: fault.skip ?? 0,
      left: fault.times ?? 1,
      hits: 0,
    };
    this.#entries.push(entry);
    return {
      get hits() {
        return entry.hits;
      },
      remove: () => this.#remove(entry),
    };
  }

  clear(): void {
    this.#entries = [];
  }

  /** Takes what a request for `operation` meets. `address` tells the two addresses of a download apart. */
  take(operation: Operation, address: 'output' | 'proxy' | undefined): Met {
    const answer = new Map<FaultKind, Fault>();
    let wire: Fault | undefined;
    if (operation === 'preflight' || operation === 'unknown') return { wire, answer };
    for (const entry of [...this.#entries]) {
      const matches = entry.targets.some(
        (target) => target === 'any' || target === operation || target === address,
      );
      if (!matches) continue;
      const kind = entry.fault.do;
      if (WIRE.has(kind) ? wire !== undefined : answer.has(kind)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.hits += 1;
      entry.left -= 1;
      if (entry.left <= 0) this.#remove(entry);
      if (WIRE.has(kind)) wire = entry.fault;
      else answer.set(kind, entry.fault);
    }
    return { wire, answer };
  }

  #remove(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
  }
}
