import type { RunSnapshot } from '../errors/index.js';
import type { RunEvent, RunResult } from './events.js';
import type { ResumeRequest, RunRequest } from './request.js';

/** A message and what comes of it. Being written: the constructor and the members are final. */
export declare class Run implements AsyncIterable<RunEvent> {
  constructor(request: RunRequest | ResumeRequest);
  [Symbol.asyncIterator](): AsyncIterableIterator<RunEvent>;
  result(): Promise<RunResult>;
  toJSON(): RunSnapshot;
}

/** Waits for the outcome of a message that was sent earlier; never sends. Checks the snapshot. */
export declare function resumeRun(request: ResumeRequest): Run;
