import { basename } from 'node:path';
import { UnsupportedMediaError } from '../../errors/media.js';
import { CODES } from '../../wire/endpoints.js';
import { ACCEPTED_MEDIA, type MediaKind } from '../../wire/media-types.js';
import { readHead } from './head.js';
import { readImageSize } from './image-size.js';
import { inspectMedia } from './inspect.js';
import { loadNodeAv, type NodeAv } from './node-av.js';
import { KIND_OF_FORMAT, type MediaFormat, sniffFormat } from './sniff.js';

/** What a file is. */
export interface MediaFacts {
  kind: MediaKind;
  /** By its content, whatever it is called. */
  format: MediaFormat;
  /** As shown: after the rotation that a camera noted. */
  width?: number;
  height?: number;
  /** Clips and sound. */
  durationMs?: number;
  /** Clips: frames per second on average. */
  fps?: number;
}

/** More than this would take gigabytes to draw. */
const MAX_PIXELS = 100e6;
const TOO_MANY_PIXELS = 'it has more than 100 megapixels';

let last: Promise<unknown> = Promise.resolve();

/** Decodes one file after the other: each of many at once would take its own hundreds of megabytes. */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next.catch(() => {});
  return next;
}

/**
 * Finds out what a file is by reading and decoding the beginning of it (a picture: all of it).
 *
 * Where FFmpeg's bindings are absent, signatures and headers are all there is: sizes of pictures are known, durations
 * are not, and damage further in goes unseen.
 *
 * @param name what the file is called in messages; default the last part of `path`
 * @throws UnsupportedMediaError with code 4001: empty, damaged, or none of the accepted formats
 */
export async function probeMedia(
  path: string,
  name: string = basename(path),
  bindings: Promise<NodeAv | null> = loadNodeAv(),
): Promise<MediaFacts> {
  const refuse = (reason: string, cause?: unknown): UnsupportedMediaError =>
    new UnsupportedMediaError({
      file: name,
      reason,
      accepted: Object.keys(ACCEPTED_MEDIA),
      code: CODES.unsupportedMedia,
      cause,
    });

  const head = await readHead(path);
  if (head.byteLength === 0) throw refuse('it is empty');
  const format = sniffFormat(head);
  if (!format) throw refuse('its content is of no accepted type');

  // From the header, before a decoder is made: it would take the memory for all pixels that are claimed.
  const claimed = readImageSize(format, head);
  if (claimed !== undefined && claimed.width * claimed.height > MAX_PIXELS) throw refuse(TOO_MANY_PIXELS);
  const av = await bindings;
  const facts = av
    ? await oneAtATime(() => inspectMedia(av, path, format)).catch((error: unknown) => {
        throw refuse('it is damaged', error);
      })
    : { kind: KIND_OF_FORMAT[format], format, ...claimed };
  if (facts.kind === 'image' && facts.width === undefined) throw refuse('it is damaged');
  if ((facts.width ?? 0) * (facts.height ?? 0) > MAX_PIXELS) throw refuse(TOO_MANY_PIXELS);
  return facts;
}
