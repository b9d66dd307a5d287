import { FRAME_SIZES, type LocalMedia } from '../dialect.js';
import { NotDone } from './speech.js';
import {
  CROSSFADE,
  fitPictures,
  lengthOf,
  mostOf,
  newId,
  type Picture,
  SHORTEST_PICTURE,
  type Storyboard,
} from './storyboard.js';
import type { Token } from './tokens.js';

/** What an edit works on. */
export interface Job {
  /** The video, to be changed. */
  readonly board: Storyboard;
  /** The pictures as the person saw them: "the second photo" counts in these, also after the first was removed. */
  readonly seen: readonly Picture[];
  readonly media: readonly LocalMedia[];
  readonly random: () => number;
  /** The wish. */
  readonly tokens: readonly Token[];
  /** The video is being made. */
  readonly isNew: boolean;
  /** The message gives the length of the video. */
  readonly hasLength: boolean;
}

/** Changes the video, or throws {@link NotDone}. That something is left, and not too short, is checked after it. */
export type Edit = (job: Job) => void;

export const has = ({ tokens }: Job, ...kinds: readonly string[]): boolean =>
  tokens.some(({ is }) => kinds.includes(is));
/** What the first token of a kind says. */
export const said = ({ tokens }: Job, kind: string): string | undefined =>
  tokens.find(({ is }) => is === kind)?.value;
export const numbersOf = ({ tokens }: Job, kind: string): readonly number[] =>
  tokens.find(({ is }) => is === kind)?.numbers ?? [];

/** The shortest and the longest video that the agent makes, in ms. */
const VIDEO_LENGTH = { least: 1000, most: 600_000 } as const;
/** A still is this long when nothing says how long, in ms. */
const STILL_MS = 4000;
const MOTIONS = ['zoom-in', 'pan-right', 'zoom-out', 'pan-left'] as const;

/** Whether a file is a logo by its name. "Catalogue" is not. */
export const isLogo = ({ kind, name }: LocalMedia): boolean =>
  kind === 'image' && /(?:^|[^a-z])(?:logos?|watermark)(?![a-z])|徽标|标志|商标|水印/i.test(name);

export const isPicture = (file: LocalMedia): boolean => file.kind !== 'audio' && !isLogo(file);

/** A segment that shows an upload. Neighbours move differently. */
export function pictureOf(board: Storyboard, file: LocalMedia, random: () => number): Picture {
  const row = board.pictures;
  const { name, url: src, kind } = file;
  if (kind === 'audio') throw new NotDone('kind');
  const still = row.find(({ m }) => m.kind === 'image')?.d ?? STILL_MS;
  const d = kind === 'video' ? (file.durationMs ?? STILL_MS) : still;
  const motion = MOTIONS[row.length % MOTIONS.length] ?? 'zoom-in';
  const m = { name, src, kind, ...(kind === 'image' && { motion }) };
  return { id: newId(board, 'pic', random), s: 0, d, m };
}

/** A part of a time that is `length` long, from and to in ms. */
export function within(span: readonly number[], length: number): [from: number, to: number] {
  const [from = 0, to = 0] = span.map((ms) => Math.min(ms < 0 ? length + ms : ms, length));
  if (from < 0 || from >= to) throw new NotDone('outside');
  return [from, to];
}

/** What every edit that changes the length has to leave. */
export function checkLength(board: Storyboard): void {
  const total = lengthOf(board);
  if (board.pictures.length === 0) throw new NotDone('last');
  const isSeen = board.pictures.every(({ d }) => d >= SHORTEST_PICTURE);
  if (!isSeen || total < VIDEO_LENGTH.least || total > VIDEO_LENGTH.most) throw new NotDone('length');
}

/** The tokens that name pictures or files, in the order of naming. */
const references = (tokens: readonly Token[]): Token[] =>
  tokens.filter(({ is }) => is === 'pick' || is === 'file');

