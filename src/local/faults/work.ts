import type { Operation } from '../operations.js';
import type { Fault, FaultKind } from './fault.js';
import { Gate } from './gate.js';

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
