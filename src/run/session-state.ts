import { type Draft, decodeDraft, Timeline } from '../draft/index.js';
import { isObject, kindOfName, kindOfType, type MediaKind, textOf } from '../wire/index.js';
import { draftOf, listOf, type RawState } from './baseline.js';

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

/** A file of a session, as the service knows it. */
export interface SessionMedia {
  /** As uploaded. */
  readonly name: string;
  readonly kind: MediaKind;
  /** Where the service keeps it. */
  readonly url: string;
  /** In pixels. */
  readonly width?: number;
  /** In pixels. */
  readonly height?: number;
  /** Frames per second, of a clip. */
  readonly fps?: number;
  /** A hash of the content; the service does not say which one. */
  readonly hash?: string;
  /** As it came, with what has no name here, such as `duration`, whose unit is not documented. */
  readonly raw: unknown;
}

/** The timeline of a session that has no draft yet. */
export function emptyTimeline(): Timeline {
  return new Timeline(decodeDraft({}));
}

/**
 * Reads a raw state.
 * @throws {@link ResponseFormatError} with the path when its draft is invalid.
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

/** A file; undefined for an entry without an address, which stays in `raw` of the state. */
export function readMedia(entry: unknown): SessionMedia | undefined {
  if (!isObject(entry)) return undefined;
  const url = firstText(entry, ['cdn_url', 'url', 'src']);
  if (url === undefined) return undefined;
  const name = firstText(entry, ['filename', 'name', 'file_name']) ?? url.split('/').at(-1) ?? url;
  const width = numberOf(entry.width);
  const height = numberOf(entry.height);
  const fps = numberOf(entry.fps);
  const hash = textOf(entry.hash);
  return {
    name,
    // An entry without a type is one of `video_infos`.
    kind: kindOfType(firstText(entry, ['file_type', 'type', 'kind'])) ?? kindOfName(name) ?? 'video',
    url,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(fps !== undefined && { fps }),
    ...(hash !== undefined && { hash }),
    raw: entry,
  };
}

function firstText(entry: Readonly<Record<string, unknown>>, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = entry[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
