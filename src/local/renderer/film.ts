import type * as av from 'node-av';
import type { LocalDraft, LocalSegment, PictureMeta } from '../dialect.js';
import { clipPictures } from './clips.js';
import { type Drawing, Overlay } from './drawing.js';
import { LocalRenderError } from './failure.js';
import { Fonts } from './fonts.js';
import { type Frames, Graph } from './graph.js';
import type { RenderJobSpec } from './job.js';
import { paintGround, paintLight } from './light.js';
import { number, pictureInput } from './pixels.js';
import { placeLogo } from './place.js';
import { tracksOf } from './read-draft.js';
import { frameAt, type RenderSettings } from './settings.js';
import { findSource, readGenerated } from './sources.js';
import { fadedIn, layOutPictures, type Span } from './spans.js';
import { loadStill, movingStill, paintPhoto, restingStill } from './stills.js';
import { logosOf, planWords } from './words.js';

/** What a video is made from. */
export interface FilmInput {
  spec: Pick<RenderJobSpec, 'media' | 'fonts' | 'seed'>;
  draft: LocalDraft;
  settings: RenderSettings;
  warn(text: string): void;
}

/** Something over the frames from `first` on, and before `end`. */
interface Layer {
  first: number;
  end: number;
  /** Called once, when it is due. */
  open(): Promise<OpenLayer>;
}

interface OpenLayer {
  /** Takes a frame over, and gives it back with the layer on it. */
  over(frame: av.Frame, index: number): Promise<av.Frame>;
  close(): Promise<void> | void;
}

/**
 * The frames of a video: a ground, and over it layer by layer the pictures of the base track, those of further tracks, the
 * words and the logos. A layer is open only while it is on screen.
 */
export function film(input: FilmInput): Frames {
  const { draft, settings, spec } = input;
  const tracks = tracksOf(draft, 0);
  const base = tracks.find(({ m }) => m.role !== 'overlay');
  const fonts = Fonts.load(spec.fonts);
  const words = planWords({ draft, media: spec.media, fonts, frame: settings, warn: input.warn });
  const layers: Layer[] = [
    ...[...(base ? [base] : []), ...tracks.filter((track) => track !== base)].flatMap(({ sg }) =>
      layOutPictures(
        sg.filter(({ m }) => m.role !== 'logo'),
        settings.durationMs,
      ).map((span) => pictureLayer(span, input, fonts)),
    ),
    ...words.map((drawing) => drawingLayer(drawing, settings, async () => drawing)),
    // Last, so that no shade behind words dims them.
    ...logosOf(draft).map((logo) =>
      drawingLayer({ from: logo.s, to: logo.s + logo.d }, settings, () => logoDrawing(logo, input)),
    ),
  ];
  return layers.reduce(laid, ground(spec.seed, settings));
}

/** Seen where there is no picture. */
async function* ground(seed: number, settings: RenderSettings): Frames {
  let index = 0;
  for await (const frame of restingStill(paintGround(seed), settings.frames, settings)) {
    yield number(frame, index++, settings);
  }
}

/** Frames with a layer over some of them. */
async function* laid(frames: Frames, layer: Layer): Frames {
  let open: OpenLayer | undefined;
  let index = 0;
  try {
    for await (const frame of frames) {
      if (index >= layer.first && index < layer.end) {
        open ??= await layer.open();
        yield await open.over(frame, index);
      } else {
        await open?.close();
        open = undefined;
        yield frame;
      }
      index++;
    }
  } finally {
    await open?.close();
  }
}

/** A picture fills the frame. While it comes in, and where it is translucent, it is mixed with what is beneath. */
function pictureLayer(span: Span<PictureMeta>, input: FilmInput, fonts: Fonts): Layer {
  const { settings } = input;
  const [first, end] = [frameAt(span.from, settings), Math.min(frameAt(span.to, settings), settings.frames)];
  return {
    first,
    end,
    open: async () => {
      const pictures = await openPictures(span.segment.m, end - first, input, fonts);
      let mix: Graph | undefined;
      return {
        async over(frame, index) {
          const { value: picture } = await pictures.next();
          if (!picture) {
            const { name } = span.segment.m;
            throw new LocalRenderError({ reason: 'media', file: name, problem: 'it is damaged' });
          }
          number(picture, index, settings);
          const ms = (index * 1000) / settings.fps;
          const opacity = fadedIn(span, ms) * (span.segment.m.opacity ?? 1);
          if (opacity >= 1) {
            frame.free();
            mix?.free();
            mix = undefined;
            return picture;
          }
          mix ??= await Graph.open(
            `${pictureInput('over', settings, 'yuv420p', settings)}[over];` +
              `${pictureInput('under', settings, 'yuv420p', settings)}[under];` +
              `[over][under]blend@mix=all_mode=normal:all_opacity=0,buffersink@out`,
          );
          mix.set('blend@mix', 'all_opacity', opacity);
          mix.add('buffer@over', picture);
          mix.add('buffer@under', frame);
          const mixed = await mix.next();
          if (!mixed) throw new Error('two pictures did not mix');
          return mixed;
        },
        async close() {
          mix?.free();
          await pictures.return(undefined);
        },
      };
    },
  };
}

async function openPictures(
  m: PictureMeta,
  count: number,
  { spec, settings }: FilmInput,
  fonts: Fonts,
): Promise<Frames> {
  const motion = m.motion ?? 'zoom-in';
  if (m.kind === 'scene') {
    const scene = readGenerated(m.src, 'scene');
    if (!scene) throw new LocalRenderError({ reason: 'media', file: m.name, problem: 'it is not a scene' });
    const paint = paintLight(scene.words || m.name, spec.seed + Number(scene.name), fonts);
    return movingStill(paint, motion, count, settings);
  }
  const source = await findSource(spec.media, m);
  return m.kind === 'video'
    ? clipPictures(source, m, count, settings)
    : movingStill(paintPhoto(await loadStill(source)), motion, count, settings);
}

function drawingLayer(
  { from, to }: { from: number; to: number },
  settings: RenderSettings,
  load: () => Promise<Drawing>,
): Layer {
  return {
    first: frameAt(from, settings),
    end: frameAt(to, settings),
    open: async () => new Overlay(await load(), settings),
  };
}

/** A logo in its corner, with a soft shadow so that it shows on a picture of the same colour. */
async function logoDrawing(
  { s, d, m }: LocalSegment<PictureMeta>,
  { spec, settings }: FilmInput,
): Promise<Drawing> {
  const logo = await loadStill(await findSource(spec.media, m));
  const { x, y, width, height } = placeLogo(logo, settings, m.scale, m.position);
  const margin = Math.ceil(height * 0.15);
  return {
    from: s,
    to: s + d,
    // Whole pixels: a logo between two of them would be soft.
    box: {
      x: Math.round(x - margin),
      y: Math.round(y - margin),
      width: Math.ceil(width) + margin * 2,
      height: Math.ceil(height) + margin * 2,
    },
    look: () => '',
    draw(context) {
      context.imageSmoothingQuality = 'high';
      context.globalAlpha = m.opacity ?? 1;
      context.shadowColor = 'rgba(0, 0, 0, 0.35)';
      context.shadowBlur = margin * 0.6;
      context.shadowOffsetY = margin * 0.15;
      context.drawImage(logo, margin, margin, width, height);
    },
  };
}
