import { kindOfName, kindOfType, type MediaKind } from '../wire/index.js';
import { isObject } from '../wire/json.js';

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

/** A file; undefined for an entry without an address, which stays in `raw` of the state. */
export function readMedia(entry: unknown): SessionMedia | undefined {
  if (!isObject(entry)) return undefined;
  const url = firstText(entry, ['cdn_url', 'url', 'src']);
  if (url === undefined) return undefined;
  const name = firstText(entry, ['filename', 'name', 'file_name']) ?? url.split('/').at(-1) ?? url;
  const width = numberOf(entry.width);
  const height = numberOf(entry.height);
  const fps = numberOf(entry.fps);
  const hash = firstText(entry, ['hash']);
  return {
    name,
    // An entry that says nothing of its type is one of `video_infos`.
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
