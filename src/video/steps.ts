import type { Timeline } from '../draft/index.js';
import {
  AbortError,
  NothingToExportError,
  RunError,
  RunInterruptedError,
  RunStalledError,
} from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import { checkDestination, type RenderJob } from '../render/index.js';
import type { Run } from '../run/index.js';
import type { DownloadDestination, MediaInput, Session } from '../session/index.js';
import { settleDraft } from '../session/settle.js';
import { checkUpload } from '../session/upload/upload.js';
import type { VideoEvent, VideoPhase, VideoResult, VideoServices } from './contract.js';
import { estimatedPercent, percentOfWhole } from './progress.js';
import { Sentences } from './sentences.js';
import type { VideoSnapshot } from './snapshot.js';

/** A video job, complete: where it stands, and with what it goes on. */
export interface VideoWork {
  readonly services: VideoServices;
  readonly clock: Clock;
  readonly start: VideoSnapshot;
  readonly media: readonly MediaInput[] | undefined;
  readonly download: DownloadDestination | undefined;
  readonly sendAgain: boolean;
  readonly signal: AbortSignal;
  /** Keeps the snapshot; awaited. */
  readonly checkpoint: (snapshot: VideoSnapshot) => Promise<void>;
  readonly tell: (event: VideoEvent) => void;
}

/**
 * The whole main job: session → upload → run → settle → render → download. Each step looks at the snapshot first and
 * does only what is left to do, so a fresh start and a resume are the same code.
 */
export class VideoSteps {
  readonly #work: VideoWork;
  #snapshot: VideoSnapshot;

  constructor(work: VideoWork) {
    this.#work = work;
    this.#snapshot = work.start;
  }

