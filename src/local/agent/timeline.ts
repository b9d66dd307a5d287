import type {
  LocalAudioTrack,
  LocalDraft,
  LocalMedia,
  LocalSegment,
  LocalTextTrack,
  LocalVideoTrack,
  PictureMeta,
  SoundMeta,
  TextMeta,
} from '../dialect.js';

/** Reads and changes a timeline of this backend's dialect, and keeps it in line: everything follows the pictures. */

export type Picture = LocalSegment<PictureMeta>;
export type Sound = LocalSegment<SoundMeta>;
export type Words = LocalSegment<TextMeta>;

/** The shortest and the longest video that the agent makes, in ms. */
export const VIDEO_LENGTH = { least: 1000, most: 600_000 } as const;
/** A shorter picture cannot be seen, in ms. */
export const SHORTEST_PICTURE = 200;
/** A still is this long when nothing says how long, in ms. */
export const STILL_MS = 4000;
/** A crossfade when nothing says how long, in ms, and the part of a picture that it may take. */
export const CROSSFADE = { usual: 700, most: 3000, share: 0.45 } as const;
/** Where words may begin and end within a picture, in ms. */
const MARGIN = { before: 300, after: 300, start: 400 } as const;
/** How long a title and other words are shown when nothing says how long, in ms. */
const SHOWN = { title: 3500, caption: 3000, overlay: 3000 } as const;
/** Rests of music shorter than this are not worth another repetition, in ms. */
const SHORTEST_SOUND = 200;

export const endOf = ({ s, d }: { s: number; d: number }): number => s + d;

const isVideo = (track: LocalDraft['t'][number]): track is LocalVideoTrack => track.tt === 0;
const isBase = (track: LocalDraft['t'][number]): track is LocalVideoTrack =>
  isVideo(track) && track.m.role !== 'overlay';
const isMusic = (track: LocalDraft['t'][number]): track is LocalAudioTrack => track.tt === 1;
const isText = (track: LocalDraft['t'][number]): track is LocalTextTrack => track.tt === 7;

/** The pictures that fill the frame, in order: the array of the draft itself. */
export const picturesIn = (draft: LocalDraft): Picture[] => draft.t.find(isBase)?.sg ?? [];
const soundsIn = (draft: LocalDraft): Sound[] => draft.t.find(isMusic)?.sg ?? [];
export const wordsIn = (draft: LocalDraft): Words[] => draft.t.filter(isText).flatMap(({ sg }) => sg);
export const logoIn = (draft: LocalDraft): Picture | undefined =>
  draft.t
    .find((track) => isVideo(track) && track.m.role === 'overlay')
    ?.sg.find((part): part is Picture => 'src' in part.m);

export function setPictures(draft: LocalDraft, pictures: Picture[]): void {
  const base = draft.t.find(isBase);
  if (base) base.sg = pictures;
}

export function setSounds(draft: LocalDraft, sounds: Sound[]): void {
  draft.t = draft.t.filter((track) => !isMusic(track));
  if (sounds.length > 0) draft.t.push({ tt: 1, id: 'music', m: { name: 'Music' }, sg: sounds });
  draft.t.sort((a, b) => a.tt - b.tt);
}

export function setWords(draft: LocalDraft, words: Words[]): void {
  draft.t = draft.t.filter((track) => !isText(track));
  const sg = words.toSorted((a, b) => a.s - b.s);
  if (sg.length > 0) draft.t.push({ tt: 7, id: 'text', m: { name: 'Text' }, sg });
}

export function setLogo(draft: LocalDraft, logo: Picture | undefined): void {
  draft.t = draft.t.filter((track) => !(isVideo(track) && track.m.role === 'overlay'));
  if (!logo) return;
  const base = draft.t.findIndex(isBase);
  draft.t.splice(base + 1, 0, { tt: 0, id: 'logo', m: { name: 'Logo', role: 'overlay' }, sg: [logo] });
}

/** An id that no part of the draft has. Random, so that the id of a removed part does not come back. */
export function newId(prefix: string, draft: LocalDraft, random: () => number): string {
  const taken = new Set(draft.t.flatMap(({ sg }) => sg.map(({ id }) => id)));
  for (;;) {
    const id = `${prefix}-${Math.floor(random() * 36 ** 5).toString(36)}${taken.size}`;
    if (!taken.has(id)) return id;
    taken.add(id);
  }
}

