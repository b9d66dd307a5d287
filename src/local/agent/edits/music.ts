import type { LocalDraft, LocalMedia, SoundMeta } from '../../dialect.js';
import { MUSIC_STYLES } from '../../dialect.js';
import type { MusicRequest, Request } from '../reading/request.js';
import type { Outcome, Said } from '../replies/facts.js';
import { layMusic, musicOf } from './music-length.js';
import { pickPictures } from './pick.js';
import { applied } from './timing.js';
import { picturesIn, setSounds, type World } from './tracks.js';

/** Edits of the music, and of the sound that clips bring along. */

type Of<Do extends Request['do']> = Extract<Request, { do: Do }>;

/** How music is laid when nothing says otherwise: under the pictures, not in front of them. */
export const MUSIC = { volume: 0.35, besideClips: 0.22, fadeIn: 800, fadeOut: 2000, style: 'lo-fi' } as const;

/** The names of the styles as a timeline shows them. */
const STYLE_NAMES = {
  'lo-fi': 'Lo-fi',
  upbeat: 'Upbeat',
  ambient: 'Ambient',
  cinematic: 'Cinematic',
} as const;

const two = (value: number): number => Math.round(value * 100) / 100;

/** Synthesised music of a style. */
export const synthesised = (style: keyof typeof STYLE_NAMES): Pick<SoundMeta, 'name' | 'src'> => ({
  name: STYLE_NAMES[style],
  src: `local:music/${style}`,
});

/** Quieter where clips have a sound of their own. */
export const usualVolume = (draft: LocalDraft): number =>
  picturesIn(draft).some(({ m }) => m.kind === 'video' && m.volume !== 0) ? MUSIC.besideClips : MUSIC.volume;

function sourceOf(
  request: MusicRequest,
  old: SoundMeta | undefined,
  world: World,
): Pick<SoundMeta, 'name' | 'src'> | { refused: Said } {
  if (request.file === null) return { refused: { say: 'noSuchFile', name: request.fileName ?? '' } };
  const uploads = world.media.filter(({ kind }) => kind === 'audio');
  if (request.file) {
    return request.file.kind === 'audio'
      ? uploaded(request.file)
      : { refused: { say: 'notASound', name: request.file.name } };
  }
  if (request.own) {
    const latest = uploads.at(-1);
    return latest ? uploaded(latest) : { refused: { say: 'noSoundFile' } };
  }
  if (request.style) return synthesised(request.style);
  if (old && !(request.another && onlyAnother(request))) return { name: old.name, src: old.src };
  const next = MUSIC_STYLES.find((style) => synthesised(style).src !== old?.src) ?? MUSIC.style;
  return old ? synthesised(next) : uploads[0] ? uploaded(uploads[0]) : synthesised(MUSIC.style);
}

/** "Change the music", and nothing else about it. */
const onlyAnother = (request: MusicRequest): boolean =>
  request.volume === undefined &&
  request.fadeIn === undefined &&
  request.fadeOut === undefined &&
  request.span === undefined;

const uploaded = ({ name, url }: LocalMedia): Pick<SoundMeta, 'name' | 'src'> => ({ name, src: url });

export function music(draft: LocalDraft, request: MusicRequest, world: World): Outcome {
  const old = musicOf(draft);
  const changesOnly = request.volume?.times !== undefined || (request.fadeIn ?? request.fadeOut) === 0;
  if (!old && changesOnly && !request.style && !request.file) return { refused: { say: 'noMusic' } };
  const source = sourceOf(request, old?.meta, world);
  if ('refused' in source) return source;
  const same = old?.meta.src === source.src;
  const meta: SoundMeta = same
    ? { ...old.meta }
    : {
        ...source,
        volume: old?.meta.volume ?? usualVolume(draft),
        fadeIn: old?.meta.fadeIn ?? MUSIC.fadeIn,
        fadeOut: old?.meta.fadeOut ?? MUSIC.fadeOut,
      };
  if (request.volume) meta.volume = two(Math.min(Math.max(applied(request.volume, meta.volume ?? 1), 0), 1));
  if (request.fadeIn !== undefined) meta.fadeIn = request.fadeIn;
  if (request.fadeOut !== undefined) meta.fadeOut = request.fadeOut;
  const [from, to] = timesOf(request, old, draft);
  if (to - from < 1 || from >= draft.d) return { refused: { say: 'outside', ms: draft.d } };
  const before = JSON.stringify(draft.t);
  layMusic(draft, meta, from, to, world);
  if (JSON.stringify(draft.t) === before) return { refused: { say: 'alreadySo', words: source.name } };
  return { done: saidOf(request, meta, same, from, to) };
}

function timesOf(
  { span }: MusicRequest,
  old: { from: number; to: number } | undefined,
  draft: LocalDraft,
): [number, number] {
  if (!span) return old ? [old.from, old.to] : [0, draft.d];
  if (span.whole) return [0, draft.d];
  if (span.for !== undefined)
    return span.edge === 'last'
      ? [Math.max(draft.d - span.for, 0), draft.d]
      : [0, Math.min(span.for, draft.d)];
  return [span.from ?? 0, Math.min(span.to ?? draft.d, draft.d)];
}

function saidOf(request: MusicRequest, meta: SoundMeta, same: boolean, from: number, to: number): Said {
  if (!same) return { say: 'music', name: meta.name };
  if (request.volume) return { say: 'volume', volume: meta.volume ?? 1 };
  const { fadeIn, fadeOut } = request;
  if (fadeIn !== undefined || fadeOut !== undefined) {
    return {
      say: 'fades',
      ...(fadeIn !== undefined && { fadeIn }),
      ...(fadeOut !== undefined && { fadeOut }),
    };
  }
  return { say: 'musicTimes', from, to };
}

export function silence(draft: LocalDraft, { clips }: Of<'silence'>): Outcome {
  const loud = picturesIn(draft).filter(({ m }) => clips && m.kind === 'video' && m.volume !== 0);
  if (!musicOf(draft) && loud.length === 0) return { refused: { say: 'noMusic' } };
  for (const { m } of loud) m.volume = 0;
  setSounds(draft, []);
  return { done: { say: 'removedMusic' } };
}

export function sound(draft: LocalDraft, { what, volume }: Of<'sound'>, world: World): Outcome {
  // "The clip's sound" without saying which means all of it.
  const named = what && (what.which !== undefined || what.file !== undefined || what.words.length > 0);
  const picked = named ? pickPictures(draft, what, world) : { found: picturesIn(draft) };
  if ('refused' in picked) return picked;
  const clips = picked.found.filter(({ m }) => m.kind === 'video');
  const [first] = clips;
  if (!first) return { refused: { say: 'noClip' } };
  for (const { m } of clips) m.volume = two(Math.min(Math.max(applied(volume, m.volume ?? 1), 0), 1));
  return { done: { say: 'clipSound', volume: first.m.volume ?? 1 } };
}
