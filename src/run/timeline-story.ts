import {
  decodeDraft,
  diffTimelines,
  draftJson,
  sameContent,
  Timeline,
  type TimelineChange,
  withoutResigned,
} from '../draft/index.js';
import { ResponseFormatError, type RunBaseline } from '../errors/index.js';
import type { RunEvent, TimelineStage } from './events.js';

/** The timeline before the message, how it has changed, and what of that has been passed on as events. */
export class TimelineStory {
  readonly #emit: (event: RunEvent) => void;
  #beforeJson: unknown = null;
  /** Decoded when first needed: most runs never compare. */
  #before: Timeline | undefined;
  #nowJson: unknown = null;
  #now: Timeline | undefined;
  #fromStream = false;
  /** Whether this run put the first pictures on the timeline, so that what follows is the second stage. */
  #clipped = false;

  constructor(emit: (event: RunEvent) => void) {
    this.#emit = emit;
  }

  /** Sets the state before the message. Until then the timeline is empty. */
  begin(before: RunBaseline): void {
    this.#beforeJson = before.draft;
    this.#nowJson = before.draft;
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
    return this.#now === undefined ? [] : withoutResigned(diffTimelines(this.#beforeTimeline(), this.#now));
  }

  /** A draft from the stream. False when it cannot be decoded. */
  take(draft: unknown, raw: unknown): boolean {
    const taken = this.#move(draftJson(draft), raw, true);
    this.#fromStream ||= taken;
    return taken;
  }

  /** The draft of a state that was read: an event only if it differs. False when it cannot be decoded. */
  adopt(draft: unknown, raw: unknown): boolean {
    if (draft === null && this.#nowJson === null) return true;
    return this.#move(draft, raw, !sameContent(draft, this.#nowJson));
  }

  #move(draft: unknown, raw: unknown, emits: boolean): boolean {
    const next = readTimeline(draft);
    if (next === undefined) return false;
    const last = this.#now ?? this.#beforeTimeline();
    this.#nowJson = draft;
    this.#now = next;
    if (!emits) return true;
    const stage = this.#stage(last, next);
    const changes = withoutResigned(diffTimelines(last, next));
    this.#emit({ type: 'timeline', timeline: next, changes, ...(stage && { stage }), raw });
    return true;
  }

  #stage(last: Timeline, next: Timeline): TimelineStage | undefined {
    if (this.#clipped) return 'finish';
    this.#clipped = !hasPictures(last) && hasPictures(next);
    return this.#clipped ? 'clip' : undefined;
  }

  /** One that cannot be decoded counts as empty: the state before must not keep a message from being sent. */
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
