import { platform } from '#platform';
import { decodeDraft, encodeDraft, Timeline } from '../draft/index.js';
import {
  isNemoVideoError,
  NothingToExportError,
  RenderCancelledError,
  RenderFailedError,
  ResponseFormatError,
} from '../errors/index.js';
import { checkDestination, type RenderJob } from '../render/index.js';
import type { Session } from '../session/index.js';
import { settleDraft } from '../session/settle.js';
import { checkUpload } from '../session/upload/upload.js';
import { pause } from '../transport/index.js';
import { MessageStep } from './message-step.js';
import { VideoRecord, type VideoWork } from './video-record.js';
import type { VideoResult } from './video-request.js';

/**
 * The whole main job: session → upload → run → settle → render → download. Each step looks at the snapshot first and
 * does only what is left to do, so a fresh start and a resume are the same code.
 */
export class VideoSteps {
  readonly #work: VideoWork;
  readonly #begun: number;
  readonly #record: VideoRecord;

  constructor(work: VideoWork) {
    this.#work = work;
    this.#begun = work.clock.now();
    this.#record = new VideoRecord(work);
  }

  /** Does what is left. */
  async run(): Promise<VideoResult> {
    const { download } = this.#work;
    if (download !== undefined) await checkDestination(download, 'download');
    const finished = await this.#finished();
    if (finished !== undefined) return finished;
    const session = await this.#session();
    await this.#upload(session);
    const text = await new MessageStep(this.#work, this.#record).answered(session);
    const timeline = await this.#timeline(session, text);
    const { job, url } = await this.#rendered(session, timeline);
    const saved = await this.#download(job);
    return this.#finish({ sessionId: session.id, renderId: job.id, text, timeline, url, ...saved });
  }

  /** The result of a video that an earlier task finished, if its file is still there. */
  async #finished(): Promise<VideoResult | undefined> {
    const { result, session, render, text = '' } = this.#record.snapshot;
    if (result === undefined || session === undefined || render === undefined) return undefined;
    const { download } = this.#work;
    const { draft, ...facts } = result;
    const video = {
      sessionId: session.sessionId,
      renderId: render.id,
      text,
      timeline: new Timeline(decodeDraft(draft)),
      ...facts,
    };
    const isThere =
      typeof download === 'string'
        ? result.path === download && (await platform.files?.facts(download))?.size === result.bytes
        : download === undefined;
    if (isThere) {
      this.#reportDone(video);
      return video;
    }
    const saved = await this.#download(this.#work.services.openRender(render, { signal: this.#work.signal }));
    return this.#finish({ ...video, url: result.url, ...saved });
  }

  async #session(): Promise<Session> {
    const { services, signal } = this.#work;
    const { session, uploaded, media, language } = this.#record.snapshot;
    // It is unknown which files of a broken upload arrived, and a second copy of one would be in the video twice:
    // sessions are free, so the upload starts in a new one.
    if (session !== undefined && (uploaded || media === undefined)) return services.openSession(session);
    // Before anything is sent: a file that cannot be used is the caller's to mend.
    if (this.#work.media !== undefined) await checkUpload(this.#work.media, signal);
    this.#record.report('session', 'Opening a session');
    const created = await services.createSession({ ...(language === undefined ? {} : { language }), signal });
    await this.#record.save({ session: created.toJSON(), uploaded: false });
    return created;
  }

