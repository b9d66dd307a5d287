import { platform } from '#platform';
import { decodeDraft, encodeDraft, Timeline } from '../draft/index.js';
import {
  type AgentQuestion,
  AwaitingInputError,
  isNemoVideoError,
  NetworkError,
  NothingToExportError,
  printable,
  RenderCancelledError,
  RenderFailedError,
  ResponseFormatError,
  RunError,
  RunInterruptedError,
  RunStalledError,
} from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import { checkDestination, type RenderJob } from '../render/index.js';
import type { QuestionAnswers, Run, RunOptions, RunResult } from '../run/index.js';
import type { DownloadDestination, MediaInput, Session } from '../session/index.js';
import { settleDraft } from '../session/settle.js';
import { checkUpload } from '../session/upload/upload.js';
import { abortable, pause, throwIfAborted } from '../transport/index.js';
import { estimatedPercent, percentOfWhole } from './percent.js';
import { Sentences } from './sentences.js';
import type { VideoCallbacks, VideoEvent, VideoPhase, VideoResult, VideoServices } from './video-request.js';
import type { VideoSnapshot } from './video-snapshot.js';
import { messageOf } from './wishes.js';

/** A video job with everything that it works with. */
export interface VideoWork {
  readonly services: VideoServices;
  readonly clock: Clock;
  readonly start: VideoSnapshot;
  readonly media: readonly MediaInput[] | undefined;
  readonly download: DownloadDestination | undefined;
  readonly sendAgain: boolean;
  readonly answers: QuestionAnswers | undefined;
  readonly onQuestion: VideoCallbacks['onQuestion'];
  readonly signal: AbortSignal;
  /** Keeps the snapshot; awaited. */
  readonly save: (snapshot: VideoSnapshot) => Promise<void>;
  readonly report: (event: VideoEvent) => void;
}

/**
 * The whole main job: session → upload → run → settle → render → download. Each step looks at the snapshot first and
 * does only what is left to do, so a fresh start and a resume are the same code.
 */
export class VideoSteps {
  readonly #work: VideoWork;
  readonly #begun: number;
  #snapshot: VideoSnapshot;
  #answers: QuestionAnswers | undefined;

  constructor(work: VideoWork) {
    this.#work = work;
    this.#answers = work.answers;
    this.#begun = work.clock.now();
    this.#snapshot = work.start;
  }

  /** Does what is left. */
  async run(): Promise<VideoResult> {
    const { download } = this.#work;
    if (download !== undefined) await checkDestination(download, 'download');
    const finished = await this.#finished();
    if (finished !== undefined) return finished;
    const session = await this.#session();
    await this.#upload(session);
    const text = await this.#message(session);
    const timeline = await this.#timeline(session, text);
    const { job, url } = await this.#rendered(session, timeline);
    const saved = await this.#download(job);
    return this.#finish({ sessionId: session.id, renderId: job.id, text, timeline, url, ...saved });
  }

  /** The result of a video that an earlier task finished, if its file is still there. */
  async #finished(): Promise<VideoResult | undefined> {
    const { result, session, render, text = '' } = this.#snapshot;
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
    const { session, uploaded, media, language } = this.#snapshot;
    // It is unknown which files of a broken upload arrived, and a second copy of one would be in the video twice:
    // sessions are free, so the upload starts in a new one.
    if (session !== undefined && (uploaded || media === undefined)) return services.openSession(session);
    // Before anything is sent: a file that cannot be used is the caller's to mend.
    if (this.#work.media !== undefined) await checkUpload(this.#work.media, signal);
    this.#report('session', 'Opening a session');
    const created = await services.createSession({ ...(language === undefined ? {} : { language }), signal });
    await this.#save({ session: created.toJSON(), uploaded: false });
    return created;
  }

