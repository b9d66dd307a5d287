import type { Clock } from '../../platform/clock.js';
import { Throttle } from '../../platform/clock.js';

/** How far an upload is, in bytes. Never falls, even when a file is sent again. */
export interface UploadProgress {
  /** Of all files: bytes that were handed to the network. */
  readonly loaded: number;
  /** Of all files; undefined while the size of a stream is not known. */
  readonly total: number | undefined;
  /** The name of the file that progressed. */
  readonly file: string;
  /** Of this file. */
  readonly fileLoaded: number;
  /** Of this file; undefined for a stream without a `size`. */
  readonly fileTotal: number | undefined;
}

/** A file, as far as progress is concerned. */
export interface MeteredFile {
  readonly name: string;
  readonly size: number | undefined;
}

/** Adds up how far the files of one upload are, and reports it at most 20 times a second. */
export class UploadMeter {
  readonly #throttle: Throttle;
  readonly #files: readonly MeteredFile[];
  readonly #onProgress: ((progress: UploadProgress) => unknown) | undefined;
  readonly #loaded: number[];
  /** Calls of an asynchronous callback that have not settled. */
  readonly #calls = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;
  #lastFile = 0;

  constructor(
    clock: Clock,
    files: readonly MeteredFile[],
    onProgress: ((progress: UploadProgress) => unknown) | undefined,
  ) {
    this.#throttle = new Throttle(clock);
    this.#files = files;
    this.#onProgress = onProgress;
    this.#loaded = files.map(() => 0);
  }

  /**
   * File `index` is at `loaded` bytes. `fail` is called with what the callback throws or rejects with: the caller's own
   * error, which must not pass for one of reading the file.
   */
  moved(index: number, loaded: number, fail: (error: unknown) => void): void {
    const before = this.#loaded[index] ?? 0;
    if (loaded < before) return;
    this.#loaded[index] = loaded;
    this.#lastFile = index;
    if (this.#throttle.pass()) this.#call(() => this.#report(false), fail);
  }

  /**
   * Everything has arrived: the last call, whenever the one before it was. Resolves when all calls are over; rejects
   * with what the first of them failed with.
   */
  async done(): Promise<void> {
    this.#call(
      () => this.#report(true),
      () => {},
    );
    await Promise.all(this.#calls);
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #call(report: () => unknown, fail: (error: unknown) => void): void {
    const failed = (error: unknown): void => {
      this.#failure ??= { error };
      fail(error);
    };
    try {
      const call = report();
      if (!isThenable(call)) return;
      const settled: Promise<void> = Promise.resolve(call)
        .then(() => {}, failed)
        .finally(() => this.#calls.delete(settled));
      this.#calls.add(settled);
    } catch (error) {
      failed(error);
    }
  }

  #report(done: boolean): unknown {
    const file = this.#files[this.#lastFile];
    if (this.#onProgress === undefined || file === undefined) return undefined;
    const loaded = this.#loaded.reduce((sum, bytes) => sum + bytes, 0);
    const fileLoaded = this.#loaded[this.#lastFile] ?? 0;
    return this.#onProgress({
      loaded,
      total: this.#total() ?? (done ? loaded : undefined),
      file: file.name,
      fileLoaded,
      fileTotal: file.size ?? (done ? fileLoaded : undefined),
    });
  }

  #total(): number | undefined {
    let total = 0;
    for (const { size } of this.#files) {
      if (size === undefined) return undefined;
      total += size;
    }
    return total;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
