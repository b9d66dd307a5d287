import type { Operation } from '../operations.js';

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
  /** `progress`: how `progress` behaves while the render goes on. Default 'absent'. */
  kind?: 'stepwise' | 'absent' | 'stuck';
  /** `word`: the status word, instead of the true one, until the render has ended. Default 'rendering'. */
  word?: string;
  /** `fail`: why the render fails; `error-event`: the message. */
  reason?: string;
  /** `redirect`: where to (302). */
  to?: string;
}
