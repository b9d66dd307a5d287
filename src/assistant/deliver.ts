import { platform } from '#platform';
import { DownloadError, isNemoVideoError } from '../errors/index.js';
import type { DownloadDestination, RenderJob } from '../render/index.js';
import type { Session } from '../session/index.js';
import { patiently, type Turn } from './turn.js';

/**
 * Where finished videos are saved: an existing folder, or a function that takes a name for the file and returns its
 * destination.
 */
export type Downloads = string | ((name: string) => DownloadDestination | Promise<DownloadDestination>);

/** Exports the timeline, and replies with the progress, then with the file, its size, its length and the claim link. */
export async function deliver(turn: Turn, downloads: Downloads | undefined): Promise<void> {
  const { session, words, signal, reply } = turn;
  const { renderId } = turn.memory();
  const job = await session.export({
    ...(renderId === undefined ? {} : { id: renderId }),
    onSubmit: ({ id }) => turn.remember({ renderId: id }),
    signal,
  });
  reply({ type: 'status', text: words.exporting });
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
  reply({
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

async function watch({ reply, words, signal }: Turn, job: RenderJob) {
  let shown = -1;
  for await (const { progress } of job) {
    const percent = Math.floor(progress ?? 0);
    if (percent > shown)
      reply({ type: 'progress', phase: 'export', percent, text: words.exportProgress(percent) });
    shown = Math.max(shown, percent);
  }
  return job.result({ signal });
}

async function download(turn: Turn, job: RenderJob, downloads: Downloads, number: number) {
  const { reply, words, signal } = turn;
  const name = `video-${number}`;
  const to = typeof downloads === 'string' ? await freePath(downloads, name) : await downloads(`${name}.mp4`);
  let shown = -1;
  const { bytes, path } = await job.download(to, {
    signal,
    onProgress: ({ loaded, total }) => {
      const percent = total === undefined || total === 0 ? 0 : Math.floor((loaded / total) * 100);
      if (percent > shown)
        reply({ type: 'progress', phase: 'download', percent, text: words.downloadProgress(percent) });
      shown = Math.max(shown, percent);
    },
  });
  return { bytes, path };
}

/** A free path in the folder: an earlier conversation may have left videos there. */
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

/** The size of a file that is not saved here: the first progress of a download has it, and the rest is cancelled. */
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
    // The size is a courtesy; the reply goes out without it.
    if (!isNemoVideoError(error)) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  return size;
}

/** Undefined where the service offers none: a session that was opened by its id alone has no task. */
async function claimLink({ session, signal }: Turn): Promise<string | undefined> {
  if (session.taskId === undefined || isElsewhere(session)) return undefined;
  try {
    return (await session.claimLink({ signal })).href;
  } catch (error) {
    if (!isNemoVideoError(error)) throw error;
    signal.throwIfAborted();
    return undefined;
  }
}

/** Whether the project is on this machine, where the website cannot find it. */
function isElsewhere(session: Session): boolean {
  const { transport, webUrl } = session._context;
  return isLocal(transport.baseUrl) && !isLocal(webUrl);
}

function isLocal(address: string): boolean {
  return /^(?:localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0|.+\.(?:localhost|test|local))$/.test(
    new URL(address).hostname,
  );
}

function sizeInWords(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
