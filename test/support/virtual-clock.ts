import type { Clock } from '../../src/platform/clock.js';

interface Sleeper {
  readonly due: number;
  readonly order: number;
  readonly background: boolean;
  readonly wake: () => void;
}

/**
 * A clock that moves only when told to. `pending` counts the sleepers, so that a test can prove that none is left.
 */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #sleepers = new Set<Sleeper>();
  #isBusy: () => boolean = () => false;

  constructor(startMs: number = Date.UTC(2026, 0, 1)) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  /** Says when real work is under way (an upload being written and probed), during which `run` lets no time pass. */
  busyWhile(isBusy: () => boolean): void {
    this.#isBusy = isBusy;
  }

  /** How many sleeps have neither ended nor been aborted, without those in the background. */
  get pending(): number {
    return [...this.#sleepers].filter(({ background }) => !background).length;
  }

  /** When the next sleeper is due, in ms from now; undefined without any. */
  get nextInMs(): number | undefined {
    const next = this.#next();
    return next === undefined ? undefined : next.due - this.#now;
  }

  sleep(ms: number, signal?: AbortSignal, background = false): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        due: this.#now + Math.max(0, ms),
        order: this.#order++,
        background,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Moves time on by `ms`, waking whoever is due in order, and lets each do its work before the next. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(); next !== undefined && next.due <= end; next = this.#next()) {
      this.#now = Math.max(this.#now, next.due);
      next.wake();
      await settle();
    }
    this.#now = end;
    await settle();
  }

  /**
   * Moves time on from sleeper to sleeper until `promise` settles, and gives its outcome. Fails when nobody sleeps
   * and nothing more happens, or after `limitMs` of virtual time.
   */
  async run<T>(promise: Promise<T>, limitMs = 24 * 3_600_000): Promise<T> {
    let settled = false;
    const done = (): void => {
      settled = true;
    };
    promise.then(done, done);
    const end = this.#now + limitMs;
    let idle = 0;
    for (;;) {
      await settle();
      if (settled) return promise;
      const next = this.#next();
      if (next === undefined) {
        // Real I/O (a file, a hash in a worker) may still be under way.
        idle += 1;
        if (idle > 400) throw new Error('VirtualClock.run: nobody sleeps and the promise does not settle');
        await new Promise((resolve) => setTimeout(resolve, 5));
        continue;
      }
      idle = 0;
      // Time stands still while the machine really works: a jump would fire a watchdog meanwhile.
      for (let turn = 0; turn < 5_000 && (filesAreUnderWay() || this.#isBusy()); turn += 1)
        await new Promise((resolve) => setTimeout(resolve, 1));
      if (next !== this.#next()) continue;
      if (next.due > end)
        throw new Error(`VirtualClock.run: not settled after ${limitMs} ms of virtual time`);
      this.#now = Math.max(this.#now, next.due);
      next.wake();
    }
  }

  #next(): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (
        first === undefined ||
        sleeper.due < first.due ||
        (sleeper.due === first.due && sleeper.order < first.order)
      ) {
        first = sleeper;
      }
    }
    return first;
  }
}

/** Whether this process waits for a file system: work that takes real time, whoever does it. */
function filesAreUnderWay(): boolean {
  return process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq'));
}

/** Lets everything that is ready run: promises, stream callbacks, immediates. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
