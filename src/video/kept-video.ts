import { sameJson } from '../draft/same-json.js';
import { CheckpointConflictError, OptionError } from '../errors/index.js';
import type { QuestionAnswers } from '../run/index.js';
import type { Checkpoint } from './checkpoints.js';
import { checkAnswers, checkVideoSnapshot, type VideoSnapshot } from './video-snapshot.js';

/** What makes two requests the same video: not where it is saved, nor the callbacks. */
const SAME = ['prompt', 'wishes', 'media', 'output', 'language'] as const;

/** A video as its checkpoint keeps it, for one process. */
export class KeptVideo {
  readonly #checkpoint: Checkpoint;
  #version: string | undefined;
  #saving: Promise<void> = Promise.resolve();
  readonly snapshot: VideoSnapshot;

  /**
   * Takes the video over: a process that had it before fails with its next save, before it sends anything more.
   * @param isNew whether `start` is a request; else it must be what is kept.
   * @param answers those of the caller. After a message was sent, they are accepted though no question waits: a queue
   * repeats a job with what it knows.
   * @throws {@link OptionError} when the id is that of another request, and for answers to nothing that is asked.
   * @throws {@link CheckpointConflictError} when another process takes it over at the same moment, or has continued it.
   */
  static async open(
    checkpoint: Checkpoint,
    start: VideoSnapshot,
    isNew: boolean,
    answers: QuestionAnswers | undefined,
  ): Promise<KeptVideo> {
    const { store, id } = checkpoint;
    const loaded = await store.load(id);
    const kept = loaded === undefined ? start : checkVideoSnapshot(loaded.snapshot);
    const wasSent = kept.run !== undefined || kept.text !== undefined;
    if (answers !== undefined && !wasSent) checkAnswers(kept, answers);
    if (loaded === undefined) return KeptVideo.#take(checkpoint, start, undefined);
    if (!isNew) {
      if (!sameJson(kept, start)) throw new CheckpointConflictError({ id });
      return KeptVideo.#take(checkpoint, start, loaded.version);
    }
    const other = SAME.find((field) => !sameJson(kept[field], start[field]));
    if (other !== undefined) {
      // Of a request that was refused before anything was sent, nothing is worth keeping.
      if (kept.session === undefined) return KeptVideo.#take(checkpoint, start, loaded.version);
      throw new OptionError({
        field: 'checkpoint.id',
        accepted: `of the same request, and ${JSON.stringify(id)} is kept with another \`${other}\``,
        hint: 'Choose another id, or delete this one from the store to begin anew.',
      });
    }
    const { download, ...rest } = kept;
    const moved = start.download ?? download;
    return KeptVideo.#take(
      checkpoint,
      { ...rest, ...(moved === undefined ? {} : { download: moved }) },
      loaded.version,
    );
  }

  static async #take(
    checkpoint: Checkpoint,
    snapshot: VideoSnapshot,
    version: string | undefined,
  ): Promise<KeptVideo> {
    const kept = new KeptVideo(checkpoint, snapshot, version);
    // A finished video is only read.
    if (snapshot.result === undefined) await kept.save(snapshot);
    return kept;
  }

  private constructor(checkpoint: Checkpoint, snapshot: VideoSnapshot, version: string | undefined) {
    this.#checkpoint = checkpoint;
    this.#version = version;
    this.snapshot = snapshot;
  }

  /** @throws {@link CheckpointConflictError} when another process has taken the video over. */
  save(snapshot: VideoSnapshot): Promise<void> {
    const { store, id } = this.#checkpoint;
    // One after the other: an aborted step may save while its last save is still being written.
    const saved = this.#saving.then(async () => {
      this.#version = await store.save(id, snapshot, this.#version);
    });
    this.#saving = saved.catch(() => {});
    return saved;
  }
}