/** How long a picture can last at most: a clip no longer than its source, a still as long as one likes. */
export function mostOf(picture: Picture, media: readonly LocalMedia[]): number {
  const source = media.find(({ url }) => url === picture.m.src)?.durationMs;
  if (picture.m.kind !== 'video' || source === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(Math.floor((source - (picture.m.in ?? 0)) / (picture.m.speed ?? 1)), 1);
}

/** Makes the pictures last `total` together, in proportion to what they last now; false where clips are too short for it. */
export function fitPictures(
  draft: LocalDraft,
  total: number,
  media: readonly LocalMedia[],
  held: ReadonlySet<string> = new Set(),
): boolean {
  const pictures = picturesIn(draft);
  const limits = pictures.map((picture) => (held.has(picture.id) ? picture.d : mostOf(picture, media)));
  if (limits.reduce((sum, limit) => sum + limit, 0) < total) return false;
  const lengths = pictures.map(({ d }) => Math.max(d, 1));
  const fixed = new Set(pictures.flatMap(({ id }, at) => (held.has(id) ? [at] : [])));
  const kept = pictures.reduce((sum, { id, d }) => sum + (held.has(id) ? d : 0), 0);
  if (held.size > 0 && (fixed.size === pictures.length || kept >= total))
    return fitPictures(draft, total, media);
  for (let left = total - kept; ; ) {
    const open = pictures.flatMap((_, at) => (fixed.has(at) ? [] : [at]));
    const weight = open.reduce((sum, at) => sum + (lengths[at] ?? 0), 0);
    const full = open.filter((at) => ((lengths[at] ?? 0) * left) / weight > (limits[at] ?? 0));
    if (full.length === 0) {
      for (const at of open) lengths[at] = ((lengths[at] ?? 0) * left) / weight;
      break;
    }
    for (const at of full) {
      fixed.add(at);
      lengths[at] = limits[at] ?? 0;
      left -= limits[at] ?? 0;
    }
  }
  // Whole numbers whose sum is exact: each ends where the sum so far is rounded to.
  let sum = 0;
  let begun = 0;
  for (const [at, picture] of pictures.entries()) {
    sum += lengths[at] ?? 0;
    picture.d = Math.round(sum) - begun;
    begun += picture.d;
  }
  return true;
}

/** Rows the pictures up without gaps, fits their crossfades, and sets the length of the video. */
export function layPictures(draft: LocalDraft): void {
  const pictures = picturesIn(draft);
  const usual = pictures.find(({ m }) => m.transition)?.m.transition;
  let at = 0;
  for (const [index, picture] of pictures.entries()) {
    const before = pictures[index - 1];
    picture.d = Math.max(Math.round(picture.d), 1);
    picture.s = at;
    at += picture.d;
    if (!before) delete picture.m.transition;
    else if (!picture.m.transition && usual) picture.m.transition = { ...usual };
    if (before && picture.m.transition?.type === 'crossfade') {
      const room = Math.floor(Math.min(before.d, picture.d) * CROSSFADE.share);
      picture.m.transition.d = Math.min(picture.m.transition.d, room);
    }
  }
  draft.d = at;
}

/** The part of a picture's time that words over it take: clear of the cuts where there is time for that. */
export function timeOver(picture: Picture): { s: number; d: number } {
  const s = picture.s + Math.max(picture.m.transition?.d ?? 0, MARGIN.after);
  const d = endOf(picture) - MARGIN.before - s;
  return d < 1000 ? { s: picture.s, d: picture.d } : { s, d };
}

/** When words are shown if nothing says when: a title at the beginning, others where there is room. */
export function usualTime(draft: LocalDraft, role: TextMeta['role']): { s: number; d: number } {
  const first = picturesIn(draft)[0];
  const inFirst = first && first.d > 2200 ? first.d - MARGIN.start - MARGIN.before : SHOWN[role];
  const d = Math.round(Math.min(SHOWN[role], draft.d * 0.9, role === 'title' ? inFirst : SHOWN[role]));
  if (role === 'title') return { s: Math.min(MARGIN.start, draft.d - d), d };
  const starts = [MARGIN.start, ...wordsIn(draft).map((words) => endOf(words) + 200)].sort((a, b) => a - b);
  const s = starts.find((start) => start + d <= draft.d && freePlace(draft, ['center'], { s: start, d }));
  return { s: s ?? Math.max(Math.min(MARGIN.start, draft.d - d), 0), d };
}

export const placeOf = ({ m }: Words): NonNullable<TextMeta['position']> =>
  m.position ?? (m.role === 'caption' ? 'bottom' : 'center');

/** The first of these places where nothing else is shown in that time. */
export const freePlace = (
  draft: LocalDraft,
  places: readonly NonNullable<TextMeta['position']>[],
  time: { s: number; d: number },
  self?: Words,
): TextMeta['position'] =>
  places.find((place) =>
    wordsIn(draft).every(
      (words) =>
        words === self || placeOf(words) !== place || words.s >= endOf(time) || time.s >= endOf(words),
    ),
  );

/** Fills the time with music, again from its beginning where an upload is shorter. */
export function layMusic(
  draft: LocalDraft,
  meta: SoundMeta,
  from: number,
  to: number,
  media: readonly LocalMedia[],
  random: () => number,
): void {
  const { fadeIn = 0, fadeOut = 0, ...steady } = meta;
  const source = media.find(({ url }) => url === meta.src)?.durationMs ?? Number.POSITIVE_INFINITY;
  const each = Math.max(Math.floor(source), SHORTEST_SOUND, Math.ceil((to - from) / 200));
  const id = soundsIn(draft)[0]?.id ?? newId('sound', draft, random);
  const pieces: Sound[] = [];
  for (let at = from; at < to; ) {
    const d = to - at - each < SHORTEST_SOUND ? to - at : each;
    pieces.push({ id: pieces.length === 0 ? id : `${id}-${pieces.length + 1}`, s: at, d, m: { ...steady } });
    at += d;
  }
  const [head, tail] = [pieces[0], pieces.at(-1)];
  if (head && fadeIn > 0) head.m.fadeIn = Math.round(Math.min(fadeIn, (to - from) / 4));
  if (tail && fadeOut > 0) tail.m.fadeOut = Math.round(Math.min(fadeOut, (to - from) / 4));
  setSounds(draft, pieces);
}

/** All pieces as one: the settings of the first, with the fade at the end of the last. */
export function musicOf(draft: LocalDraft): { meta: SoundMeta; from: number; to: number } | undefined {
  const sounds = soundsIn(draft);
  const [head, tail] = [sounds[0], sounds.at(-1)];
  if (!head || !tail) return undefined;
  const { fadeOut: _, ...meta } = head.m;
  return { meta: { ...meta, fadeOut: tail.m.fadeOut ?? 0 }, from: head.s, to: endOf(tail) };
}

/**
 * Brings everything in line with the pictures after they changed: captions follow their picture and go with it, what
 * ended with the video still does, and the rest stays inside.
 */
export function settle(
  draft: LocalDraft,
  before: LocalDraft,
  media: readonly LocalMedia[],
  random: () => number,
): void {
  layPictures(draft);
  const kept = wordsIn(draft).filter((words) => {
    if (words.m.role === 'caption') {
      const was = picturesIn(before).find((picture) => picture.s <= words.s && words.s < endOf(picture));
      const now = was && picturesIn(draft).find(({ id }) => id === was.id);
      if (!now || now.m.src !== was.m.src) return false;
      if (now.s === was.s && now.d === was.d) return true;
      Object.assign(words, timeOver(now));
      return true;
    }
    const rest = before.d - endOf(words);
    if (rest <= 700 && words.s > 700) words.s = Math.max(draft.d - rest - words.d, 0);
    words.s = Math.max(Math.min(words.s, draft.d - Math.min(words.d, draft.d)), 0);
    words.d = rest <= 700 && words.s <= 700 ? draft.d - words.s - rest : Math.min(words.d, draft.d - words.s);
    return words.d > 0;
  });
  setWords(draft, kept);
  const logo = logoIn(draft);
  if (logo) {
    const toEnd = endOf(logo) >= before.d;
    logo.s = Math.min(logo.s, draft.d - 1);
    logo.d = toEnd ? draft.d - logo.s : Math.min(logo.d, draft.d - logo.s);
  }
  const music = musicOf(draft);
  if (!music || draft.d === before.d) return;
  const to = music.to >= before.d ? draft.d : Math.min(music.to, draft.d);
  if (music.from >= to) setSounds(draft, []);
  else layMusic(draft, music.meta, music.from, to, media, random);
}