/** The pictures that tokens name. Files that are not in the video come in where `brings` says so. */
function picturesOf(job: Job, tokens: readonly Token[], brings = false): Picture[] {
  const { board, seen, random } = job;
  // Where clips are counted, photos are passed over, and the reverse.
  const [clips, photos] = [has(job, 'clip'), has(job, 'picture')];
  const counted = seen.filter(({ m }) => clips === photos || (m.kind === 'image') === photos);
  const row = counted.length > 0 ? counted : seen;
  const found = tokens.flatMap(({ is, file, numbers }) => {
    if (is === 'pick') return numbers.map((place) => row.at(place < 0 ? place : place - 1));
    if (!file) throw new NotDone('upload');
    const shown = seen.filter(({ m }) => m.src === file.url);
    return shown.length === 0 && brings ? [pictureOf(board, file, random)] : shown;
  });
  if (found.length === 0) throw new NotDone('picture');
  return [...new Set(found)].flatMap((each) => {
    // As it is now, after earlier wishes of the message: one of them may have removed it.
    const now =
      board.pictures.find(({ id }) => id === each?.id) ?? (each && !seen.includes(each) ? each : undefined);
    if (!now) throw new NotDone('picture');
    return now;
  });
}

/** The pictures that a wish names. */
export function named(job: Job): Picture[] {
  const tokens = references(job.tokens);
  if (tokens.length > 0) return picturesOf(job, tokens);
  if (job.board.pictures.length > 1) throw new NotDone('which');
  return job.board.pictures;
}

/** The pictures that a wish names, or all where it names none. */
const namedOrAll = (job: Job): Picture[] =>
  references(job.tokens).length > 0 ? named(job) : job.board.pictures;

/** Takes a piece of the video's time out. The two parts of a clip around it meet in a cut. */
function cutOut({ board, random }: Job, from: number, to: number): void {
  const rest = board.pictures.flatMap((picture): Picture[] => {
    const { s, d, m } = picture;
    const [a, b] = [Math.max(from - s, 0), Math.min(to - s, d)];
    if (b <= a) return [picture];
    if (m.kind !== 'video') return [{ ...picture, d: d - (b - a) }];
    const tail = { ...picture, d: d - b, m: { ...m, in: Math.round((m.in ?? 0) + b * (m.speed ?? 1)) } };
    if (a < SHORTEST_PICTURE) return [tail];
    const own = {
      id: newId(board, 'pic', random),
      m: { ...tail.m, transition: { type: 'cut', d: 0 } as const },
    };
    return [
      { ...picture, d: a },
      { ...tail, ...own },
    ];
  });
  board.pictures = rest.filter(({ d }) => d >= SHORTEST_PICTURE);
}

/** The length that a wish asks for: "15 seconds", "5 seconds longer", "add 5 seconds", "twice as long", "longer". */
function wanted(job: Job, now: number): number {
  const [time] = numbersOf(job, 'time');
  const way = has(job, 'longer') ? 1 : has(job, 'shorter') ? -1 : 0;
  if (time !== undefined && said(job, 'put') === 'add') return now + time;
  if (time !== undefined) return way === 0 || has(job, 'to') ? time : now + way * time;
  return Math.round(now * (numbersOf(job, 'times')[0] ?? (way > 0 ? 1.25 : 0.8)));
}

