import { type Draft, decodeDraft, Timeline } from '../draft/index.js';
import { draftOf, listOf, type RawState } from './raw-state.js';
import { readMedia, type SessionMedia } from './session-media.js';

/** A session as it is at one moment. */
export interface SessionState {
  /** Absent when there is no draft yet, which is normal. */
  readonly timeline?: Timeline;
  /** Absent when there is no draft yet, which is normal. */
  readonly draft?: Draft;
  /** The uploads. */
  readonly media: readonly SessionMedia[];
  /** What the service has generated, as it lists it. */
  readonly generated: readonly unknown[];
  /** The canvas (`canvas_config`), as it came. */
  readonly canvas?: unknown;
  /** The whole `state` of the answer, as it came. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** The timeline of a session that has no draft yet. */
export function emptyTimeline(): Timeline {
  return new Timeline(decodeDraft({}));
}

/**
 * What a raw state says.
 * @throws {@link ResponseFormatError} with the path when its draft cannot be one.
 */
export function sessionState(raw: RawState): SessionState {
  const json = draftOf(raw);
  const draft = json === null ? undefined : decodeDraft(json);
  return {
    ...(draft && { draft, timeline: new Timeline(draft) }),
    media: listOf(raw.video_infos).flatMap((entry) => readMedia(entry) ?? []),
    generated: listOf(raw.generated_media),
    ...(raw.canvas_config != null && { canvas: raw.canvas_config }),
    raw,
  };
}
