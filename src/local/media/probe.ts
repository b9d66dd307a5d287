import { basename } from 'node:path';
import { UnsupportedMediaError } from '../../errors/media.js';
import { CODES } from '../../wire/endpoints.js';
import { ACCEPTED_MEDIA, type MediaKind } from '../../wire/media-types.js';
import { KIND_OF_FORMAT, type MediaFormat, readHead, readImageSize, sniffFormat } from './header.js';
import { inspectMedia } from './inspect.js';
import { inspectBeside } from './inspector.js';
import { loadNodeAv } from './open.js';

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

/** A picture of no more is decoded in this process: an upload of that size takes as much memory as its pixels. */
const FEW_PIXELS = 4e6;

/** Formats whose header cannot claim less than the decoder finds. */
const HONEST: ReadonlySet<MediaFormat> = new Set(['png', 'gif', 'jpg']);

/** Decodes the beginning of a file; null where there is nothing to decode with. `pixels`: what its header claims. */
export type Inspect = (
  path: string,
  format: MediaFormat,
  pixels: number | undefined,
) => Promise<MediaFacts | null>;

/** Small pictures here, and whatever may turn out to be large in a process beside this one. */
const inspectSafely: Inspect = async (path, format, pixels) => {
  if (pixels === undefined || pixels > FEW_PIXELS || !HONEST.has(format)) return inspectBeside(path, format);
  const av = await loadNodeAv();
  return av && inspectMedia(av, path, format);
};

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
  inspect: Inspect = inspectSafely,
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
  const pixels = claimed && claimed.width * claimed.height;
  if (pixels !== undefined && pixels > MAX_PIXELS) throw refuse(TOO_MANY_PIXELS);
  const facts = (await inspect(path, format, pixels).catch((error: unknown) => {
    throw refuse('it is damaged', error);
  })) ?? { kind: KIND_OF_FORMAT[format], format, ...claimed };
  if (facts.kind === 'image' && facts.width === undefined) throw refuse('it is damaged');
  if ((facts.width ?? 0) * (facts.height ?? 0) > MAX_PIXELS) throw refuse(TOO_MANY_PIXELS);
  return facts;
}
