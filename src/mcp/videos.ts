import { redact } from '../errors/index.js';
import {
  AwaitingInputError,
  CheckpointConflictError,
  type CheckpointStore,
  isNemoVideoError,
  type NemoVideo,
  OptionError,
  OutcomeUnknownError,
  type QuestionAnswers,
  type RenderOutput,
  RunInterruptedError,
  RunStalledError,
  type Session,
  type UploadedMedia,
  type UploadOptions,
  type VideoContinuation,
  type VideoEvent,
  type VideoTask,
  type VideoWishes,
} from '../index.js';
import { allowedMedia, type MediaFolder } from './media-folder.js';
import {
  type Mark,
  type MarkedSnapshot,
  markOf,
  runningState,
  storedState,
  type VideoState,
} from './video-state.js';

/** What to make. */
export interface VideoWish extends VideoWishes {
  readonly prompt: string;
  /** Paths in the folder, and addresses. */
  readonly media: readonly string[];
}

/** A video at which this process works. */
interface Work {
  readonly task: VideoTask;
  /** Resolves when the task has ended and its checkpoint says how. */
  readonly ended: Promise<void>;
  last?: VideoEvent;
  timeline?: string | undefined;
  /** Called with every event. */
  readonly watchers: Set<(event: VideoEvent) => void>;
}

/** A video as its checkpoint has it. */
interface Kept {
  readonly snapshot: MarkedSnapshot;
  readonly version: string;
}

/** What videos are made with. */
export interface VideosFacts {
  readonly client: NemoVideo;
  readonly store: CheckpointStore;
  /** At work in this process, by their ids. Shared by all servers of a client. */
  readonly working: Map<string, Work>;
  readonly folder: MediaFolder | undefined;
  /** Ends the work of this process; the checkpoints stay. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Videos by their ids. Each is one checkpoint, from which any process continues; a later message or export is written
 * into it as work that is left to do. So nothing but the tasks of this moment is in memory.
 */
export class Videos {
  readonly #facts: VideosFacts;

  constructor(facts: VideosFacts) {
    this.#facts = facts;
  }

  /** Starts a video. When its id is returned, it is kept. */
  async start({ prompt, media, ...wishes }: VideoWish): Promise<string> {
    const { client, folder, store } = this.#facts;
    const id = crypto.randomUUID();
    const allowed = await allowedMedia(folder, media);
    const request = {
      ...wishes,
      prompt,
      ...(allowed.length > 0 && { media: allowed }),
      ...(folder && { download: await folder.freePath(id) }),
    };
    // Not started: it is opened from what is kept, as after a restart.
    const snapshot = client.createVideo(request).toJSON();
    await store.save(id, snapshot, undefined);
    await this.#work(id, snapshot);
    return id;
  }

  /** How far a video is. One that a killed process left is continued. */
  async state(id: string): Promise<VideoState> {
    const work = this.#facts.working.get(id);
    if (work !== undefined) return runningState(id, work.last, work.timeline);
    const { snapshot } = await this.#load(id);
    const stored = storedState(id, snapshot);
    if (stored === undefined) return this.#work(id, snapshot);
    if (stored.status !== 'completed' || stored.timeline !== undefined) return stored;
    // Of a message: nothing was rendered, so the timeline is not in the checkpoint. The answer is worth more.
    const timeline = await (await this.session(id)).timeline().catch(() => undefined);
    return { ...stored, timeline: timeline?.toString() };
  }

