import type { Demuxer, Frame, Stream } from 'node-av';
import { KIND_OF_FORMAT, type MediaFormat } from './header.js';
import { decodeFrames, type NodeAv, openMedia, pictureStream, readPackets, soundStream } from './open.js';
import type { MediaFacts } from './probe.js';

/**
 * Opens a file and decodes its first frame: for a picture that is all of it, so damage is found.
 *
 * @throws what FFmpeg says, where the file cannot be opened or nothing of it can be decoded
 */
export async function inspectMedia(av: NodeAv, path: string, format: MediaFormat): Promise<MediaFacts> {
  const demuxer = await openMedia(av, path, format);
  try {
    const picture = pictureStream(av, demuxer);
    if (picture && KIND_OF_FORMAT[format] !== 'audio') {
      return KIND_OF_FORMAT[format] === 'image'
        ? { kind: 'image', format, ...(await shownSize(av, demuxer, picture, 'still')) }
        : {
            kind: 'video',
            format,
            ...(await shownSize(av, demuxer, picture, 'clip')),
            ...(await duration(av, demuxer, picture)),
            ...frameRate(picture),
          };
    }
    const sound = soundStream(av, demuxer);
    if (!sound || KIND_OF_FORMAT[format] === 'image')
      throw new Error('there is neither picture nor sound in it');
    (await firstFrame(av, demuxer, sound)).free();
    return {
      kind: 'audio',
      format: format === 'mp4' ? 'm4a' : format,
      ...(await duration(av, demuxer, sound)),
    };
  } finally {
    await demuxer.close();
  }
}

async function firstFrame(av: NodeAv, demuxer: Demuxer, stream: Stream, strict = false): Promise<Frame> {
  for await (const frame of decodeFrames(av, demuxer, stream, { strict })) return frame;
  throw new Error('no frame of it can be decoded');
}

/** Width over height of a pixel, which is 1 unless the frame says otherwise. */
export function pixelAspect(frame: Frame): number {
  const { num, den } = frame.sampleAspectRatio;
  return num > 0 && den > 0 ? num / den : 1;
}

/**
 * Width and height after rotation, which a clip notes in its header and a photo in the frame; and for clips after
 * the shape of their pixels, which players ignore in pictures.
 */
async function shownSize(
  av: NodeAv,
  demuxer: Demuxer,
  stream: Stream,
  what: 'still' | 'clip',
): Promise<{ width: number; height: number }> {
  const frame = await firstFrame(av, demuxer, stream, what === 'still');
  try {
    const width = what === 'still' ? frame.width : Math.round(frame.width * pixelAspect(frame));
    const { swapped } = readOrientation(
      stream.codecpar.getCodedSideData(av.AV_PKT_DATA_DISPLAYMATRIX) ??
        frame.getSideData(av.AV_FRAME_DATA_DISPLAYMATRIX),
    );
    return swapped ? { width: frame.height, height: width } : { width, height: frame.height };
  } finally {
    frame.free();
  }
}

function frameRate(stream: Stream): { fps?: number } {
  const { num, den } = stream.avgFrameRate;
  const fps = den > 0 ? num / den : 0;
  return fps > 0 && fps <= 240 ? { fps: Math.round(fps * 1000) / 1000 } : {};
}

/** As the container says; recordings made in a browser don't say, and then the last packet does. */
async function duration(av: NodeAv, demuxer: Demuxer, stream: Stream): Promise<{ durationMs?: number }> {
  const stated = demuxer.duration;
  if (Number.isFinite(stated) && stated > 0) return { durationMs: Math.round(stated * 1000) };
  const { num, den } = stream.timeBase;
  let last = 0n;
  for await (const packet of readPackets(av, demuxer, stream)) {
    if (packet && packet.pts + packet.duration > last) last = packet.pts + packet.duration;
  }
  const ms = Math.round((Number(last) * num * 1000) / den);
  return ms > 0 ? { durationMs: ms } : {};
}

/** What must be done to stored pictures before they are shown. */
export interface Orientation {
  /** FFmpeg filters that do it, in order; none for upright pictures. */
  filters: readonly string[];
  /** Whether width and height change places. */
  swapped: boolean;
}

const UPRIGHT: Orientation = { filters: [], swapped: false };

/**
 * Reads FFmpeg's display matrix: nine 32-bit numbers of the machine's byte order, of which the first two of each of
 * the first two rows say where the axes of the stored picture go (16.16 fixed point, y downwards). Cameras write
 * quarter turns and mirrorings only; anything between is taken for the nearest.
 */
export function readOrientation(matrix: Uint8Array | null): Orientation {
  if (!matrix || matrix.byteLength < 36) return UPRIGHT;
  const view = new DataView(matrix.buffer, matrix.byteOffset, matrix.byteLength);
  const entry = (index: number): number => view.getInt32(index * 4, true);
  const [xToX, xToY, yToX, yToY] = [entry(0), entry(1), entry(3), entry(4)];
  if (Math.abs(xToX) + Math.abs(yToY) >= Math.abs(xToY) + Math.abs(yToX)) {
    const filters: string[] = [];
    if (xToX < 0) filters.push('hflip');
    if (yToY < 0) filters.push('vflip');
    return { filters, swapped: false };
  }
  return { filters: [`transpose=${quarterTurn(xToY > 0, yToX > 0)}`], swapped: true };
}

/** The stored x axis goes down or up, the stored y axis right or left: the four ways to change the axes. */
function quarterTurn(xGoesDown: boolean, yGoesRight: boolean): string {
  if (xGoesDown) return yGoesRight ? 'cclock_flip' : 'clock';
  return yGoesRight ? 'cclock' : 'clock_flip';
}
