import { aboutUpload, checkFields, type Fields, isAbortError, OptionError } from '../../errors/index.js';
import { onAbort } from '../../platform/abort.js';
import { abortable, throwIfAborted } from '../../transport/index.js';
import { type MediaInput, resolveMedia } from '../media/media-input.js';
import { type CheckedMedia, checkMedia } from '../media/media-source.js';
import { Arrivals } from './arrival.js';
import { UploadMeter, type UploadProgress } from './upload-progress.js';
import { sendFile, sendUrls, type UploadedMedia, type UploadTarget } from './upload-request.js';

/** How to upload. */
export interface UploadOptions {
  /** Called at most 20 times a second, and once at the end. If it throws or rejects, the upload fails with that error. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
  /**
   * How many files are sent at once; the result is always in the order given. Default 1: the session then lists them in
   * the order given, which is the order that the agent sees.
   */
  readonly concurrency?: number | undefined;
  /** Aborts it. */
  readonly signal?: AbortSignal | undefined;
}

const FIELDS: Fields<UploadOptions> = { onProgress: 'function', concurrency: 'any', signal: 'signal' };

/** One request: a file, or addresses that are next to each other. */
type UploadJob = { readonly items: readonly [UploadItem, ...UploadItem[]] } & (
  | { readonly type: 'file'; readonly media: CheckedMedia }
  | { readonly type: 'urls'; readonly urls: readonly string[] }
);

/** One file of an upload. */
interface UploadItem {
  /** Its place in the list that was given. */
  readonly index: number;
  /** Its place among all files: a folder is one input and many files. */
  readonly position: number;
  /** The name of the file, or its address. */
  readonly name: string;
  readonly identity: unknown;
  readonly size: number | undefined;
}

/**
 * What a session remembers of uploads that failed: the files that had arrived. A repeat of the call uses them instead of
 * sending them again, each once.
 */
export class ArrivedBefore {
  readonly #files: { readonly identity: unknown; readonly name: string; readonly media: UploadedMedia }[] =
    [];

  keep({ identity, name }: UploadItem, media: UploadedMedia): void {
    this.#files.push({ identity, name, media });
  }

  take({ identity, name }: UploadItem): UploadedMedia | undefined {
    const at = this.#files.findIndex((file) => file.identity === identity && file.name === name);
    return at < 0 ? undefined : this.#files.splice(at, 1)[0]?.media;
  }
}

/**
 * Uploads media, in the order given. Everything is checked before a byte is sent; then every file is a
 * separate request, so that a retry sends one file again and not all of them. The error of one of several files says which it was and
 * what is in the session; {@link UploadTarget.arrived} keeps that for a repeat of the call.
 */
export async function uploadMedia(
  target: UploadTarget,
  media: MediaInput | readonly MediaInput[],
  options: UploadOptions,
): Promise<UploadedMedia[]> {
  checkFields(options, FIELDS);
  const { signal, concurrency = 1, onProgress } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new OptionError({ field: 'concurrency', accepted: 'a whole number from 1' });
  }
  throwIfAborted(signal, 'upload');
  const { jobs, items } = await plan(media, signal);
  const meter = new UploadMeter(target.transport.clock, items, onProgress);
  const arrivals = new Arrivals(target.transport, target.sessionId, target.before);
  const uploaded: UploadedMedia[] = [];
  const { arrived = new ArrivedBefore() } = target;
  const missing = jobs.flatMap((job) => withoutArrived(job, arrived, uploaded));
  for (const { position, size } of items) {
    if (uploaded[position] !== undefined) meter.moved(position, size ?? 0, () => {});
  }
  try {
    await eachOf(missing, concurrency, signal, async (job, stop, fail) => {
      const shared = { ...target, arrivals, signal: stop };
      const [{ position }] = job.items;
      const moved = (bytes: number): void => meter.moved(position, bytes, fail);
      const files =
        job.type === 'file' ? await sendFile(shared, job.media, moved) : await sendUrls(shared, job.urls);
      for (const [at, item] of job.items.entries()) {
        const file = files[at];
        if (file !== undefined) uploaded[item.position] = file;
      }
    });
    await abortable(meter.done(), signal, { operation: 'upload' });
    return uploaded;
  } catch (thrown) {
    const { error, job } = thrown instanceof JobFailure ? thrown : { error: thrown, job: undefined };
    for (const item of items) {
      const file = uploaded[item.position];
      if (file !== undefined) arrived.keep(item, file);
    }
    throw aboutUpload(error, {
      ...(job === undefined ? {} : { file: job.items[0].name, index: job.items[0].index }),
      uploaded: uploaded.filter((file) => file !== undefined),
    });
  }
}

