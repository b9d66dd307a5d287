import { platform } from '#platform';
import { DownloadError, isNemoVideoError } from '../errors/index.js';
import type { DownloadDestination, RenderJob } from '../render/index.js';
import { patiently, type Turn } from './turn.js';

/**
 * Where finished videos are saved: an existing folder, or a function that takes a name for the file and returns its
 * destination.
 */
export type Downloads = string | ((name: string) => DownloadDestination | Promise<DownloadDestination>);

/** Exports the timeline, and tells how far it is, and the file with its size, its length and the claim link. */
export async function deliver(turn: Turn, downloads: Downloads | undefined): Promise<void> {
  const { session, words, signal, tell } = turn;
  const { renderId } = turn.memory();
  const job = await session.export({
    ...(renderId === undefined ? {} : { id: renderId }),
    onSubmit: ({ id }) => turn.remember({ renderId: id }),
    signal,
  });
  tell({ type: 'status', text: words.exporting });
  const { durationMs } = await session.timeline({ signal });
  const { url } = await patiently(turn, watch(turn, job));
  const number = turn.memory().delivered + 1;
  const { bytes, path } =
    downloads === undefined
      ? { bytes: await sizeOf(job, signal), path: undefined }
      : await download(turn, job, downloads, number);
  const claimUrl = await claimLink(turn);
  await turn.remember({ delivered: number, renderId: undefined });
  const text = words.file({
    place: path ?? url,
    size: bytes === undefined ? undefined : sizeInWords(bytes),
    seconds: Math.round(durationMs / 100) / 10,
    claimUrl,
  });
  tell({
    type: 'file',
    text,
    renderId: job.id,
    durationMs,
    ...(path === undefined ? {} : { path }),
    ...(url === undefined ? {} : { url }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(claimUrl === undefined ? {} : { claimUrl }),
  });
}

async function watch({ tell, words, signal }: Turn, job: RenderJob) {
  let told = -1;
  for await (const { progress } of job) {
    const percent = Math.floor(progress ?? 0);
    if (percent > told)
      tell({ type: 'progress', phase: 'export', percent, text: words.exportProgress(percent) });
    told = Math.max(told, percent);
  }
  return job.result({ signal });
}

async function download(turn: Turn, job: RenderJob, downloads: Downloads, number: number) {
  const { tell, words, signal } = turn;
  const name = `video-${number}`;
  const to = typeof downloads === 'string' ? await freePath(downloads, name) : await downloads(`${name}.mp4`);
  let told = -1;
  const { bytes, path } = await job.download(to, {
    signal,
    onProgress: ({ loaded, total }) => {
      const percent = total === undefined || total === 0 ? 0 : Math.floor((loaded / total) * 100);
      if (percent > told)
        tell({ type: 'progress', phase: 'download', percent, text: words.downloadProgress(percent) });
      told = Math.max(told, percent);
    },
  });
  return { bytes, path };
}

/** A path in the folder at which no file stands: an earlier conversation may have left videos there. */
async function freePath(folder: string, name: string): Promise<string> {
  const { files } = platform;
  if (files === undefined) {
    throw new DownloadError({
      reason: 'there are no files in this runtime',
      hint: 'Give `downloads` as a function.',
      retryable: false,
    });
  }
  for (let again = 1; ; again += 1) {
    const path = `${folder.replace(/[/\\]+$/, '')}/${name}${again === 1 ? '' : `-${again}`}.mp4`;
    if ((await files.facts(path)) === undefined) return path;
  }
}

/** The size of a file that nobody wants here: a download tells it with its first bytes, and is then left. */
async function sizeOf(job: RenderJob, signal: AbortSignal): Promise<number | undefined> {
  const enough = new AbortController();
  const stop = (): void => enough.abort();
  signal.addEventListener('abort', stop, { once: true });
  let size: number | undefined;
  try {
    await job.download(() => {}, {
      signal: enough.signal,
      onProgress: ({ total }) => {
        size = total;
        stop();
      },
    });
  } catch (error) {
    // The size is a courtesy: the video is there without it.
    if (!isNemoVideoError(error)) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  return size;
}

/** Undefined where the service gives none: a session that was opened by its id alone has no task. */
async function claimLink({ session, signal }: Turn): Promise<string | undefined> {
  if (session.taskId === undefined) return undefined;
  try {
    return (await session.claimLink({ signal })).href;
  } catch (error) {
    if (!isNemoVideoError(error)) throw error;
    signal.throwIfAborted();
    return undefined;
  }
}

function sizeInWords(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