  async #upload(session: Session): Promise<void> {
    const { media, signal } = this.#work;
    if (this.#snapshot.uploaded) return;
    let files: readonly string[] = [];
    if (media !== undefined) {
      this.#report('upload', `Uploading ${media.length} ${media.length === 1 ? 'file' : 'files'}`, {
        phasePercent: 0,
      });
      const uploaded = await session.upload([...media], {
        signal,
        onProgress: ({ loaded, total, file }) => {
          if (total !== undefined && total > 0) {
            this.#report('upload', `Uploading ${file}`, { phasePercent: (loaded / total) * 100 });
          }
        },
      });
      files = uploaded.map(({ name }) => name);
    }
    await this.#save({ uploaded: true, files, session: session.toJSON() });
  }

  /** Sends the message, or waits for the outcome of one that was sent; answers the questions of the agent. */
  async #message(session: Session): Promise<string> {
    let { text, question } = this.#snapshot;
    while (text === undefined) {
      const result =
        question === undefined ? await this.#outcome(session) : await this.#answer(session, question);
      question = result.question;
      // The agent stopped to ask: nothing was finished, and nothing is exported before it is answered.
      if (question !== undefined) await this.#save({ question }, 'run');
      else {
        text = result.displayText;
        await this.#save({ text });
      }
    }
    return text;
  }

  async #outcome(session: Session): Promise<RunResult> {
    const { services, signal, sendAgain } = this.#work;
    const { run: sent, prompt, wishes = {}, files = [] } = this.#snapshot;
    const send = (message: string): Promise<RunResult> =>
      this.#send((options) => session.run(message, options), {});
    if (sent === undefined) {
      this.#report('run', 'Sending the message');
      return send(messageOf(prompt, wishes, files));
    }
    try {
      this.#report('run', 'Looking for the outcome of the message');
      return await this.#listen(services.openRun(sent, { signal }));
    } catch (error) {
      const unchanged = error instanceof RunInterruptedError || error instanceof RunStalledError;
      if (!unchanged || !sendAgain) throw error;
      this.#report('run', 'The message had no effect; sending it again, as allowed');
      return send(sent.message);
    }
  }

  async #answer(session: Session, question: AgentQuestion): Promise<RunResult> {
    const { onQuestion, signal } = this.#work;
    this.#report('run', question.questions[0]?.prompt ?? question.title ?? 'The agent asks', { question });
    const given = this.#answers ?? onQuestion?.(question);
    // They belong to the question that the video waited for, and to no later one.
    this.#answers = undefined;
    const answers = await abortable(Promise.resolve(given), signal, { operation: 'video' });
    if (answers === undefined)
      throw new AwaitingInputError({ question, snapshot: this.#snapshot, sessionId: session.id });
    this.#report('run', 'Sending the answer');
    return this.#send((options) => session.answer(question, answers, options), { question });
  }

  /** Sends a message. `before` is what waited for it, and waits again if it never leaves. */
  async #send(
    start: (options: RunOptions) => Run,
    before: Pick<VideoSnapshot, 'question'>,
  ): Promise<RunResult> {
    const { signal } = this.#work;
    let left = false;
    const run = start({
      signal,
      onSend: async (snapshot) => {
        await this.#save({ run: snapshot }, 'question');
        throwIfAborted(signal, 'video');
        left = true;
      },
    });
    try {
      return await this.#listen(run);
    } catch (error) {
      // A later process must not wait for the outcome of a message that never left. If that cannot be stored, it does.
      const isStored = this.#snapshot.run !== undefined;
      if (isStored && (!left || neverArrived(error))) await this.#save(before, 'run').catch(() => {});
      throw error;
    }
  }

  async #listen(run: Run): Promise<RunResult> {
    const sentences = new Sentences();
    let reports = 0;
    const report = (message: string, more: { timeline?: Timeline } = {}): void => {
      reports += 1;
      this.#report('run', message, more, estimatedPercent(reports));
    };
    for await (const event of run) {
      if (event.type === 'text') for (const sentence of sentences.next(event.text)) report(sentence);
      else if (event.type === 'timeline') report('The timeline changed', { timeline: event.timeline });
      else if (event.type === 'still_working') report('Still working…');
      else if (event.type === 'recovering') report('The connection broke; looking for the outcome');
    }
    return run.result();
  }

  /** What is to be rendered. Where a render is running already, there is nothing left to settle. */
  async #timeline(session: Session, answer: string): Promise<Timeline> {
    const { signal } = this.#work;
    if (!this.#snapshot.render?.submitted) return this.#settle(session, answer);
    return this.#patiently(() => session.timeline({ signal }));
  }

  async #settle(session: Session, answer: string): Promise<Timeline> {
    const { clock, signal, services } = this.#work;
    this.#report('settle', 'Checking that the timeline is complete');
    const { state, settled } = await this.#patiently(() =>
      settleDraft(session, { settle: services.settle, clock, signal }, (changed) => {
        if (changed.timeline !== undefined) {
          this.#report('settle', 'The service continued with the timeline', { timeline: changed.timeline });
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
    this.#report('settle', message, { timeline });
    return timeline;
  }

  /** Renders, or waits for the render of an earlier task. One that has failed since or was cancelled is made anew. */
  async #rendered(session: Session, timeline: Timeline) {
    const earlier = this.#snapshot.render;
    try {
      return await this.#watch(await this.#render(session, timeline));
    } catch (error) {
      const isOver = error instanceof RenderFailedError || error instanceof RenderCancelledError;
      if (earlier === undefined || !isOver || this.#work.signal.aborted) throw error;
      await this.#save({}, 'render');
      return this.#watch(await this.#render(session, timeline));
    }
  }

  async #render(session: Session, timeline: Timeline): Promise<RenderJob> {
    const { services, clock, signal } = this.#work;
    const { render, output } = this.#snapshot;
    if (render?.submitted) return services.openRender(render, { signal });
    this.#report('render', 'Starting the render', { phasePercent: 0, timeline });
    const job = await this.#patiently(() =>
      session.export({
        // The service is asked for an id that may have been submitted before anything is submitted.
        ...(this.#snapshot.render === undefined ? {} : { id: this.#snapshot.render.id }),
        output,
        signal,
        onSubmit: ({ id }) =>
          this.#save({
            render: { version: 1, id, sessionId: session.id, startedAt: clock.now(), submitted: false },
          }),
      }),
    );
    await this.#save({ render: { ...job.toJSON(), submitted: true } });
    return job;
  }

  async #watch(job: RenderJob) {
    for await (const update of job) {
      this.#report(
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
    this.#report('download', 'Downloading', { phasePercent: 0 });
    return job.download(download, {
      signal,
      onProgress: ({ loaded, total }) => {
        if (total !== undefined && total > 0)
          this.#report('download', 'Downloading', { phasePercent: (loaded / total) * 100 });
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
    await this.#save({ result: { draft: encodeDraft(video.timeline.draft), ...found } });
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

  async #save(
    change: Partial<VideoSnapshot>,
    ...dropped: readonly ('run' | 'question' | 'render')[]
  ): Promise<void> {
    const clientId = this.#work.services.clientId();
    const next: { -readonly [K in keyof VideoSnapshot]: VideoSnapshot[K] } = {
      ...this.#snapshot,
      ...(clientId === undefined ? {} : { clientId }),
      ...change,
    };
    for (const field of dropped) delete next[field];
    this.#snapshot = next;
    await this.#work.save(next);
  }

  #reportDone({ path, timeline }: VideoResult): void {
    this.#report('done', path === undefined ? 'The video is ready' : `The video is in ${path}`, { timeline });
  }

  #report(
    phase: VideoPhase,
    message: string,
    more: { phasePercent?: number; timeline?: Timeline; question?: AgentQuestion } = {},
    phasePercent = more.phasePercent,
  ): void {
    const shown = more.phasePercent === undefined ? {} : { phasePercent: Math.floor(more.phasePercent) };
    // Names and questions are the service's words.
    const line = printable(message).replace(/\s*\n\s*/g, ' ');
    this.#work.report({
      phase,
      percent: percentOfWhole(phase, phasePercent),
      message: line,
      ...more,
      ...shown,
    });
  }
}

/** Whether the failure of a run proves that the service accepted no message. */
function neverArrived(error: unknown): boolean {
  if (!isNemoVideoError(error)) return false;
  // An error with the snapshot of a run means that the message may be at work; one of the network, that nothing was sent.
  const mayHave = error instanceof RunError || ('snapshot' in error && error.snapshot !== undefined);
  return error instanceof NetworkError || !mayHave;
}

/** How often in a row an answer may be unreadable: a proxy's page is gone soon, a draft of another form stays. */
const UNREADABLE_TOLERATED = 3;

/** Whether a failure says nothing about the work, only that the service could not be reached. */
function isAway(error: unknown, failures: number): boolean {
  if (error instanceof ResponseFormatError) return failures < UNREADABLE_TOLERATED;
  return isNemoVideoError(error) && error.retryable;
}
