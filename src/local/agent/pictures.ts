import { FRAME_SIZES, type LocalMedia } from '../dialect.js';
import {
  CROSSFADE,
  fitPictures,
  lengthOf,
  newId,
  type Picture,
  SHORTEST_PICTURE,
  type Storyboard,
} from './storyboard.js';
import { has, type Token } from './tokens.js';

/** Thrown by an edit that cannot be done; what it has changed is thrown away. */
export class NotDone extends Error {
  override readonly name = 'NotDone';
}

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
  /** The message gives the length of the video. */
  readonly hasLength: boolean;
}

/** Changes the video, or throws {@link NotDone}. That something is left, and not too short, is checked after it. */
export type Edit = (job: Job) => void;

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
  if (kind === 'audio') throw new NotDone();
  const still = row.find(({ m }) => m.kind === 'image')?.d ?? STILL_MS;
  const d = kind === 'video' ? (file.durationMs ?? STILL_MS) : still;
  const motion = MOTIONS[row.length % MOTIONS.length] ?? 'zoom-in';
  const m = { name, src, kind, ...(kind === 'image' && { motion }) };
  return { id: newId('pic', random), s: 0, d, m };
}

/** A part of a time that is `length` long, from and to in ms. */
export function within(span: readonly number[], length: number): [from: number, to: number] {
  const [from = 0, to = 0] = span.map((ms) => Math.min(ms < 0 ? length + ms : ms, length));
  if (from < 0 || from >= to) throw new NotDone();
  return [from, to];
}

/** What every edit that changes the length has to leave. */
export function checkLength(board: Storyboard): void {
  const total = lengthOf(board);
  const isSeen = board.pictures.every(({ d }) => d >= SHORTEST_PICTURE);
  if (!isSeen || total < VIDEO_LENGTH.least || total > VIDEO_LENGTH.most) throw new NotDone();
}

/** The tokens that name pictures or files, in the order of naming. */
const references = (tokens: readonly Token[]): Token[] =>
  tokens.filter(({ is }) => is === 'pick' || is === 'file');

/** The pictures that tokens name. Files that are not in the video come in where `brings` says so. */
function picturesOf(job: Job, tokens: readonly Token[], brings = false): Picture[] {
  const { board, seen, random } = job;
  // Where clips are counted, photos are passed over, and the reverse.
  const [clips, photos] = [has(job.tokens, 'clip'), has(job.tokens, 'picture')];
  const isCounted = ({ m }: Picture): boolean => m.kind === 'scene' || (m.kind === 'image') === photos;
  const row = clips === photos ? seen : seen.filter(isCounted);
  const found = tokens.flatMap(({ is, file, numbers }) => {
    // As they are now: an earlier wish of the message may have removed one.
    const places = numbers.map((place) => row.at(place < 0 ? place : place - 1)?.id);
    if (is === 'pick') return places.map((place) => board.pictures.find(({ id }) => id === place));
    if (!file) throw new NotDone();
    const shown = board.pictures.filter(({ m }) => m.src === file.url);
    return shown.length === 0 && brings ? [pictureOf(board, file, random)] : shown;
  });
  if (found.length === 0 || found.includes(undefined)) throw new NotDone();
  return [...new Set(found)].flatMap((picture) => picture ?? []);
}

/** The pictures that a wish names. */
export function named(job: Job): Picture[] {
  const tokens = references(job.tokens);
  if (tokens.length > 0) return picturesOf(job, tokens);
  if (job.board.pictures.length > 1) throw new NotDone();
  return job.board.pictures;
}

