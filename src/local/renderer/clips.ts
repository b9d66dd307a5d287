import * as av from 'node-av';
import type { PictureMeta } from '../dialect.js';
import { pixelAspect, readOrientation } from '../media/inspect.js';
import { decodeFrames, openMedia, pictureStream } from '../media/open.js';
import { LocalRenderError } from './failure.js';
import { type Frames, Graph } from './graph.js';
import { YUV } from './pixels.js';
import { fitPicture } from './place.js';
import { type RenderSettings, rateOf } from './settings.js';
import type { MediaSource } from './sources.js';

/**
 * The pictures of a clip from its `in` on, at its speed, upright and fitted into the frame, `count` of them. Between two
 * pictures of the clip the earlier one stays, after its end the last one does.
 *
 * @throws LocalRenderError when nothing of it can be decoded
 */
export async function* clipPictures(
  source: MediaSource,
  { in: fromMs = 0, speed = 1 }: PictureMeta,
  count: number,
  settings: RenderSettings,
): Frames {
  const damaged = (cause?: unknown): LocalRenderError =>
    new LocalRenderError({ reason: 'media', file: source.name, problem: 'it is damaged' }, cause);
  const demuxer = await openMedia(av, source.path, source.format).catch((error: unknown) => {
    throw damaged(error);
  });
  let graph: Graph | undefined;
  try {
    const stream = pictureStream(av, demuxer);
    if (!stream) throw damaged();
    const start = Math.max(0, demuxer.startTime) + fromMs / 1000;
    // To the key picture before it. Some files cannot be sought, and are then read from the beginning.
    if (fromMs > 0) await demuxer.seek(demuxer.startTime + fromMs / 1000, -1, av.AVSEEK_FLAG_BACKWARD);
    for await (const frame of decodeFrames(av, demuxer, stream)) {
      graph ??= await Graph.open(describeClip(frame, stream, { start, speed, count }, settings));
      graph.add('buffer@clip', frame);
      yield* graph.ready();
    }
    if (!graph) throw damaged();
    graph.add('buffer@clip', null);
    yield* graph.ready();
  } finally {
    graph?.free();
    await demuxer.close();
  }
}

function describeClip(
  frame: av.Frame,
  stream: av.Stream,
  { start, speed, count }: { start: number; speed: number; count: number },
  settings: RenderSettings,
): string {
  const { filters, swapped } = readOrientation(
    stream.codecpar.getCodedSideData(av.AV_PKT_DATA_DISPLAYMATRIX),
  );
  const stored = { width: frame.width * pixelAspect(frame), height: frame.height };
  const fit = fitPicture(swapped ? { width: stored.height, height: stored.width } : stored, settings);
  const size = `${Math.round(fit.width)}:${Math.round(fit.height)}`;
  const { num, den } = frame.timeBase;
  const { width, height } = settings;
  const small = 96 / Math.max(width, height);
  const ground = `${Math.max(2, Math.round(width * small))}:${Math.max(2, Math.round(height * small))}`;
  const upright = [
    `buffer@clip=video_size=${frame.width}x${frame.height}:pix_fmt=${frame.format}:time_base=${num}/${den}`,
    `setpts=(PTS*TB-${start})/TB/${speed}`,
    `fps=${rateOf(settings)}:start_time=0:round=up`,
    'tpad=stop=-1:stop_mode=clone',
    `trim=end_frame=${count}`,
    ...filters,
  ].join(',');
  const fitted = `scale=${size}:flags=bicubic:${YUV},format=yuv420p,setsar=1`;
  return fit.mode === 'cover'
    ? `${upright},${fitted},crop=${width}:${height},buffersink@out`
    : `${upright},split[whole][ground];` +
        // The clip itself, enlarged, blurred and darkened, as behind photos.
        `[ground]scale=${ground}:force_original_aspect_ratio=increase,crop=${ground},` +
        `gblur=4,eq=saturation=1.25,colorlevels=romax=0.62:gomax=0.62:bomax=0.62,` +
        `scale=${width}:${height}:${YUV},format=yuv420p,setsar=1[ground];` +
        `[whole]${fitted}[whole];[ground][whole]overlay=(W-w)/2:(H-h)/2,buffersink@out`;
}
