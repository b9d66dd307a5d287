import type { LocalDraft, LocalSegment, LocalVideoTrack, PictureMeta } from '../../dialect.js';
import { LocalRenderError } from '../failure.js';
import type { RenderJobSpec } from '../job.js';
import { placeLogo, placeWords, type TimedBox } from '../plan/place.js';
import { fadedIn, layOutAlone, layOutPictures, type Span } from '../plan/spans.js';
import { tracksOf } from '../read-draft.js';
import { prepareScene } from '../scene/choose.js';
import type { RenderSettings } from '../settings.js';
import { findSource, readGenerated } from '../sources.js';
import { Fonts } from '../text/fonts.js';
import { makeLegible } from '../text/legible.js';
import { setType } from '../text/set-type.js';
import { ClipLayer } from './clip.js';
import type { Layer } from './layer.js';
import { LogoLayer } from './logo.js';
import { SceneLayer } from './scene.js';
import { ShadeLayer } from './shade.js';
import { StillLayer } from './still.js';
import { presenceOf, WordsLayer } from './words.js';

/** One thing to be drawn, and when. */
export interface Part {
  span: Span<unknown>;
  /** How much of it shows at a moment, 0 to 1. */
  opacity(ms: number): number;
  /** Whether nothing beneath it is to be seen where it is opaque. */
  fills: boolean;
  /** Loads it. */
  open(): Promise<Layer>;
}

/** What a plan is made from. */
export interface PartsInput {
  spec: Pick<RenderJobSpec, 'media' | 'fonts' | 'seed'>;
  draft: LocalDraft;
  settings: RenderSettings;
  warn(text: string): void;
}

/** Everything that a draft shows, in the order in which it is painted: base, overlays, words, logos. */
export async function planParts(input: PartsInput): Promise<Part[]> {
  const tracks = tracksOf(input.draft, 0);
  const base = tracks.find(({ m }) => m.role !== 'overlay');
  const ordered = base ? [base, ...tracks.filter((track) => track !== base)] : tracks;
  const logos = ordered.flatMap(({ sg }) => sg.filter(({ m }) => m.role === 'logo'));
  return [
    ...ordered.flatMap((track) => planPictures(track, input)),
    ...(await planWords(input, logos)),
    // Last, so that no shade behind words dims them.
    ...logos.map((segment) => planLogo(segment, input)),
  ];
}

function planPictures({ sg }: LocalVideoTrack, { spec, settings }: PartsInput): Part[] {
  const pictures = sg.filter(({ m }) => m.role !== 'logo');
  return layOutPictures(pictures, settings.durationMs).map((span) => {
    const { m } = span.segment;
    return {
      span,
      fills: true,
      opacity: (ms) => fadedIn(span, ms) * (m.opacity ?? 1),
      open: async () => {
        if (m.kind !== 'scene') {
          const source = await findSource(spec.media, m);
          return (m.kind === 'video' ? ClipLayer : StillLayer).open(source, span, settings);
        }
        const scene = readGenerated(m.src, 'scene');
        if (!scene)
          throw new LocalRenderError({ reason: 'media', file: m.name, problem: 'it is not a scene' });
        return new SceneLayer(
          prepareScene(scene.name, scene.words || m.name, spec.seed, settings),
          span.from,
          settings,
        );
      },
    };
  });
}

function planLogo(segment: LocalSegment<PictureMeta>, { spec, settings }: PartsInput): Part {
  const { m } = segment;
  const span: Span<unknown> = {
    segment,
    from: segment.s,
    to: segment.s + segment.d,
    fadeInMs: 0,
    fadeOutMs: 0,
  };
  return {
    span,
    fills: false,
    opacity: () => m.opacity ?? 1,
    open: async () =>
      LogoLayer.open(await findSource(spec.media, m), (logo) =>
        placeLogo(logo, settings, m.scale, m.position),
      ),
  };
}

/** Sets all texts before the first frame, because each has to find a place beside the others and the logos. */
async function planWords(
  { spec, draft, settings, warn }: PartsInput,
  logos: readonly LocalSegment<PictureMeta>[],
): Promise<Part[]> {
  const fonts = await Fonts.load(spec.fonts);
  const texts = tracksOf(draft, 7)
    .flatMap(({ sg }) => layOutAlone(sg))
    .sort((a, b) => a.from - b.from)
    .flatMap((span) => {
      const { text, warning } = makeLegible(span.segment.m.text, fonts);
      if (warning !== undefined) warn(warning);
      return text === undefined ? [] : [{ span, type: setType(span.segment.m, text, settings, fonts) }];
    });
  const taken = logos.map(({ s, d, m }): TimedBox => {
    const upload = spec.media.find(({ url }) => url === m.src);
    const logo = { width: upload?.width ?? 1, height: upload?.height ?? 1 };
    return { from: s, to: s + d, box: placeLogo(logo, settings, m.scale, m.position) };
  });
  const boxes = placeWords(
    texts.map(({ span: { from, to, segment }, type: { width, height } }) => {
      const position = segment.m.position ?? (segment.m.role === 'caption' ? 'bottom' : 'center');
      return { from, to, width, height, position };
    }),
    taken,
    settings,
  );
  const placed = texts.flatMap(({ span, type }, index) => {
    const box = boxes[index];
    const opacity = (ms: number): number => presenceOf(span, ms).opacity;
    return box ? [{ span, type, box, part: { span, opacity, fills: false } }] : [];
  });
  return [
    ...placed.map(({ span, type, box, part }) => ({
      ...part,
      open: async () => new ShadeLayer(type, box, settings, span.segment.m.color),
    })),
    ...placed.map(({ span, type, box, part }) => ({
      ...part,
      open: async () => new WordsLayer(span, type, box),
    })),
  ];
}
