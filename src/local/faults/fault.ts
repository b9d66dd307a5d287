import { checkFields, type Fields, OptionError } from '../../errors/index.js';
import type { Operation } from '../service/routes.js';

/** What a fault can be armed for. `download` is both addresses of a video; `output` and `proxy` are one of them. */
export type FaultTarget = Exclude<Operation, 'preflight' | 'unknown'> | 'output' | 'proxy' | 'any';

/** Faults of the connection and of the bytes. A request meets at most one of these. */
export const WIRE_FAULTS = [
  'reset',
  'refuse',
  'stall',
  'truncate',
  'garbage',
  'heartbeats',
  'error-event',
  'status',
  'redirect',
  'slow',
  'split',
] as const;

/** Odd but well-formed answers. A request meets every one of these that is armed. */
export const ANSWER_FAULTS = [
  'form',
  'silent',
  'duplicate',
  'temporary-issue',
  'early-end',
  'fail',
  'progress',
  'word',
  'etag',
] as const;

/** What goes wrong; the table in docs/local-backend.md says what each one looks like. */
export type FaultKind = (typeof WIRE_FAULTS)[number] | (typeof ANSWER_FAULTS)[number];

/** Where in the answer it happens: a count of bytes, after the headers, after or inside the n-th event, or at the end. */
export type FaultPoint = number | 'headers' | 'end' | `event:${number}` | `mid-event:${number}`;

/** How answers are written: `envelope` and `flat` for JSON, the others for the events of a run. */
export type WireForm = 'envelope' | 'flat' | 'adk' | 'snake' | 'simple' | 'text';

/** A fault to arm with `backend.faults.add`. */
export interface Fault {
  /** Which requests meet it. */
  on: FaultTarget | readonly FaultTarget[];
  /** What goes wrong. */
  do: FaultKind;
  /** How many requests meet it. Default 1; `Infinity` for all. */
  times?: number;
  /** How many matching requests pass first. Default 0. */
  skip?: number;
  /**
   * Where it happens. Default 0: before the first byte, the status line included (`error-event`: after the first
   * event). On `upload` a number counts bytes of the request, unless `work` is 'done'.
   */
  after?: FaultPoint;
  /**
   * Whether the backend does the work all the same: starts the run, keeps the upload. Default 'done', as the worst
   * case; 'undone' for `status`, `refuse`, `redirect`, `error-event` and for uploads that break off.
   */
  work?: 'done' | 'undone';
  /** `status`: the HTTP status. Default 503. */
  status?: number;
  /** `status`: the `code` in the body. `error-event`: the `errorCode`, default 'UNKNOWN_ERROR'. */
  code?: number | string;
  /** `status`: the `Retry-After` header: seconds, or a date as text. */
  retryAfter?: number | string;
  /** `status`: the whole body, instead of the documented envelope. */
  body?: string;
  /** `status`: answer with a page of HTML, as gateways do. */
  html?: boolean;
  /** `split`: sizes of the chunks in bytes, used in turn. Default 1. */
  size?: number | readonly number[];
  /** `slow`: ms of the backend's clock between chunks. Default 1000. */
  delayMs?: number;
  /** `form`: how the answer is written; `error-event`: 'simple' writes `{"error": …}`. */
  form?: WireForm;
  /** `progress`: how `progress` behaves while the render continues. Default 'absent'. */
  kind?: 'stepwise' | 'absent' | 'stuck';
  /** `word`: the status word, instead of the true one, until the render has ended. Default 'rendering'. */
  word?: string;
  /** `fail`: why the render fails; `error-event`: the message. */
  reason?: string;
  /** `redirect`: where to (302). */
  to?: string;
}

const TARGETS: readonly FaultTarget[] = [
  'token',
  'session',
  'claim',
  'run',
  'upload',
  'credits',
  'state',
  'render',
  'poll',
  'cancel',
  'download',
  'output',
  'proxy',
  'media',
  'tokens',
  'any',
];

const KINDS: readonly FaultKind[] = [...WIRE_FAULTS, ...ANSWER_FAULTS];

