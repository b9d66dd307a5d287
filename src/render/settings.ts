import type { Pacer } from './pacer.js';
import type { PollSchedule } from './schedule.js';

/** How renders are waited for, complete. */
export interface RenderSettings {
  /** Polls of one job are never closer than this, in ms. Default 2,000. */
  readonly minMs: number;
  /** Polls of one job are never further apart than this, in ms. Default 30,000 (wire document). */
  readonly maxMs: number;
  /** When to ask next. Default `guidedSchedule`. */
  readonly schedule: PollSchedule;
  /** Shared by all jobs of a client. */
  readonly pacer: Pacer;
  /** The longest a render is waited for, in ms. Default 900,000. */
  readonly timeoutMs: number;
  /** No byte of a download for this long, in ms: the connection is taken for dead. Default 60,000. */
  readonly downloadIdleMs: number;
}
