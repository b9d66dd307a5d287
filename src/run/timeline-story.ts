import { decodeDraft, diffTimelines, Timeline, type TimelineChange } from '../draft/index.js';
import { ResponseFormatError, type RunBaseline } from '../errors/index.js';
import type { RunEvent, TimelineStage } from './events.js';
import { sameJson } from './json-compare.js';

/** The timeline before the message, what became of it, and what of that has been passed on as events. */
export class TimelineStory {
  readonly #tell: (event: RunEvent) => void;
  readonly #beforeJson: unknown;
  /** Decoded when first needed: most runs never compare. */
  #before: Timeline | undefined;
  #nowJson: unknown;
  #now: Timeline | undefined;
  #fromStream = false;
  /** Whether this run put the first pictures on the timeline, so that what follows is the second stage. */
  #clipped = false;

  constructor(before: RunBaseline | null, tell: (event: RunEvent) => void) {
    this.#tell = tell;
    this.#beforeJson = before?.draft ?? null;
    this.#nowJson = this.#beforeJson;
  }

  /** The timeline as it is now, if the stream or a state showed it. */
  get now(): Timeline | undefined {
    return this.#now;
  }

  /** Whether the stream showed the timeline, so that no state need be read to know it. */
  get fromStream(): boolean {
    return this.#fromStream;
  }

  /** Since before the message. */
  get changes(): readonly TimelineChange[] {
    return this.#now === undefined ? [] : diffTimelines(this.#beforeTimeline(), this.#now);
  }

  /** A draft from the stream. False when it cannot be a draft. */
  take(draft: unknown, raw: unknown): boolean {
    const taken = this.#move(draft, raw, true);
    this.#fromStream ||= taken;
    return taken;
  }

  /** The draft of a state that was read: an event only if it differs. False when it cannot be a draft. */
  adopt(draft: unknown, raw: unknown): boolean {
    if (draft === null && this.#nowJson === null) return true;
    return this.#move(draft, raw, !sameJson(draft, this.#nowJson));
  }

  #move(draft: unknown, raw: unknown, tell: boolean): boolean {
    const next = readTimeline(draft);
    if (next === undefined) return false;
    const last = this.#now ?? this.#beforeTimeline();
    this.#nowJson = draft;
    this.#now = next;
    if (!tell) return true;
    const stage = this.#stage(last, next);
    const changes = diffTimelines(last, next);
    this.#tell({ type: 'timeline', timeline: next, changes, ...(stage && { stage }), raw });
    return true;
  }

  #stage(last: Timeline, next: Timeline): TimelineStage | undefined {
    if (this.#clipped) return 'finish';
    this.#clipped = !hasPictures(last) && hasPictures(next);
    return this.#clipped ? 'clip' : undefined;
  }

  /** One that cannot be decoded is taken for empty: the state before must not keep a message from being sent. */
  #beforeTimeline(): Timeline {
    this.#before ??= readTimeline(this.#beforeJson) ?? new Timeline(decodeDraft({}));
    return this.#before;
  }
}

function hasPictures({ tracks }: Timeline): boolean {
  return tracks.some(({ kind, segments }) => kind === 'video' && segments.length > 0);
}

function readTimeline(draft: unknown): Timeline | undefined {
  try {
    return new Timeline(decodeDraft(draft ?? {}));
  } catch (error) {
    if (error instanceof ResponseFormatError) return undefined;
    throw error;
  }
}