  /** Does what is left. */
  async run(): Promise<VideoResult> {
    const { clock, download } = this.#work;
    const begun = clock.now();
    if (download !== undefined) await checkDestination(download, 'download');
    const session = await this.#session();
    await this.#upload(session);
    const text = await this.#message(session);
    const timeline = await this.#timeline(session, text);
    const job = await this.#render(session, timeline);
    const rendered = await this.#watch(job);
    const saved = await this.#download(job);
    this.#tell('done', saved?.path === undefined ? 'The video is ready' : `The video is in ${saved.path}`, {
      timeline,
    });
    return {
      sessionId: session.id,
      renderId: job.id,
      text,
      timeline,
      ...(rendered.url === undefined ? {} : { url: rendered.url }),
      ...(saved?.path === undefined ? {} : { path: saved.path }),
      ...(saved === undefined ? {} : { bytes: saved.bytes }),
      elapsedMs: clock.now() - begun,
    };
  }

  async #session(): Promise<Session> {
    const { services, signal } = this.#work;
    const { session, uploaded, media, language } = this.#snapshot;
    // Nobody knows which files of a broken upload arrived, and a second copy of one would be in the video twice:
    // sessions are free, so a new one is taken.
    if (session !== undefined && (uploaded || media === undefined)) return services.openSession(session);
    // Before anything is sent: a file that cannot be used is the person's to mend.
    if (this.#work.media !== undefined) await checkUpload(this.#work.media, signal);
    this.#tell('session', 'Opening a session');
    const created = await services.createSession({ ...(language === undefined ? {} : { language }), signal });
    await this.#save({ session: created.toJSON(), uploaded: false });
    return created;
  }

  async #upload(session: Session): Promise<void> {
    const { media, signal } = this.#work;
    if (this.#snapshot.uploaded) return;
    if (media !== undefined) {
      this.#tell('upload', `Uploading ${media.length} ${media.length === 1 ? 'file' : 'files'}`, {
        phasePercent: 0,
      });
      await session.upload([...media], {
        signal,
        onProgress: ({ loaded, total, file }) => {
          if (total !== undefined && total > 0) {
            this.#tell('upload', `Uploading ${file}`, { phasePercent: (loaded / total) * 100 });
          }
        },
      });
    }
    await this.#save({ uploaded: true, session: session.toJSON() });
  }

  /** Sends the message, or waits for the outcome of one that was sent. */
  async #message(session: Session): Promise<string> {
    const { services, signal, sendAgain } = this.#work;
    const { text, run: sent, prompt } = this.#snapshot;
    if (text !== undefined) return text;
    if (sent !== undefined) {
      try {
        this.#tell('run', 'Looking for the outcome of the message');
        return await this.#listen(services.openRun(sent, { signal }));
      } catch (error) {
        const unchanged = error instanceof RunInterruptedError || error instanceof RunStalledError;
        if (!unchanged || !sendAgain) throw error;
        this.#tell('run', 'Nothing came of the message: sending it again, as allowed');
      }
    } else {
      this.#tell('run', 'Sending the message');
    }
    const run = session.run(prompt, { signal, onSend: (snapshot) => this.#save({ run: snapshot }) });
    return this.#listen(run).catch(async (error: unknown) => {
      // Who goes on later must not wait for the outcome of a message that never left.
      if (!mayHaveArrived(error)) await this.#forgetMessage();
      throw error;
    });
  }

  async #listen(run: Run): Promise<string> {
    const sentences = new Sentences();
    let told = 0;
    const tell = (message: string, more: { timeline?: Timeline } = {}): void => {
      told += 1;
      this.#tell('run', message, more, estimatedPercent(told));
    };
    for await (const event of run) {
      if (event.type === 'text') for (const sentence of sentences.next(event.text)) tell(sentence);
      else if (event.type === 'timeline') tell('The timeline changed', { timeline: event.timeline });
      else if (event.type === 'still_working') tell('Still working…');
      else if (event.type === 'recovering') tell('The connection broke; looking for what came of it');
    }
    const { displayText } = await run.result();
    await this.#save({ text: displayText });
    return displayText;
  }

  /** What is to be rendered. Where a render is under way already, nothing has to settle any more. */
  async #timeline(session: Session, answer: string): Promise<Timeline> {
    const { signal } = this.#work;
    return this.#snapshot.render?.submitted ? session.timeline({ signal }) : this.#settle(session, answer);
  }

  async #settle(session: Session, answer: string): Promise<Timeline> {
    this.#tell('settle', 'Checking that the timeline is complete');
    const { state, settled } = await settleDraft(session, this.#work.clock, this.#work.signal, (changed) => {
      if (changed.timeline !== undefined) {
        this.#tell('settle', 'The service went on with the timeline', { timeline: changed.timeline });
      }
    });
    const { timeline } = state;
    if (timeline === undefined || !timeline.isExportable()) {
      throw new NothingToExportError({ sessionId: session.id, answer });
    }
    this.#tell(
      'settle',
      settled ? 'The timeline is complete' : 'The timeline still changes; it is taken as it is',
      {
        timeline,
      },
    );
    return timeline;
  }

  async #render(session: Session, timeline: Timeline): Promise<RenderJob> {
    const { services, signal } = this.#work;
    const { render, output } = this.#snapshot;
    if (render?.submitted) return services.openRender(render, { signal });
    this.#tell('render', 'Starting the render', { phasePercent: 0, timeline });
    const job = await session.export({
      // An id that an earlier process may have submitted is asked for before anything is submitted.
      ...(render === undefined ? {} : { id: render.id }),
      output,
      signal,
      onSubmit: ({ id }) =>
        this.#save({
          render: {
            version: 1,
            id,
            sessionId: session.id,
            startedAt: this.#work.clock.now(),
            submitted: false,
          },
        }),
    });
    await this.#save({ render: { ...job.toJSON(), submitted: true } });
    return job;
  }

  async #watch(job: RenderJob) {
    for await (const update of job) {
      this.#tell(
        'render',
        update.status === 'queued' ? 'Waiting for another render of the session' : 'Rendering',
        update.progress === undefined ? {} : { phasePercent: update.progress },
      );
    }
    return job.result();
  }

  async #download(job: RenderJob) {
    const { download, signal } = this.#work;
    if (download === undefined) return undefined;
    this.#tell('download', 'Downloading', { phasePercent: 0 });
    return job.download(download, {
      signal,
      onProgress: ({ loaded, total }) => {
        if (total !== undefined && total > 0)
          this.#tell('download', 'Downloading', { phasePercent: (loaded / total) * 100 });
      },
    });
  }

  async #save(change: Partial<VideoSnapshot>): Promise<void> {
    const clientId = this.#work.services.clientId();
    this.#snapshot = { ...this.#snapshot, ...(clientId === undefined ? {} : { clientId }), ...change };
    await this.#work.checkpoint(this.#snapshot);
  }

  async #forgetMessage(): Promise<void> {
    const { run, ...others } = this.#snapshot;
    this.#snapshot = others;
    if (run !== undefined) await this.#work.checkpoint(others);
  }

  #tell(
    phase: VideoPhase,
    message: string,
    more: { phasePercent?: number; timeline?: Timeline } = {},
    phasePercent = more.phasePercent,
  ): void {
    this.#work.tell({ phase, percent: percentOfWhole(phase, phasePercent), message, ...more });
  }
}

/** Whether the service may be at work on a message whose run failed so: then the error tells with which to ask for it. */
function mayHaveArrived(error: unknown): boolean {
  return error instanceof RunError || (error instanceof AbortError && error.snapshot !== undefined);
}
