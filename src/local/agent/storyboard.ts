import { isObject } from '../../wire/index.js';
import type { LocalDraft, LocalMedia, LocalSegment, PictureMeta, SoundMeta, TextMeta } from '../dialect.js';

export type Picture = LocalSegment<PictureMeta>;
type Sound = LocalSegment<SoundMeta>;
type Text = LocalSegment<TextMeta>;

/** Words over the pictures. */
export interface Words extends Text {
  /** The id of the picture whose caption they are: they come and go with it. */
  over?: string | undefined;
}

/**
 * A video as the agent edits it: lists in the order of showing. When each thing is shown follows from them, so that an edit
 * need not care: pictures follow each other, captions their picture, and music and logo last as long as the video.
 */
export interface Storyboard {
  frame: LocalDraft['m'];
  pictures: Picture[];
  words: Words[];
  music?: Sound | undefined;
  logo?: Picture | undefined;
}

/** A shorter picture cannot be seen, in ms. */
export const SHORTEST_PICTURE = 200;
/** How long crossfades are when nothing says so, at most, and at most of a picture's time. */
export const CROSSFADE = { usual: 700, most: 3000, share: 0.45 } as const;
const FADE = { in: 800, out: 2000 } as const;

/** How long the video is, in ms. */
export const lengthOf = ({ pictures }: Storyboard): number => pictures.reduce((sum, { d }) => sum + d, 0);

/** An id for a new part of the video. Random, so that the id of a removed part does not come back. */
export const newId = (prefix: string, random: () => number): string =>
  `${prefix}-${Math.floor(random() * 36 ** 9).toString(36)}`;

/** Reads a timeline of this backend; undefined where a script has made one in another form. */
export function storyboardOf(draft: LocalDraft): Storyboard | undefined {
  const { t: tracks, m: frame } = structuredClone(draft);
  const isOurs =
    Array.isArray(tracks) &&
    isObject(frame) &&
    tracks.every(({ m, sg }) => isObject(m) && Array.isArray(sg) && sg.every((part) => isObject(part.m)));
  if (!isOurs) return undefined;
  const [base, logo] = [false, true].map((isLogo) =>
    tracks.flatMap((track) => (track.tt === 0 && (track.m.role === 'overlay') === isLogo ? track.sg : [])),
  );
  if (!base || base.length === 0) return undefined;
  const words = tracks
    .flatMap((track) => (track.tt === 7 ? track.sg : []))
    .map((part): Words => {
      const over = base.find(({ s, d }) => s <= part.s && part.s < s + d);
      return part.m.role === 'caption' && over ? { ...part, over: over.id } : part;
    });
  const [music] = tracks.flatMap((track) => (track.tt === 1 ? track.sg : []));
  return { frame, pictures: base, words, music, logo: logo?.[0] };
}

/** The timeline of a storyboard. */
export function timelineOf(board: Storyboard, media: readonly LocalMedia[]): LocalDraft {
  const { frame, pictures, words, music, logo } = structuredClone(board);
  layPictures(pictures);
  const d = lengthOf(board);
  const tracks: LocalDraft['t'] = [{ tt: 0, id: 'video', m: { name: 'Video' }, sg: pictures }];
  if (logo)
    tracks.push({ tt: 0, id: 'logo', m: { name: 'Logo', role: 'overlay' }, sg: [{ ...logo, s: 0, d }] });
  if (music) tracks.push({ tt: 1, id: 'music', m: { name: 'Music' }, sg: [layMusic(music, d, media)] });
  const texts = words.flatMap((each) => layWords(each, pictures, d)).sort((a, b) => a.s - b.s);
  if (texts.length > 0) tracks.push({ tt: 7, id: 'text', m: { name: 'Text' }, sg: texts });
  return { t: tracks, d, m: frame };
}

/** Rows pictures up without gaps, and fits their crossfades. A picture without a transition comes as the others do. */
function layPictures(pictures: readonly Picture[]): void {
  const usual = pictures.find(({ m }) => m.transition)?.m.transition;
  let before: Picture | undefined;
  for (const picture of pictures) {
    picture.s = before ? before.s + before.d : 0;
    const transition = before && (picture.m.transition ?? usual);
    const room = Math.floor(Math.min(before?.d ?? 0, picture.d) * CROSSFADE.share);
    if (transition) picture.m.transition = { ...transition, d: Math.min(transition.d, room) };
    else delete picture.m.transition;
    before = picture;
  }
}

/** When words are shown: captions as long as their picture, and not at all without it. */
function layWords({ over, ...words }: Words, pictures: readonly Picture[], length: number): Text[] {
  const d = Math.min(words.d, length);
  if (over === undefined) return [{ ...words, s: Math.min(words.s, length - d), d }];
  const picture = pictures.find(({ id }) => id === over);
  return picture ? [{ ...words, s: picture.s, d: picture.d }] : [];
}

/** Lays music under the whole video, or as much of it as an upload lasts. */
function layMusic(
  { id, m: { name, src, volume = 1 } }: Sound,
  length: number,
  media: readonly LocalMedia[],
): Sound {
  const d = Math.min(media.find(({ url }) => url === src)?.durationMs ?? length, length);
  const fade = (ms: number): number => Math.round(Math.min(ms, d / 4));
  return { id, s: 0, d, m: { name, src, volume, fadeIn: fade(FADE.in), fadeOut: fade(FADE.out) } };
}

/** How long a picture can last at most: a clip no longer than its source, a still as long as one likes. */
function mostOf({ m }: Picture, media: readonly LocalMedia[]): number {
  const source = m.kind === 'video' ? media.find(({ url }) => url === m.src)?.durationMs : undefined;
  return source === undefined ? Infinity : Math.max(Math.floor((source - (m.in ?? 0)) / (m.speed ?? 1)), 1);
}

/** Makes pictures last `total` together, in proportion to now; false where clips are too short for it. */
export function fitPictures({ pictures }: Storyboard, total: number, media: readonly LocalMedia[]): boolean {
  const room = (picture: Picture): number => Math.min(mostOf(picture, media) / picture.d, Number.MAX_VALUE);
  let left = total;
  let now = pictures.reduce((sum, { d }) => sum + d, 0);
  // The least room first: what a clip cannot last is left to the others. The last one makes the sum exact.
  for (const picture of pictures.toSorted((a, b) => room(a) - room(b))) {
    const { d } = picture;
    picture.d = Math.min(Math.round((d * left) / now), mostOf(picture, media));
    now -= d;
    left -= picture.d;
  }
  return left === 0;
}
