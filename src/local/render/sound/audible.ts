import { type LocalDraft, MUSIC_STYLES } from '../../dialect.js';
import { LocalRenderError } from '../failure.js';
import type { RenderJobSpec } from '../job.js';
import { isMusicStyle } from '../music/compose.js';
import { MusicSound } from '../music/play.js';
import { layOutAlone, layOutPictures } from '../plan/spans.js';
import { deriveSeed } from '../random.js';
import { tracksOf } from '../read-draft.js';
import type { RenderSettings } from '../settings.js';
import { findSource, readGenerated } from '../sources.js';
import { FileSound } from './file-sound.js';
import type { SoundSource } from './source.js';

/** One thing to be heard, and when. Times in ms on the timeline. */
export interface Audible {
  from: number;
  to: number;
  /** 0 to 1. */
  volume: number;
  fadeInMs: number;
  fadeOutMs: number;
  /** Undefined when it turns out to have no sound. */
  open(): Promise<SoundSource | undefined>;
}

/** What a sound plan is made from. */
export interface SoundInput {
  spec: Pick<RenderJobSpec, 'media' | 'seed'>;
  draft: LocalDraft;
  settings: RenderSettings;
  warn(text: string): void;
}

/** Everything that a draft lets be heard: music and sounds, and what clips bring with them. */
export function planSound(input: SoundInput): Audible[] {
  return [...planTracks(input), ...planClips(input)];
}

function planTracks({ draft, spec, warn }: SoundInput): Audible[] {
  return tracksOf(draft, 1).flatMap(({ sg }) =>
    layOutAlone(sg).map(({ segment: { m }, from, to }) => ({
      from,
      to,
      volume: m.volume ?? 1,
      fadeInMs: m.fadeIn ?? 0,
      fadeOutMs: m.fadeOut ?? 0,
      open: async () => {
        const music = readGenerated(m.src, 'music');
        if (!music) return openFile(spec, m, m.in ?? 0, 1);
        const style = isMusicStyle(music.name) ? music.name : MUSIC_STYLES[0];
        if (style !== music.name) {
          warn(`There is no music of the style ${JSON.stringify(music.name)}; ${style} is played instead.`);
        }
        return new MusicSound(style, deriveSeed(spec.seed, `music ${music.name}`), (to - from) / 1000);
      },
    })),
  );
}

function planClips({ draft, spec, settings }: SoundInput): Audible[] {
  return tracksOf(draft, 0).flatMap(({ sg }) =>
    layOutPictures(
      sg.filter(({ m }) => m.role !== 'logo'),
      settings.durationMs,
    )
      .filter(({ segment: { m } }) => m.kind === 'video' && (m.volume ?? 1) > 0)
      .map(({ segment: { m }, from, to, fadeInMs, fadeOutMs }) => ({
        from,
        to,
        volume: m.volume ?? 1,
        fadeInMs,
        fadeOutMs,
        open: () => openFile(spec, m, m.in ?? 0, m.speed ?? 1),
      })),
  );
}

async function openFile(
  { media }: Pick<RenderJobSpec, 'media'>,
  meta: { src: string; name: string },
  fromMs: number,
  speed: number,
): Promise<SoundSource | undefined> {
  const source = await findSource(media, meta);
  return FileSound.open(source, fromMs, speed).catch((error: unknown) => {
    throw new LocalRenderError({ reason: 'media', file: source.name, problem: 'it is damaged' }, error);
  });
}