/** Faults that only make sense on one operation. */
const ONLY_ON: Partial<Record<FaultKind, readonly FaultTarget[]>> = {
  heartbeats: ['run'],
  'error-event': ['run'],
  silent: ['run'],
  duplicate: ['run'],
  'temporary-issue': ['run'],
  'early-end': ['run'],
  fail: ['render'],
  progress: ['poll'],
  word: ['poll', 'render'],
  etag: ['download', 'output', 'proxy', 'media'],
};

const FIELDS: Fields<Fault> = {
  on: 'any',
  do: 'any',
  times: 'any',
  skip: 'any',
  after: 'any',
  work: 'any',
  status: 'any',
  code: 'any',
  retryAfter: 'any',
  body: 'any',
  html: 'any',
  size: 'any',
  delayMs: 'any',
  form: 'any',
  kind: 'any',
  word: 'any',
  reason: 'any',
  to: 'any',
};

/** Throws an OptionError that names the field when a fault cannot be armed. */
export function checkFault(fault: Fault): void {
  checkFields(fault, FIELDS, 'fault');
  const targets = targetsOf(fault);
  if (targets.length === 0 || !targets.every((target) => TARGETS.includes(target)))
    throw new OptionError({ field: 'on', accepted: `one or more of ${TARGETS.join(', ')}` });
  if (!KINDS.includes(fault.do))
    throw new OptionError({ field: 'do', accepted: `one of ${KINDS.join(', ')}` });
  const only = ONLY_ON[fault.do];
  if (only !== undefined && !targets.every((target) => only.includes(target)))
    throw new OptionError({ field: 'on', accepted: `${only.join(' or ')} for '${fault.do}'` });
  if (fault.times !== undefined && !(fault.times === Infinity || isCount(fault.times, 1)))
    throw new OptionError({ field: 'times', accepted: 'a whole number from 1, or Infinity' });
  if (fault.skip !== undefined && !isCount(fault.skip, 0))
    throw new OptionError({ field: 'skip', accepted: 'a whole number from 0' });
  if (fault.after !== undefined && !isPoint(fault.after))
    throw new OptionError({
      field: 'after',
      accepted: "a number of bytes, 'headers', 'end', 'event:<n>' or 'mid-event:<n>'",
    });
  if (fault.work === 'undone' && !canBeUndone(fault, targets))
    throw new OptionError({
      field: 'work',
      accepted: "'done' where the answer is already on its way: only a run can stop half way",
    });
  const sizes = [fault.size ?? 1].flat();
  if (sizes.length === 0 || !sizes.every((size) => isCount(size, 1)))
    throw new OptionError({ field: 'size', accepted: 'one or more whole numbers from 1' });
  if (fault.delayMs !== undefined && !(fault.delayMs >= 0))
    throw new OptionError({ field: 'delayMs', accepted: 'a number of ms from 0' });
  if (fault.status !== undefined && !(isCount(fault.status, 200) && fault.status <= 599))
    throw new OptionError({ field: 'status', accepted: 'an HTTP status from 200 to 599' });
  if (fault.do === 'redirect' && fault.to === undefined)
    throw new OptionError({ field: 'to', accepted: "an address, for 'redirect'" });
  if (fault.do === 'form' && fault.form === undefined)
    throw new OptionError({
      field: 'form',
      accepted: "'envelope', 'flat', 'adk', 'snake', 'simple' or 'text'",
    });
}

/** The targets as a list. */
export function targetsOf(fault: Fault): readonly FaultTarget[] {
  return typeof fault.on === 'string' ? [fault.on] : fault.on;
}

/** The work of a run stops where its answer breaks; all other work is over before there is an answer. */
function canBeUndone(fault: Fault, targets: readonly FaultTarget[]): boolean {
  const beforeBody = [undefined, 0, 'headers', 'event:0'].includes(fault.after);
  if (fault.do === 'status' || fault.do === 'redirect' || fault.do === 'refuse' || beforeBody) return true;
  return targets.every(
    (target) => target === 'run' || (target === 'upload' && typeof fault.after === 'number'),
  );
}

function isCount(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}

function isPoint(point: unknown): boolean {
  if (typeof point === 'number') return isCount(point, 0);
  return typeof point === 'string' && /^(headers|end|event:\d+|mid-event:[1-9]\d*)$/.test(point);
}