  /** The same, when it is not running any more or the signal aborts. */
  async wait(id: string, signal: AbortSignal, watch: (event: VideoEvent) => void): Promise<VideoState> {
    const state = await this.state(id);
    const work = this.#facts.working.get(id);
    if (work === undefined || signal.aborted) return state;
    const over = new AbortController();
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { signal: over.signal });
    });
    work.watchers.add(watch);
    await Promise.race([work.ended, aborted]);
    work.watchers.delete(watch);
    over.abort();
    return this.state(id);
  }

  /** Answers the question that a video waits with, and continues it. */
  async answer(id: string, answers: QuestionAnswers): Promise<VideoState> {
    const { snapshot } = await this.#idle(id);
    if (storedState(id, snapshot)?.status !== 'awaiting_input')
      throw new OptionError({ field: 'id', accepted: 'the id of a video whose status is awaiting_input' });
    return this.#work(id, snapshot, { answers });
  }

  /** Ends a video that is not finished; what was paid for is kept. */
  async cancel(id: string): Promise<VideoState> {
    const work = this.#facts.working.get(id);
    if (work !== undefined) {
      await work.task.cancel();
      await work.ended;
    }
    const { snapshot } = await this.#load(id);
    const stored = storedState(id, snapshot);
    if (stored === undefined || stored.status === 'awaiting_input')
      await this.#mark(id, { status: 'cancelled', message: `Cancelled. ${RESUME}` });
    return this.state(id);
  }

  /** Continues a video that failed or was cancelled. */
  async resume(id: string, sendAgain: boolean): Promise<VideoState> {
    const { snapshot, version } = await this.#idle(id);
    const { ended, ...mark } = markOf(snapshot);
    if (ended === undefined) return this.state(id);
    const next = { ...snapshot, mcp: mark };
    await this.#facts.store.save(id, next, version);
    return this.#work(id, next, { sendAgain });
  }

  /** Sends a further message in the session of a video. */
  async send(id: string, message: string): Promise<VideoState> {
    const { snapshot, version } = await this.#settled(id);
    const { run, text, render, result, wishes, files, mcp, ...rest } = snapshot;
    const next: MarkedSnapshot = { ...rest, prompt: message, mcp: { only: 'message' } };
    await this.#facts.store.save(id, next, version);
    return this.#work(id, next);
  }

  /** Renders the timeline of a video, as it is now, to a new file. */
  async export(id: string, output: Partial<RenderOutput>): Promise<VideoState> {
    const { folder, store } = this.#facts;
    const { snapshot, version } = await this.#settled(id);
    const { run, render, result, mcp, text = '', ...rest } = snapshot;
    const next: MarkedSnapshot = {
      ...rest,
      text,
      output: { ...snapshot.output, ...output },
      ...(folder && { download: await folder.freePath(id) }),
    };
    await store.save(id, next, version);
    return this.#work(id, next);
  }

  /**
   * The session of a video.
   * @throws OptionError when it has none yet.
   */
  async session(id: string): Promise<Session> {
    const { session } = this.#facts.working.get(id)?.task.toJSON() ?? (await this.#load(id)).snapshot;
    if (session !== undefined) return this.#facts.client.sessions.open(session);
    throw new OptionError({
      field: 'id',
      accepted: 'that of a video that has a session',
      hint: 'Ask get_video until its percent is more than 0.',
    });
  }

  /** Uploads files of the folder, or addresses, to the session of a video at which nothing works. */
  async upload(id: string, media: readonly string[], options: UploadOptions): Promise<UploadedMedia[]> {
    const allowed = await allowedMedia(this.#facts.folder, media);
    await this.#idle(id);
    return (await this.session(id)).upload(allowed, options);
  }

  async #load(id: string): Promise<Kept> {
    const kept = await this.#facts.store.load(id);
    if (kept !== undefined) return kept;
    throw new OptionError({
      field: 'id',
      accepted: 'an id that start_video returned',
      hint: 'Start a video with start_video.',
    });
  }

  /** A video at which nothing works. */
  async #idle(id: string): Promise<Kept> {
    const kept = await this.#load(id);
    if (!this.#facts.working.has(id)) return kept;
    throw new OptionError({
      field: 'id',
      accepted: 'that of a video that is not running',
      hint: 'Wait for it with get_video, or end it with cancel_video.',
    });
  }

  /** One whose session can take a new message or render: it ended in some way, and no question waits. */
  async #settled(id: string): Promise<Kept> {
    const kept = await this.#idle(id);
    const { snapshot } = kept;
    const status = storedState(id, snapshot)?.status ?? 'running';
    if (status !== 'awaiting_input' && status !== 'running' && snapshot.session && snapshot.uploaded)
      return kept;
    throw new OptionError({
      field: 'id',
      accepted: `that of a video whose message was sent and answered, and this one is ${status}`,
      hint: status === 'awaiting_input' ? 'Answer with answer_question.' : RESUME,
    });
  }

  /** Begins to work at a video, unless another call has begun meanwhile. */
  async #work(
    id: string,
    snapshot: MarkedSnapshot,
    continuation: VideoContinuation = {},
  ): Promise<VideoState> {
    const { client, store, working, folder, signal } = this.#facts;
    // Checked again: the server may have another folder by now, and a link another end.
    const names = snapshot.uploaded ? [] : (snapshot.media ?? []);
    const media = await allowedMedia(
      folder,
      names.filter((name) => name !== null),
    );
    if (working.has(id)) return this.state(id);
    const answered = new AbortController();
    const watchers: Work['watchers'] = new Set();
    const task = client.openVideo(snapshot, {
      ...continuation,
      ...(media.length > 0 && { media }),
      checkpoint: { store, id },
      signal: signal === undefined ? answered.signal : AbortSignal.any([signal, answered.signal]),
      onProgress: (event) => {
        work.last = event;
        work.timeline = event.timeline?.toString() ?? work.timeline;
        for (const watch of watchers) watch(event);
      },
      onCheckpoint: ({ text }) => {
        if (markOf(snapshot).only === 'message' && text !== undefined) answered.abort();
      },
    });
    const work: Work = { task, watchers, ended: this.#follow(id, task) };
    working.set(id, work);
    return runningState(id, work.last, work.timeline);
  }

  /** Awaits a task, which starts it, and notes how it ended. Never rejects. */
  async #follow(id: string, task: VideoTask): Promise<void> {
    try {
      await task;
    } catch (error) {
      // The checkpoint knows; what was aborted or is another process' continues from there.
      const isKept = error instanceof AwaitingInputError || error instanceof CheckpointConflictError;
      if (!isKept && task.status !== 'cancelled')
        // Where that cannot be kept, the next look continues the video, and fails again.
        await this.#mark(id, { status: 'failed', message: failureOf(error) }).catch(() => {});
    } finally {
      this.#facts.working.delete(id);
    }
  }

  async #mark(id: string, ended: NonNullable<Mark['ended']>): Promise<void> {
    const { store } = this.#facts;
    const kept = await store.load(id);
    if (kept === undefined) return;
    const marked: MarkedSnapshot = { ...kept.snapshot, mcp: { ...markOf(kept.snapshot), ended } };
    await store.save(id, marked, kept.version);
  }
}

const RESUME = 'resume_video continues it; nothing is paid for twice.';
const RESUME_UNCLEAR =
  'resume_video looks for the outcome once more; only with sendAgain it sends the message again, which may be paid for twice.';

/** Why a video failed, and what to do. */
function failureOf(error: unknown): string {
  const unclear =
    error instanceof RunInterruptedError ||
    error instanceof RunStalledError ||
    error instanceof OutcomeUnknownError;
  return unclear ? `${error.message}. ${RESUME_UNCLEAR}` : `${reasonOf(error)} ${RESUME}`;
}

/** An error in words: what happened, and its hint. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const sentence = /[.!?]$/.test(text) ? text : `${text}.`;
  return redact(isNemoVideoError(error) ? `${sentence} ${error.hint}` : sentence);
}
