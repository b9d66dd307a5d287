import type { LocalMedia } from '../dialect.js';
import { type MediaFormat, readHead, sniffFormat } from '../media/header.js';
import { LocalRenderError } from './failure.js';

/** An upload that a segment refers to, ready to be opened. */
export interface MediaSource {
  path: string;
  format: MediaFormat;
  /** What the person calls it. */
  name: string;
}

/** What generated sources begin with. */
const GENERATED = 'local:';

/** `local:scene/7?words=blue+sea` is the scene number 7 about "blue sea"; `local:music/lo-fi` the style "lo-fi". */
export function readGenerated(
  src: string,
  kind: 'scene' | 'music',
): { name: string; words: string } | undefined {
  const prefix = `${GENERATED}${kind}/`;
  if (!src.startsWith(prefix)) return undefined;
  const [name = '', query = ''] = src.slice(prefix.length).split('?', 2);
  return { name, words: new URLSearchParams(query).get('words') ?? '' };
}

/**
 * Finds the upload behind a segment.
 *
 * @throws LocalRenderError when there is none, or its file is gone
 */
export async function findSource(
  media: readonly LocalMedia[],
  { src, name }: { src: string; name: string },
): Promise<MediaSource> {
  const upload = media.find(({ url }) => url === src);
  if (!upload)
    throw new LocalRenderError({ reason: 'media', file: name, problem: 'it is not among the uploads' });
  const head = await readHead(upload.path).catch((error: unknown) => {
    throw new LocalRenderError(
      { reason: 'media', file: upload.name, problem: 'its file cannot be read' },
      error,
    );
  });
  const format = sniffFormat(head);
  if (!format) throw new LocalRenderError({ reason: 'media', file: upload.name, problem: 'it is damaged' });
  return { path: upload.path, format, name: upload.name };
}