/** What the commands about pictures do. */
export const PICTURE_EDITS: Readonly<Record<string, Edit>> = {
  /** Leaves what is named, in the order of naming. */
  only(job) {
    const tokens = references(job.tokens).filter(({ file }) => !file || isPicture(file));
    job.board.pictures = picturesOf(job, tokens, true);
  },

  remove(job) {
    const found = named(job);
    job.board.pictures = job.board.pictures.filter((picture) => !found.includes(picture));
  },

  /** Puts pictures and uploads at an edge, or at a place. */
  move(job) {
    const { board, tokens } = job;
    const names = references(tokens);
    // "Put the cake first": the last one is the place.
    const isPlaced = names.length > 1 && names.at(-1)?.is === 'pick' && !has(tokens, 'edge');
    const [target] = isPlaced ? names.splice(-1) : [];
    const moved = picturesOf(job, names, true);
    const rest = board.pictures.filter((picture) => !moved.includes(picture));
    const edge = said(job, 'edge') === 'start' ? 0 : rest.length;
    const at = target ? (target.numbers[0] ?? 0) - 1 : edge;
    if (at < 0 || at > rest.length) throw new NotDone();
    board.pictures = rest.toSpliced(at, 0, ...moved);
  },

  /** Reverses the order, or takes it from the wish. */
  order(job) {
    const { pictures } = job.board;
    const first = has(job.tokens, 'reverse') ? pictures.toReversed() : named(job);
    job.board.pictures = [...first, ...pictures.filter((picture) => !first.includes(picture))];
  },

  /** Shows an upload in the place of a picture, whose caption goes. */
  replace(job) {
    const { board, random } = job;
    const [what, by] = references(job.tokens);
    const [old] = what ? picturesOf(job, [what]) : [];
    if (!old || !by?.file) throw new NotDone();
    const { d, m } = pictureOf(board, by.file, random);
    old.d = m.kind === 'video' ? Math.min(d, old.d) : old.d;
    const { transition, motion = m.motion } = old.m;
    old.m = { ...m, ...(transition && { transition }), ...(motion && m.motion && { motion }) };
    board.words = board.words.filter(({ over }) => over !== old.id);
  },

  /** Cuts time away at the start or the end, or all but a part; of the whole video. */
  trim(job) {
    const { board } = job;
    const length = lengthOf(board);
    let [from, to] = within(numbersOf(job, 'span'), length);
    // "Cut it to the first 5 seconds" keeps them.
    const keeps = has(job.tokens, 'keep', 'to');
    if (!keeps && from > 0 && to < length) throw new NotDone();
    if (!keeps) [from, to] = from > 0 ? [0, from] : [to, length];
    board.pictures = board.pictures.flatMap(({ m, ...rest }) => {
      const [a, b] = [Math.max(from - rest.s, 0), Math.min(to - rest.s, rest.d)];
      const begun = m.kind === 'video' && a > 0 && { in: Math.round((m.in ?? 0) + a * (m.speed ?? 1)) };
      return b - a < SHORTEST_PICTURE ? [] : [{ ...rest, d: b - a, m: { ...m, ...begun } }];
    });
  },

  length(job) {
    const { board, media } = job;
    const [time = 0] = numbersOf(job, 'time');
    if (said(job, 'put') === 'add' || !fitPictures(board, time, media)) throw new NotDone();
  },

  pace(job) {
    if (job.hasLength) throw new NotDone();
    const factor = has(job.tokens, 'slower') ? 0.8 : 1.25;
    for (const picture of job.board.pictures) {
      const { m, d } = picture;
      if (m.kind === 'video') m.speed = Math.round((m.speed ?? 1) * factor * 1000) / 1000;
      picture.d = Math.round(d / factor);
    }
  },

  aspect(job) {
    const value = said(job, 'aspect');
    if (value !== '16:9' && value !== '9:16' && value !== '1:1') throw new NotDone();
    Object.assign(job.board.frame, FRAME_SIZES[value]);
  },

  transitions(job) {
    const [, ...rest] = job.board.pictures;
    if (rest.length === 0) throw new NotDone();
    const isCut = said(job, 'cross') === 'cut' || has(job.tokens, 'out', 'no');
    const d = isCut ? 0 : Math.min(numbersOf(job, 'time')[0] ?? CROSSFADE.usual, CROSSFADE.most);
    for (const { m } of rest) m.transition = { type: isCut ? 'cut' : 'crossfade', d };
  },
};
