import { checkFields, type Fields, OptionError } from '../../errors/index.js';
import { onAbort } from '../../platform/abort.js';
import { abortable, throwIfAborted } from '../../transport/index.js';
import { type MediaInput, resolveMedia } from '../media/media-input.js';
import { type CheckedMedia, checkMedia } from '../media/media-source.js';
import { Arrivals } from './arrival.js';
import { type MeteredFile, UploadMeter, type UploadProgress } from './upload-progress.js';
import { sendFile, sendUrls, type UploadedMedia, type UploadTarget } from './upload-request.js';

/** How to upload. */
export interface UploadOptions {
  /** Called at most 20 times a second, and once at the end. If it throws or rejects, the upload fails with that error. */
  readonly onProgress?: (progress: UploadProgress) => void;
  /**
   * How many files are sent at once; the result is always in the order given. Default 1: the session then lists them in
   * the order given, which is the order that the agent sees.
   */
  readonly concurrency?: number;
  /** Aborts it. */
  readonly signal?: AbortSignal;
}

const FIELDS: Fields<UploadOptions> = { onProgress: 'function', concurrency: 'any', signal: 'signal' };

/** One request: a file, or addresses that stand next to each other. */
type UploadJob =
  | { readonly type: 'file'; readonly media: CheckedMedia; readonly index: number }
  | { readonly type: 'urls'; readonly urls: readonly string[]; readonly index: number };

/**
 * Uploads media, in the order given. Everything is checked before a byte is sent; then every file is a request of its
 * own, so that a retry sends one file again and not all of them.
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
  const { jobs, files } = await plan(media, signal);
  const meter = new UploadMeter(target.transport.clock, files, onProgress);
  const arrivals = new Arrivals(target.transport, target.sessionId, target.before);
  const uploaded = await inOrder(jobs, concurrency, signal, (job, stop, fail) => {
    const moved = (bytes: number): void => meter.moved(job.index, bytes, fail);
    return job.type === 'file'
      ? sendFile({ ...target, arrivals, signal: stop }, job.media, moved)
      : sendUrls({ ...target, arrivals, signal: stop }, job.urls);
  });
  await abortable(meter.done(), signal, { operation: 'upload' });
  return uploaded.flat();
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
  readonly files: MeteredFile[];
}

/** Looks at all media. What the caller gave may hang, so the caller's signal ends the look at once. */
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
  const files: MeteredFile[] = [];
  for (const origin of await resolveMedia(media)) {
    signal.throwIfAborted();
    const index = files.length;
    const last = jobs.at(-1);
    if (origin.type === 'bytes') {
      const checked = await checkMedia(origin.source, signal);
      jobs.push({ type: 'file', media: checked, index });
      files.push(origin.source);
    } else {
      if (last?.type === 'urls') jobs[jobs.length - 1] = { ...last, urls: [...last.urls, origin.url] };
      else jobs.push({ type: 'urls', urls: [origin.url], index });
      // The service fetches it: no byte of it leaves from here.
      files.push({ name: origin.url, size: 0 });
    }
  }
  return { jobs, files };
}

/**
 * Does `work` on every item, at most `concurrency` at once, and gives the results in the order of the items. The first
 * failure aborts what is under way, begins nothing more, and is thrown when all have settled.
 */
async function inOrder<T, R>(
  items: readonly T[],
  concurrency: number,
  signal: AbortSignal | undefined,
  work: (item: T, signal: AbortSignal, fail: (error: unknown) => void) => Promise<R>,
): Promise<R[]> {
  const stop = new AbortController();
  const results: R[] = [];
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown): void => {
    failure ??= { error };
    stop.abort(error);
  };
  const abort = (): void => stop.abort(signal?.reason);
  const release = signal && onAbort(signal, abort);
  if (signal?.aborted) abort();
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failure !== undefined) return;
      await work(item, stop.signal, fail).then((result) => {
        results[index] = result;
      }, fail);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  release?.();
  if (failure !== undefined) throw failure.error;
  return results;
}
