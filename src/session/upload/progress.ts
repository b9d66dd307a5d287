import type { Clock } from '../../platform/clock.js';
import { Throttle } from '../../platform/throttle.js';

/** How far an upload is, in bytes. Never falls, also when a file is sent again. */
export interface UploadProgress {
  /** Of all files: bytes that were handed to the network. */
  readonly loaded: number;
  /** Of all files; undefined while a stream has not told its size. */
  readonly total: number | undefined;
  /** The name of the file that moved. */
  readonly file: string;
  /** Of this file. */
  readonly fileLoaded: number;
  /** Of this file; undefined for a stream that does not tell its size. */
  readonly fileTotal: number | undefined;
}

/** A file, as far as progress is concerned. */
export interface MeteredFile {
  readonly name: string;
  readonly size: number | undefined;
}

/** Adds up how far the files of one upload are, and tells it at most 20 times a second. */
export class UploadMeter {
  readonly #throttle: Throttle;
  readonly #files: readonly MeteredFile[];
  readonly #tell: ((progress: UploadProgress) => void) | undefined;
  readonly #loaded: number[];
  #lastFile = 0;

  constructor(
    clock: Clock,
    files: readonly MeteredFile[],
    tell: ((progress: UploadProgress) => void) | undefined,
  ) {
    this.#throttle = new Throttle(clock);
    this.#files = files;
    this.#tell = tell;
    this.#loaded = files.map(() => 0);
  }

  /** File `index` is at `loaded` bytes. */
  moved(index: number, loaded: number): void {
    const before = this.#loaded[index] ?? 0;
    if (loaded < before) return;
    this.#loaded[index] = loaded;
    this.#lastFile = index;
    if (this.#throttle.pass()) this.#report(false);
  }

  /** Everything has arrived: the last call, whenever the one before it was. */
  done(): void {
    this.#report(true);
  }

  #report(done: boolean): void {
    const file = this.#files[this.#lastFile];
    if (this.#tell === undefined || file === undefined) return;
    const loaded = this.#loaded.reduce((sum, bytes) => sum + bytes, 0);
    const fileLoaded = this.#loaded[this.#lastFile] ?? 0;
    this.#tell({
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