  async #upload(session: Session): Promise<void> {
    const { media, signal } = this.#work;
    if (this.#record.snapshot.uploaded) return;
    let files: readonly string[] = [];
    if (media !== undefined) {
      this.#record.report('upload', `Uploading ${media.length} ${media.length === 1 ? 'file' : 'files'}`, {
        phasePercent: 0,
      });
      const uploaded = await session.upload([...media], {
        signal,
        onProgress: ({ loaded, total, file }) => {
          if (total !== undefined && total > 0) {
            this.#record.report('upload', `Uploading ${file}`, { phasePercent: (loaded / total) * 100 });
          }
        },
      });
      files = uploaded.map(({ name }) => name);
    }
    await this.#record.save({ uploaded: true, files, session: session.toJSON() });
  }

  /** What is to be rendered. Where a render is running already, there is nothing left to settle. */
  async #timeline(session: Session, answer: string): Promise<Timeline> {
    const { signal } = this.#work;
    if (!this.#record.snapshot.render?.submitted) return this.#settle(session, answer);
    return this.#patiently(() => session.timeline({ signal }));
  }

  async #settle(session: Session, answer: string): Promise<Timeline> {
    const { clock, signal, services } = this.#work;
    this.#record.report('settle', 'Checking that the timeline is complete');
    const { state, settled } = await this.#patiently(() =>
      settleDraft(session, { settle: services.settle, clock, signal }, (changed) => {
        if (changed.timeline !== undefined) {
          this.#record.report('settle', 'The service continued with the timeline', {
            timeline: changed.timeline,
          });
        }
      }),
    );
    const { timeline } = state;
    if (timeline === undefined || !timeline.isExportable()) {
      throw new NothingToExportError({ sessionId: session.id, answer });
    }
    const message = settled
      ? 'The timeline is complete'
      : 'The timeline is still changing; rendering it as it is';
    this.#record.report('settle', message, { timeline });
    return timeline;
  }

  /** Renders, or waits for the render of an earlier task. One that has failed since or was cancelled is made anew. */
  async #rendered(session: Session, timeline: Timeline) {
    const earlier = this.#record.snapshot.render;
    try {
      return await this.#watch(await this.#render(session, timeline));
    } catch (error) {
      const isOver = error instanceof RenderFailedError || error instanceof RenderCancelledError;
      if (earlier === undefined || !isOver || this.#work.signal.aborted) throw error;
      await this.#record.save({}, 'render');
      return this.#watch(await this.#render(session, timeline));
    }
  }

  async #render(session: Session, timeline: Timeline): Promise<RenderJob> {
    const { services, clock, signal } = this.#work;
    const { render, output } = this.#record.snapshot;
    if (render?.submitted) return services.openRender(render, { signal });
    this.#record.report('render', 'Starting the render', { phasePercent: 0, timeline });
    const job = await this.#patiently(() =>
      session.export({
        // The service is asked for an id that may have been submitted before anything is submitted.
        ...(this.#record.snapshot.render === undefined ? {} : { id: this.#record.snapshot.render.id }),
        output,
        signal,
        onSubmit: ({ id }) =>
          this.#record.save({
            render: { version: 1, id, sessionId: session.id, startedAt: clock.now(), submitted: false },
          }),
      }),
    );
    await this.#record.save({ render: { ...job.toJSON(), submitted: true } });
    return job;
  }

  async #watch(job: RenderJob) {
    for await (const update of job) {
      this.#record.report(
        'render',
        update.status === 'queued' ? 'Waiting for another render of the session' : 'Rendering',
        update.progress === undefined ? {} : { phasePercent: update.progress },
      );
    }
    const { url } = await job.result();
    return { job, url };
  }

  async #download(job: RenderJob) {
    const { download, signal } = this.#work;
    if (download === undefined) return undefined;
    this.#record.report('download', 'Downloading', { phasePercent: 0 });
    return job.download(download, {
      signal,
      onProgress: ({ loaded, total }) => {
        if (total !== undefined && total > 0)
          this.#record.report('download', 'Downloading', { phasePercent: (loaded / total) * 100 });
      },
    });
  }

  async #finish(video: Omit<VideoResult, 'elapsedMs' | 'url'> & { readonly url: string | undefined }) {
    const { url, path, bytes, ...facts } = video;
    const elapsedMs = this.#work.clock.now() - this.#begun;
    const found = {
      ...(url === undefined ? {} : { url }),
      ...(path === undefined ? {} : { path }),
      ...(bytes === undefined ? {} : { bytes }),
      elapsedMs,
    };
    await this.#record.save({ result: { draft: encodeDraft(video.timeline.draft), ...found } });
    const result: VideoResult = { ...facts, ...found };
    this.#reportDone(result);
    return result;
  }

  /**
   * Repeats reads that fail because the service is away, as the polls of a render are repeated: behind a step that was
   * paid for, a few bad minutes must not end the job.
   */
  async #patiently<T>(read: () => Promise<T>): Promise<T> {
    const { clock, signal, services } = this.#work;
    const { minMs, maxMs, limitMs } = services.patience;
    const until = clock.now() + limitMs;
    for (let failures = 0; ; failures += 1) {
      try {
        return await read();
      } catch (error) {
        if (signal.aborted || !isAway(error, failures) || clock.now() >= until) throw error;
        const wished = Math.min(maxMs, minMs * 2 ** failures);
        await pause(clock, Math.min(wished, until - clock.now()), signal, 'video');
      }
    }
  }

  #reportDone({ path, timeline }: VideoResult): void {
    this.#record.report('done', path === undefined ? 'The video is ready' : `The video is in ${path}`, {
      timeline,
    });
  }
}

/** How often in a row an answer may be unreadable: a proxy's page is gone soon, a draft of another form stays. */
const UNREADABLE_TOLERATED = 3;

/** Whether a failure says nothing about the work, only that the service could not be reached. */
function isAway(error: unknown, failures: number): boolean {
  if (error instanceof ResponseFormatError) return failures < UNREADABLE_TOLERATED;
  return isNemoVideoError(error) && error.retryable;
}