/** What is left of a job when the files that have arrived before are taken out, which are put into `uploaded`. */
function withoutArrived(job: UploadJob, arrived: ArrivedBefore, uploaded: UploadedMedia[]): UploadJob[] {
  const items = job.items.filter((item) => {
    const before = arrived.take(item);
    if (before !== undefined) uploaded[item.position] = before;
    return before === undefined;
  });
  const [first, ...others] = items;
  if (first === undefined) return [];
  if (job.type === 'file') return [job];
  return [{ type: 'urls', items: [first, ...others], urls: items.map(({ name }) => name) }];
}

/**
 * Checks media as an upload would, without uploading: for those who must do something else first that cannot be undone.
 * @throws what {@link uploadMedia} throws before a byte is sent.
 */
export async function checkUpload(
  media: MediaInput | readonly MediaInput[],
  signal: AbortSignal | undefined,
): Promise<void> {
  throwIfAborted(signal, 'upload');
  await plan(media, signal);
}

interface UploadPlan {
  readonly jobs: UploadJob[];
  readonly items: UploadItem[];
}

/** Looks at all media. A stream of the caller may hang, so the caller's signal ends the look at once. */
async function plan(
  media: MediaInput | readonly MediaInput[],
  signal: AbortSignal | undefined,
): Promise<UploadPlan> {
  const checking = new AbortController();
  try {
    return await abortable(look(media, checking.signal), signal, { operation: 'upload' });
  } finally {
    checking.abort();
  }
}

async function look(media: MediaInput | readonly MediaInput[], signal: AbortSignal): Promise<UploadPlan> {
  const jobs: UploadJob[] = [];
  const items: UploadItem[] = [];
  for (const origin of await resolveMedia(media)) {
    signal.throwIfAborted();
    const { index, identity } = origin;
    const position = items.length;
    const last = jobs.at(-1);
    if (origin.type === 'bytes') {
      const { name, size } = origin.source;
      const checked = await checkMedia(origin.source, signal).catch((error: unknown) => {
        throw aboutUpload(error, { file: name, index });
      });
      const item = { index, position, name, identity, size };
      jobs.push({ type: 'file', media: checked, items: [item] });
      items.push(item);
    } else {
      // The service fetches it: no byte of it leaves from here.
      const item = { index, position, name: origin.url, identity, size: 0 };
      if (last?.type === 'urls') {
        jobs[jobs.length - 1] = { ...last, items: [...last.items, item], urls: [...last.urls, origin.url] };
      } else jobs.push({ type: 'urls', items: [item], urls: [origin.url] });
      items.push(item);
    }
  }
  return { jobs, items };
}

/** The first failure of several jobs, with the job. */
class JobFailure {
  constructor(
    readonly error: unknown,
    readonly job: UploadJob | undefined,
  ) {}
}

/**
 * Does `work` on every job, at most `concurrency` at once. The first failure aborts what is in progress, begins nothing
 * more, and is thrown as a {@link JobFailure} when all have settled. `fail` ends it for a reason that is not the job's.
 */
async function eachOf(
  jobs: readonly UploadJob[],
  concurrency: number,
  signal: AbortSignal | undefined,
  work: (job: UploadJob, signal: AbortSignal, fail: (error: unknown) => void) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  let failure: JobFailure | undefined;
  const end = (error: unknown, job: UploadJob | undefined): void => {
    failure ??= new JobFailure(error, job);
    stop.abort(error);
  };
  const abort = (): void => stop.abort(signal?.reason);
  const release = signal && onAbort(signal, abort);
  if (signal?.aborted) abort();
  const queue = jobs.values();
  const worker = async (): Promise<void> => {
    for (const job of queue) {
      if (failure !== undefined) return;
      await work(job, stop.signal, (error) => end(error, undefined)).catch((error: unknown) =>
        end(error, isAbortError(error) ? undefined : job),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, jobs.length) }, worker));
  release?.();
  if (failure !== undefined) throw failure;
}
