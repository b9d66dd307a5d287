import { checkFields, type Fields, OptionError } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';

/** Options of {@link VirtualClock}. */
export interface VirtualClockOptions {
  /** What time it is at first, in ms since the Unix epoch. Default: 2026-01-01, 00:00 UTC. */
  readonly startMs?: number | undefined;
  /**
   * True: it moves to the next sleeper as soon as the program has nothing else to do. False: it moves only by
   * {@link VirtualClock.advance} and {@link VirtualClock.run}. Default true.
   */
  readonly auto?: boolean | undefined;
}

const FIELDS: Fields<VirtualClockOptions> = {
  startMs: { accepted: 'a number of milliseconds', is: (value) => Number.isFinite(value) },
  auto: 'boolean',
};

interface Sleeper {
  readonly due: number;
  readonly order: number;
  readonly background: boolean;
  readonly wake: () => void;
}

/** Taken before a test replaces them: fake timers must not stop this clock. */
const { setTimeout } = globalThis;
const setImmediate: ((callback: () => void) => unknown) | undefined = Reflect.get(globalThis, 'setImmediate');

/** Real work that takes longer than this many ms of the machine is no longer waited for. */
const LONGEST_WORK_MS = 30_000;

/** The program is at rest when as many turns of the event loop have brought nothing new. */
const TURNS_AT_REST = 8;

/**
 * A clock without waiting: every sleeper wakes as soon as the program has nothing else to do, in order of the
 * time, and `now` is what it would be then. Give it to the client and to the local backend, as `createTestClient` does.
 *
 * Time stops while this process reads and writes files, and during {@link VirtualClock.during}. It cannot see
 * that a socket is at work: do not use it with a client that really sends.
 */
export class VirtualClock implements Clock {
  readonly #auto: boolean;
  readonly #sleepers = new Set<Sleeper>();
  readonly #work = new Set<Promise<unknown>>();
  #now: number;
  #order = 0;
  #moving = false;

  /** @throws OptionError for an option that cannot be used. */
  constructor(options: VirtualClockOptions = {}) {
    checkFields(options, FIELDS);
    const { startMs = Date.UTC(2026, 0, 1), auto = true } = options;
    this.#now = startMs;
    this.#auto = auto;
  }

  now(): number {
    return this.#now;
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
      if (this.#auto) void this.#move();
    });
  }

  /** Lets no time pass until `work` has settled (for at most 30 s of the machine's), and returns it. */
  during<T>(work: Promise<T>): Promise<T> {
    this.#work.add(work);
    const done = (): void => {
      this.#work.delete(work);
    };
    work.then(done, done);
    return work;
  }

  /**
   * Moves time on by `ms`, also where someone works: wakes who is due, in order, and lets each act before the next.
   * @throws OptionError when `ms` is not a number from 0.
   */
  async advance(ms: number): Promise<void> {
    if (!(Number.isFinite(ms) && ms >= 0))
      throw new OptionError({ field: 'ms', accepted: 'a number from 0' });
    const end = this.#now + ms;
    await rest();
    for (let next = this.#next(); next !== undefined && next.due <= end; next = this.#next()) {
      this.#wake(next);
      await rest();
    }
    this.#now = Math.max(this.#now, end);
    await rest();
  }

  /**
   * Moves time on from sleeper to sleeper until `promise` settles, and returns it: what a clock that does not move
   * automatically needs. Fails when nothing sleeps and nothing more happens, or after `limitMs` of virtual time.
   */
  async run<T>(promise: Promise<T>, limitMs = 24 * 3_600_000): Promise<T> {
    let settled = false;
    const done = (): void => {
      settled = true;
    };
    promise.then(done, done);
    const end = this.#now + limitMs;
    for (let idle = 0; idle <= 400; ) {
      await this.#standstill(() => settled);
      if (settled) return promise;
      const next = this.#next();
      if (next === undefined) {
        // Real work of which nothing is known (a hash in a worker) may still be under way.
        idle += 1;
        await pause(5);
        continue;
      }
      idle = 0;
      if (next.due > end)
        throw new Error(`VirtualClock.run: not settled after ${limitMs} ms of virtual time`);
      this.#wake(next);
    }
    throw new Error('VirtualClock.run: nothing sleeps, and the promise does not settle');
  }

  /** Moves from sleeper to sleeper. Those in the background wake when it is their time, but are no reason to move. */
  async #move(): Promise<void> {
    if (this.#moving) return;
    this.#moving = true;
    for (;;) {
      await this.#standstill();
      const next = this.#next();
      if (next === undefined || (this.pending === 0 && next.due > this.#now)) break;
      this.#wake(next);
    }
    this.#moving = false;
  }

  #wake(next: Sleeper): void {
    this.#now = Math.max(this.#now, next.due);
    next.wake();
  }

  /** Resolves when the program is at rest: it waits for nothing but this clock. A jump meanwhile would fire a watchdog. */
  async #standstill(isOver: () => boolean = () => false): Promise<void> {
    const begun = Date.now();
    for (;;) {
      await rest();
      const isBusy = filesAreInUse() || this.#work.size > 0;
      if (isOver() || !isBusy || Date.now() - begun > LONGEST_WORK_MS) return;
      await pause(1);
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

/** Whether this process waits for a file system: work that takes real time. Elsewhere than on Node it is not known. */
function filesAreInUse(): boolean {
  const resources = globalThis.process?.getActiveResourcesInfo?.() ?? [];
  return resources.some((resource) => /^(?:FSReq|CloseReq)/.test(resource));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const turn = (): Promise<void> =>
  setImmediate === undefined ? pause(0) : new Promise((resolve) => setImmediate(resolve));

/** Lets everything that is ready run: promises, callbacks of streams, immediates. */
export async function rest(): Promise<void> {
  for (let turns = 0; turns < TURNS_AT_REST; turns += 1) await turn();
}
