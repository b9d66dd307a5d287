import type { Operation } from '../service/routes.js';
import { checkFault, type Fault, type FaultKind, type FaultTarget, targetsOf, WIRE_FAULTS } from './fault.js';
import { Gate } from './gate.js';

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

  /** Takes what a request for `operation` meets. `address` is one of the two addresses of a download. */
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

/** Faults after which a server has normally done nothing. */
const UNDONE: ReadonlySet<FaultKind> = new Set(['status', 'redirect', 'refuse', 'error-event']);

/** Faults that a line can have while a body is on its way in. */
const OF_THE_LINE: ReadonlySet<FaultKind> = new Set(['reset', 'stall', 'slow']);

/** What a fault of the connection means for one request. */
export interface Effect {
  readonly fault: Fault | undefined;
  /** It strikes while the request is read, not in the answer. */
  readonly inRequest: boolean;
  /** Whether the work is carried out to its end all the same. */
  readonly workDone: boolean;
  /** The work does not even begin, as the fault strikes before it. */
  readonly neverBegins: boolean;
  readonly gate: Gate;
}

/** Works out what a fault means for a request. */
export function effectOf(fault: Fault | undefined, operation: Operation): Effect {
  const inRequest =
    fault !== undefined &&
    operation === 'upload' &&
    OF_THE_LINE.has(fault.do) &&
    fault.work !== 'done' &&
    typeof (fault.after ?? 0) === 'number';
  const gate = new Gate(inRequest ? undefined : fault);
  const workDone =
    fault === undefined || (fault.work ?? (UNDONE.has(fault.do) ? 'undone' : 'done')) === 'done';
  const answersOnly = fault?.do === 'status' || fault?.do === 'redirect';
  return { fault, inRequest, workDone, neverBegins: !workDone && (answersOnly || gate.beforeBody), gate };
}
