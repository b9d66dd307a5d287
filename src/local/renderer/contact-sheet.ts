import { writeFile } from 'node:fs/promises';
import type { Demuxer, Frame, Stream } from 'node-av';
import { readHead, sniffFormat } from '../media/header.js';
import { decodeFrames, loadNodeAv, type NodeAv, openMedia, pictureStream } from '../media/open.js';
import { requireRenderer } from './available.js';
import { LocalRenderError } from './failure.js';

/** What a contact sheet looks like. */
export interface ContactSheetOptions {
  /** Frames in a row. Default 4. */
  columns?: number;
  /** Frames in all, spread evenly over the video. Default 12. */
  count?: number;
  /** Width of one frame on the sheet, in pixels. Default 480. */
  frameWidth?: number;
}

/** Between the frames and around them, in pixels. */
const GAP = 8;

/**
 * Puts frames of a video side by side into one PNG, in reading order, so that a person sees at a glance what is in it.
 *
 * @throws LocalRenderError when the optional peers are not installed, or the file is no video
 */
export async function contactSheet(
  videoPath: string,
  pngPath: string,
  { columns = 4, count = 12, frameWidth = 480 }: ContactSheetOptions = {},
): Promise<void> {
  await requireRenderer();
  const av = await loadNodeAv();
  const format = sniffFormat(await readHead(videoPath));
  const refuse = (): LocalRenderError =>
    new LocalRenderError({ reason: 'media', file: videoPath, problem: 'it is not a video' });
  if (!av || !format) throw refuse();

  const demuxer = await openMedia(av, videoPath, format);
  const stream = pictureStream(av, demuxer);
  const sheet = av.FilterAPI.create(
    `scale=${frameWidth}:-1:flags=area,format=rgb24,` +
      `tile=${columns}x${Math.ceil(count / columns)}:nb_frames=${count}:margin=${GAP}:padding=${GAP}:color=0x16181d`,
  );
  const png = await av.Encoder.create(av.FF_ENCODER_PNG);
  try {
    if (!stream) throw refuse();
    for await (const frame of evenlySpread(av, demuxer, stream, count)) {
      const sheets = await sheet.processAll(frame);
      frame.free();
      for (const one of sheets) {
        const [packet] = [...(await png.encodeAll(one)), ...(await png.encodeAll(null))];
        one.free();
        if (packet?.data) await writeFile(pngPath, packet.data);
        packet?.free();
      }
    }
  } finally {
    png.close();
    sheet.close();
    await demuxer.close();
  }
}

/** The frame in the middle of each of `count` equal parts of a video. The consumer frees each. */
async function* evenlySpread(
  av: NodeAv,
  demuxer: Demuxer,
  stream: Stream,
  count: number,
): AsyncGenerator<Frame> {
  for (let index = 0; index < count; index++) {
    const seconds = (demuxer.duration * (index + 0.5)) / count;
    await demuxer.seek(seconds, -1, av.AVSEEK_FLAG_BACKWARD);
    for await (const frame of decodeFrames(av, demuxer, stream)) {
      const end = (Number(frame.pts + frame.duration) * frame.timeBase.num) / frame.timeBase.den;
      if (end > seconds) {
        yield frame;
        break;
      }
      frame.free();
    }
  }
}