/** What the commands about pictures do. */
export const PICTURE_EDITS: Readonly<Record<string, Edit>> = {
  /** Leaves what is named, in the order of naming. */
  only(job) {
    const tokens = references(job.tokens).filter(({ file }) => !file || isPicture(file));
    const own = job.board.pictures.filter(({ m }) => m.kind !== 'scene');
    job.board.pictures = tokens.length > 0 ? picturesOf(job, tokens, true) : own;
  },

  remove(job) {
    const found = named(job);
    job.board.pictures = job.board.pictures.filter((picture) => !found.includes(picture));
  },

  /** Puts pictures at an edge, at a place, or beside another; without a name, the uploads that are not in the video. */
  move(job) {
    const { board, media, random, tokens } = job;
    const names = references(tokens);
    // "Move A *before* B", 把A*移到*B后面.
    const first = names[0] ? tokens.indexOf(names[0]) : -1;
    const link = tokens.findIndex(
      ({ is }, at) => at > first && /^(?:move|put|to|before|after|edge)$/.test(is),
    );
    // "Start with A" has the edge in front, "put A first" its place behind.
    const all = names.length - (has(job, 'edge') ? 0 : 1);
    const count = link < 0 ? all : references(tokens.slice(0, link)).length;
    const fresh = media.filter(
      (file) => isPicture(file) && !board.pictures.some(({ m }) => m.src === file.url),
    );
    const moved =
      first < 0
        ? fresh.map((file) => pictureOf(board, file, random))
        : picturesOf(job, names.slice(0, count), true);
    const rest = board.pictures.filter((picture) => !moved.includes(picture));
    const target = names.slice(count);
    const [place = 0] = target[0]?.numbers ?? [];
    const [beside] = has(job, 'before', 'after') ? picturesOf(job, target) : [];
    const edge = said(job, 'edge') === 'start' ? 0 : rest.length;
    const at = beside ? rest.indexOf(beside) + (has(job, 'after') ? 1 : 0) : place > 0 ? place - 1 : edge;
    if (moved.length === 0 || at < 0 || at > rest.length) throw new NotDone('picture');
    board.pictures = rest.toSpliced(at, 0, ...moved);
  },

  /** Reverses the order, or takes it from the wish. */
  order(job) {
    const { pictures } = job.board;
    const first = has(job, 'reverse') ? pictures.toReversed() : named(job);
    job.board.pictures = [...first, ...pictures.filter((picture) => !first.includes(picture))];
  },

  /** Shows an upload in the place of a picture, whose caption goes. */
  replace(job) {
    const { board, random } = job;
    const [what, by] = references(job.tokens);
    const [old] = what ? picturesOf(job, [what]) : [];
    if (!old || !by?.file) throw new NotDone('upload');
    const { d, m } = pictureOf(board, by.file, random);
    old.d = m.kind === 'video' ? Math.min(d, old.d) : old.d;
    const { transition, motion = m.motion } = old.m;
    old.m = { ...m, ...(transition && { transition }), ...(motion && m.motion && { motion }) };
    board.words = board.words.filter(({ over }) => over !== old.id);
  },

  /** Cuts a part of the time away, or all but that part; of the whole video, or of one picture. */
  trim(job) {
    const [picture] = references(job.tokens).length > 0 ? named(job) : [];
    const [start, length] = [picture?.s ?? 0, picture?.d ?? lengthOf(job.board)];
    const [from, to] = within(numbersOf(job, 'span'), length);
    // "Cut it to the first 5 seconds" and "trim from 2 to 5 s" keep the part.
    const isInside = said(job, 'cut') === 'trim' && from > 0 && to < length;
    if (has(job, 'keep', 'to') || isInside) {
      cutOut(job, start + to, start + length);
      cutOut(job, start, start + from);
    } else cutOut(job, start + from, start + to);
  },

  /** How long pictures are shown. */
  'show for'(job) {
    if (job.hasLength) throw new NotDone('fixed');
    for (const picture of has(job, 'each') ? job.board.pictures : named(job)) {
      picture.d = wanted(job, picture.d);
      if (picture.d > mostOf(picture, job.media)) throw new NotDone('source');
    }
  },

  length(job) {
    const { board, media } = job;
    if (!fitPictures(board.pictures, wanted(job, lengthOf(board)), media)) throw new NotDone('source');
  },

  pace(job) {
    if (job.hasLength) throw new NotDone('fixed');
    const [times = 1.25] = numbersOf(job, 'times');
    const factor = has(job, 'slower') && times >= 1 ? 1 / times : times;
    for (const picture of namedOrAll(job)) {
      const { m, d } = picture;
      if (m.kind === 'video') m.speed = Math.round((m.speed ?? 1) * factor * 1000) / 1000;
      picture.d = Math.round(d / factor);
    }
  },

  aspect(job) {
    const value = said(job, 'aspect');
    if (value !== '16:9' && value !== '9:16' && value !== '1:1') throw new NotDone('aspect');
    Object.assign(job.board.frame, FRAME_SIZES[value]);
  },

  transitions(job) {
    const [, ...rest] = job.board.pictures;
    if (rest.length === 0) throw new NotDone('pair');
    const isCut = said(job, 'cross') === 'cut' || has(job, 'out', 'no');
    const d = isCut ? 0 : Math.min(numbersOf(job, 'time')[0] ?? CROSSFADE.usual, CROSSFADE.most);
    for (const { m } of rest) m.transition = { type: isCut ? 'cut' : 'crossfade', d };
  },
};
