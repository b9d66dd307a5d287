import type { LocalDraft, LocalMedia } from '../dialect.js';
import type { Clause } from './clauses.js';
import type { Span, Token } from './lex.js';
import {
  CROSSFADE,
  fitPictures,
  mostOf,
  newId,
  type Picture,
  picturesIn,
  SHORTEST_PICTURE,
  STILL_MS,
  setPictures,
  VIDEO_LENGTH,
} from './timeline.js';

/** What a command works on. */
export interface Job {
  /** The timeline, to be changed. */
  readonly draft: LocalDraft;
  /** The timeline as the person saw it: "the second photo" counts in this one, also after the first was removed. */
  readonly seen: LocalDraft;
  readonly media: readonly LocalMedia[];
  readonly random: () => number;
  readonly clause: Clause;
  /** The video is being made. */
  readonly creating: boolean;
  /** How long the message wants it to be, in ms. */
  readonly totalMs?: number | undefined;
}

/** A sentence in English and in Chinese. */
export type Said = readonly [en: string, zh: string];

/** What was done, for the reply, and how many clips were generated for it; or why it was not done. */
export type Outcome = { readonly done: Said; readonly clips?: number } | { readonly not: Said };

export const done = (en: string, zh: string): Outcome => ({ done: [en, zh] });
export const not = (en: string, zh: string): { not: Said } => ({ not: [en, zh] });

/** The first token of a kind. */
export const get = ({ clause }: Job, ...kinds: readonly string[]): Token | undefined =>
  clause.tokens.find(({ is }) => kinds.includes(is));
export const has = (job: Job, ...kinds: readonly string[]): boolean => get(job, ...kinds) !== undefined;

export const seconds = (ms: number): string => String(Math.round(ms / 100) / 10);

const NO_PICTURE = not('there is no such picture', '没有这张图片');

/** The places in a row of `size` that numbers mean; undefined where one is outside. */
function placesOf({ list, first, last }: NonNullable<Token['pick']>, size: number): number[] | undefined {
  const all = Array.from({ length: size }, (_, at) => at);
  if (first !== undefined || last !== undefined) {
    const count = first ?? last ?? 0;
    return count > size ? undefined : first !== undefined ? all.slice(0, count) : all.slice(size - count);
  }
  const places = list.map((number) => (number < 0 ? size + number : number - 1));
  return places.every((place) => place >= 0 && place < size) ? places : undefined;
}

/** What of a row a token means: by number or by file; only photos or only clips where it says so. */
function picked<Item>(
  token: Token,
  row: readonly Item[],
  kindOf: (item: Item) => string,
  urlOf: (item: Item) => string,
): Item[] | { not: Said } {
  if (token.file) {
    const found = row.filter((item) => urlOf(item) === token.file?.url);
    return found.length > 0
      ? found
      : not(`${token.file.name} is not in the video`, `视频里没有 ${token.file.name}`);
  }
  if (token.is === 'file')
    return not(`there is no upload called “${token.value}”`, `没有上传过“${token.value}”`);
  const { pick } = token;
  if (!pick) return NO_PICTURE;
  const counted = row.filter((item) =>
    pick.of === 'any' ? true : (pick.of === 'clip') !== (kindOf(item) === 'image'),
  );
  const those = counted.length > 0 ? counted : row;
  const places = placesOf(pick, those.length);
  if (!places) {
    const asked = Math.max(...pick.list, pick.first ?? 0, pick.last ?? 0);
    return not(
      `there is no picture ${asked}: the video has ${those.length}`,
      `没有第 ${asked} 张：一共只有 ${those.length} 张`,
    );
  }
  return places.flatMap((place) => those[place] ?? []);
}

/** The pictures of the timeline that a clause names, in the order in which it names them. */
export function named(job: Job, tokens = job.clause.tokens): Picture[] | { not: Said } {
  const found: Picture[] = [];
  const row = picturesIn(job.seen);
  for (const token of tokens.filter(({ is }) => is === 'pick' || is === 'file')) {
    const some = picked(
      token,
      row,
      ({ m }) => m.kind,
      ({ m }) => m.src,
    );
    if ('not' in some) return some;
    for (const { id } of some) found.push(...picturesIn(job.draft).filter((picture) => picture.id === id));
  }
  if (found.length > 0) return found;
  const of = has(job, 'clip')
    ? picturesIn(job.draft).filter(({ m }) => m.kind !== 'image')
    : picturesIn(job.draft);
  if (
    of.length === 1 ||
    has(job, 'all', 'each') ||
    /\b(?:photos|pictures|images|clips|slides)\b/i.test(job.clause.raw)
  )
    return of;
  return of.length === 0
    ? NO_PICTURE
    : not(
        `which of the ${of.length} pictures? Say for example “the second photo”`,
        `是哪一张？一共有 ${of.length} 张，例如可以说“第二张”`,
      );
}

/** The uploads that a clause names. */
function uploads(job: Job): LocalMedia[] | { not: Said } {
  const found: LocalMedia[] = [];
  for (const token of job.clause.tokens.filter(({ is }) => is === 'pick' || is === 'file')) {
    const some = picked(
      token,
      job.media.filter(isPicture),
      ({ kind }) => kind,
      ({ url }) => url,
    );
    if ('not' in some)
      return token.file && !isPicture(token.file)
        ? not(`${token.file.name} is not a picture`, `${token.file.name} 不是图片`)
        : some;
    found.push(...some);
  }
  return found;
}

/** Whether a file is a logo by its name. "Catalogo" is not. */
export const isLogo = ({ kind, name }: LocalMedia): boolean =>
  kind === 'image' &&
  (/(?:^|[^a-z])(?:logos?|logotype|watermark)(?![a-z])/i.test(name) ||
    /[a-z]Logo(?![a-z])|徽标|标志|商标|标识|水印/.test(name));

export const isPicture = (file: LocalMedia): boolean => file.kind !== 'audio' && !isLogo(file);

const MOTIONS = ['zoom-in', 'pan-right', 'zoom-out', 'pan-left'] as const;

/** A segment that shows an upload. Neighbours move differently. */
export function pictureOf(draft: LocalDraft, file: LocalMedia, random: () => number): Picture {
  const row = picturesIn(draft);
  const still = row.find(({ m }) => m.kind === 'image')?.d ?? STILL_MS;
  const { name, url: src } = file;
  const id = newId('pic', draft, random);
  if (file.kind === 'video')
    return { id, s: 0, d: file.durationMs ?? STILL_MS, m: { name, src, kind: 'video' } };
  return {
    id,
    s: 0,
    d: still,
    m: { name, src, kind: 'image', motion: MOTIONS[row.length % 4] ?? 'zoom-in' },
  };
}

/** A scene that is drawn for words; `number` makes scenes of the same words look different. */
export function sceneOf(
  draft: LocalDraft,
  words: string,
  number: number,
  ms: number,
  random: () => number,
): Picture {
  const name = [...words]
    .slice(0, 120)
    .join('')
    .replace(/\p{Surrogate}/gu, '');
  return {
    id: newId('pic', draft, random),
    s: 0,
    d: ms,
    m: { name, src: `local:scene/${number}?words=${encodeURIComponent(name)}`, kind: 'scene' },
  };
}

const list = (pictures: readonly Picture[]): string =>
  [...new Set(pictures.map(({ m }) => m.name))].join(', ');

export function removePictures(job: Job): Outcome {
  const found = named(job);
  if ('not' in found) return found;
  const rest = picturesIn(job.draft).filter((picture) => !found.includes(picture));
  if (rest.length === 0) return not('a video needs at least one picture', '视频至少要有一张图片');
  setPictures(job.draft, rest);
  return done(`Removed ${list(found)}.`, `已删除 ${list(found)}。`);
}

/** Leaves only what is named, in the order of naming. */
export function keepOnly(job: Job): Outcome {
  const files = uploads(job);
  if (!('not' in files) && job.creating && files.length > 0) {
    const row = files.map(
      (file) =>
        picturesIn(job.draft).find(({ m }) => m.src === file.url) ?? pictureOf(job.draft, file, job.random),
    );
    setPictures(job.draft, row);
    return done(`Used only ${list(row)}.`, `只用了 ${list(row)}。`);
  }
  if (references(job).length === 0 && has(job, 'upload', 'picture')) {
    const own = picturesIn(job.draft).filter(({ m }) => m.kind !== 'scene');
    if (own.length === 0) return not('no file of yours is in the video', '视频里没有您的文件');
    setPictures(job.draft, own);
    return done('Used only your files.', '只用了您的文件。');
  }
  const found = named(job);
  if ('not' in found) {
    // "Only these files", where they are not in the video yet, replaces what is.
    if ('not' in files || files.length === 0) return found;
    setPictures(
      job.draft,
      files.map((file) => pictureOf(job.draft, file, job.random)),
    );
    return done(`Used only ${list(picturesIn(job.draft))}.`, `只用了 ${list(picturesIn(job.draft))}。`);
  }
  setPictures(job.draft, found);
  return done(`Kept only ${list(found)}.`, `只保留了 ${list(found)}。`);
}

/** Where a clause puts something in the row without it: an edge, a number, before or after another. */
function placeIn(job: Job, rest: readonly Picture[], tokens: readonly Token[]): number | { not: Said } {
  const edge = get(job, 'edge');
  const beside = get(job, 'before', 'after');
  if (edge && !beside) return edge.value === 'start' ? 0 : rest.length;
  if (tokens.length === 0) return rest.length;
  if (!beside) {
    const [place] = tokens.flatMap(({ pick }) => (pick ? (placesOf(pick, rest.length + 1) ?? []) : []));
    return place ?? NO_PICTURE;
  }
  const there = named(job, tokens);
  if ('not' in there) return there;
  const at = rest.findIndex(({ id }) => id === there[0]?.id);
  return at < 0 ? NO_PICTURE : beside.is === 'before' ? at : at + 1;
}

/** The tokens that name pictures or files. */
const references = (job: Job): Token[] =>
  job.clause.tokens.filter(({ is }) => is === 'pick' || is === 'file');

export function movePictures(job: Job): Outcome {
  const [what, ...where] = references(job);
  if (!what) return NO_PICTURE;
  const isNew = what.file && picturesIn(job.draft).every(({ m }) => m.src !== what.file?.url);
  if (isNew) return insertPictures(job);
  const found = named(job, [what]);
  if ('not' in found) return found;
  const rest = picturesIn(job.draft).filter((picture) => !found.includes(picture));
  const at = placeIn(job, rest, where);
  if (typeof at !== 'number') return at;
  setPictures(job.draft, rest.toSpliced(at, 0, ...found));
  return done(`Moved ${list(found)} to place ${at + 1}.`, `已把 ${list(found)} 移到第 ${at + 1} 位。`);
}

export function swapPictures(job: Job): Outcome {
  const found = named(job);
  if ('not' in found) return found;
  const row = picturesIn(job.draft);
  const [a, b] = found;
  if (!a || !b || found.length !== 2) return not('that takes two pictures', '需要两张图片');
  setPictures(
    job.draft,
    row.map((each) => (each === a ? b : each === b ? a : each)),
  );
  return done(`Swapped ${a.m.name} and ${b.m.name}.`, `已交换 ${a.m.name} 和 ${b.m.name}。`);
}

export function orderPictures(job: Job): Outcome {
  const row = picturesIn(job.draft);
  if (has(job, 'reverse')) setPictures(job.draft, row.toReversed());
  else if (has(job, 'shuffle')) {
    const keyed = row.map((picture) => ({ picture, key: job.random() }));
    setPictures(
      job.draft,
      keyed.sort((a, b) => a.key - b.key).map(({ picture }) => picture),
    );
  } else if (references(job).length > 0) {
    const found = named(job);
    if ('not' in found) return found;
    setPictures(job.draft, [...found, ...row.filter((picture) => !found.includes(picture))]);
  } else
    setPictures(
      job.draft,
      row.toSorted((a, b) => a.m.name.localeCompare(b.m.name, 'en', { numeric: true })),
    );
  const order = list(picturesIn(job.draft));
  return done(`The order is now ${order}.`, `顺序现在是：${order}。`);
}

export function replacePicture(job: Job): Outcome {
  const both = references(job);
  const [first, second] = has(job, 'instead') ? both.toReversed() : both;
  if (!first || !second)
    return not('say which picture, and which file comes in its place', '请说明换哪一张、换成哪个文件');
  const old = named(job, [first]);
  if ('not' in old) return old;
  const { file } = second;
  if (!file) return not(`there is no upload called “${second.value}”`, `没有上传过“${second.value}”`);
  if (file.kind === 'audio') return not(`${file.name} is not a picture`, `${file.name} 不是图片`);
  const was = list(old);
  for (const picture of old) {
    const { m, d } = pictureOf(job.draft, file, job.random);
    picture.d = file.kind === 'video' ? Math.min(picture.d, d) : picture.d;
    const { transition, motion = m.motion } = picture.m;
    picture.m = { ...m, ...(transition && { transition }), ...(motion && m.kind === 'image' && { motion }) };
  }
  return done(`Replaced ${was} with ${file.name}.`, `已把 ${was} 换成 ${file.name}。`);
}

/** Puts uploads into the video: those named, else those that are not in it yet. */
export function insertPictures(job: Job): Outcome {
  const row = picturesIn(job.draft);
  const shown = (file: LocalMedia): boolean => row.some(({ m }) => m.src === file.url);
  const files = references(job).flatMap(({ file }) => file ?? []);
  const missing = references(job).find(({ is, file }) => is === 'file' && !file);
  if (missing) return not(`there is no upload called “${missing.value}”`, `没有上传过“${missing.value}”`);
  const beside = has(job, 'before', 'after');
  const what = beside && files.length > 1 ? files.slice(0, 1) : files;
  const fresh = what.length > 0 ? what : job.media.filter((file) => isPicture(file) && !shown(file));
  if (fresh.length === 0)
    return not('there is no upload that is not in the video already', '没有视频里还没用过的素材');
  if (fresh.some(({ kind }) => kind === 'audio')) return not('a sound is not a picture', '音频不是图片');
  const where = references(job).filter(({ file }) => !file || !fresh.includes(file));
  const at = placeIn(job, row, where);
  if (typeof at !== 'number') return at;
  const made = fresh.map((file) => pictureOf(job.draft, file, job.random));
  setPictures(job.draft, row.toSpliced(at, 0, ...made));
  return done(`Added ${list(made)} at place ${at + 1}.`, `已在第 ${at + 1} 位加入 ${list(made)}。`);
}

/** Leaves the part of a picture between two times of its own. A clip begins later in its source. */
function crop(picture: Picture, from: number, to: number): void {
  if (picture.m.kind === 'video' && from > 0)
    picture.m.in = Math.round((picture.m.in ?? 0) + from * (picture.m.speed ?? 1));
  picture.d = Math.round(to - from);
}

/** Takes a piece of time out of the row; a clip that it lies inside becomes two. */
function takeOut(draft: LocalDraft, from: number, to: number, random: () => number): void {
  setPictures(
    draft,
    picturesIn(draft).flatMap((picture) => {
      const a = Math.min(Math.max(from - picture.s, 0), picture.d);
      const b = Math.min(Math.max(to - picture.s, 0), picture.d);
      if (b <= a) return [picture];
      if (picture.m.kind !== 'video') {
        picture.d -= b - a;
        return picture.d >= SHORTEST_PICTURE ? [picture] : [];
      }
      const parts: Picture[] = [];
      const { d } = picture;
      if (a >= SHORTEST_PICTURE) parts.push({ ...structuredClone(picture), d: a });
      if (d - b < SHORTEST_PICTURE) return parts;
      const tail = structuredClone(picture);
      crop(tail, b, d);
      if (parts.length > 0)
        Object.assign(tail, {
          id: newId('pic', draft, random),
          m: { ...tail.m, transition: { type: 'cut', d: 0 } },
        });
      return [...parts, tail];
    }),
  );
}

const within = ({ start, end, first, last }: Span, length: number): [from: number, to: number] =>
  first !== undefined
    ? [0, first]
    : last !== undefined
      ? [length - last, length]
      : [start ?? 0, end ?? length];

/** Cuts a part of the time away, or everything but that part: of the whole video, or of one picture. */
export function trim(job: Job): Outcome {
  const { tokens } = job.clause;
  const at = tokens.findIndex(({ is }) => is === 'span');
  const edge = get(job, 'edge');
  const time = get(job, 'time');
  const span: Span | undefined =
    tokens[at]?.span ??
    (edge && time ? (edge.value === 'start' ? { first: time.number } : { last: time.number }) : undefined);
  if (!span) return not('say which part', '请说明剪哪一部分');
  const cut = get(job, 'cut')?.value ?? '';
  const before = tokens.slice(0, Math.max(at, 0)).findLast(({ is }) => is !== 'the' && is !== 'a');
  const to =
    at >= 0 &&
    ((before?.is === 'prep' && before.value === 'to') || /(?:到|成|为)$/.test(before?.value ?? ''));
  const keeps =
    has(job, 'keep', 'only') ||
    to ||
    (/^trim|^截/i.test(cut) && span.start !== undefined && span.end !== undefined);
  const one = has(job, 'pick', 'file', 'clip', 'picture') || picturesIn(job.draft).length === 1;
  const found = one ? named(job) : undefined;
  if (found && 'not' in found) return found;
  const picture = found?.[0];
  if (found && (found.length !== 1 || !picture)) return not('say which one', '请说明是哪一个');
  const length = picture?.d ?? job.draft.d;
  const [from, end] = within(span, length);
  const left = keeps ? Math.min(end, length) - from : length - (Math.min(end, length) - Math.max(from, 0));
  if (from < 0 || from >= length || (keeps && end > length))
    return not(
      `that time is outside: it is ${seconds(length)} s long`,
      `超出了范围：只有 ${seconds(length)} 秒`,
    );
  if (left < (picture ? SHORTEST_PICTURE : VIDEO_LENGTH.least))
    return not('nothing would be left', '那样就没有内容了');
  const offset = picture?.s ?? 0;
  if (!keeps) takeOut(job.draft, offset + from, offset + end, job.random);
  else if (picture) crop(picture, from, end);
  else {
    takeOut(job.draft, end, job.draft.d, job.random);
    takeOut(job.draft, 0, from, job.random);
  }
  const name = picture?.m.name ?? '';
  return done(
    `Trimmed ${name || 'the video'} to ${seconds(left)} s.`,
    `已把${name || '视频'}剪到 ${seconds(left)} 秒。`,
  );
}

/** The length that a clause asks for: "15 seconds", "5 seconds longer", "half as long", "longer". */
function wanted(job: Job, now: number): number {
  const time = get(job, 'time')?.number;
  const times = get(job, 'times')?.number;
  const more = get(job, 'time')?.value.trim() === 'more' || get(job, 'time')?.value.trim() === 'extra';
  const way = more || has(job, 'longer') ? 1 : has(job, 'shorter', 'cut') ? -1 : 0;
  const absolute = !more && (/\bto\b|[到成为]/i.test(job.clause.raw) || !has(job, 'longer', 'shorter', 'by'));
  if (time !== undefined) return absolute ? time : now + (way || 1) * time;
  if (times !== undefined) return now * times;
  return way > 0 ? now * 1.25 : now / 1.25;
}

export function totalLength(job: Job): Outcome {
  const ms = Math.round(wanted(job, job.draft.d));
  const least = Math.max(VIDEO_LENGTH.least, picturesIn(job.draft).length * SHORTEST_PICTURE);
  if (ms < least)
    return not(`too short: at least ${seconds(least)} s`, `太短了，至少要 ${seconds(least)} 秒`);
  if (ms > VIDEO_LENGTH.most)
    return not(
      `too long: at most ${seconds(VIDEO_LENGTH.most)} s`,
      `太长了，最长 ${seconds(VIDEO_LENGTH.most)} 秒`,
    );
  if (!fitPictures(job.draft, ms, job.media)) {
    const most = picturesIn(job.draft).reduce((sum, picture) => sum + mostOf(picture, job.media), 0);
    return not(`the clips have only ${seconds(most)} s`, `素材只有 ${seconds(most)} 秒`);
  }
  return done(`The video is now ${seconds(ms)} s long.`, `视频现在长 ${seconds(ms)} 秒。`);
}

export function pictureLength(job: Job): Outcome {
  const every = has(job, 'each', 'all');
  const found = every && !has(job, 'pick', 'file') ? picturesIn(job.draft) : named(job);
  if ('not' in found) return found;
  for (const picture of found) {
    const ms = Math.round(wanted(job, picture.d));
    const most = mostOf(picture, job.media);
    if (ms < SHORTEST_PICTURE) return not('too short to be seen', '太短了，看不清');
    if (ms > most && !every)
      return not(
        `${picture.m.name} has only ${seconds(most)} s`,
        `${picture.m.name} 只有 ${seconds(most)} 秒`,
      );
    picture.d = Math.min(ms, most, VIDEO_LENGTH.most);
  }
  const ms = found[0]?.d ?? 0;
  return done(
    `${found.length === 1 ? list(found) : 'The pictures'} now ${found.length === 1 ? 'lasts' : 'last'} ${seconds(ms)} s.`,
    `${found.length === 1 ? list(found) : '每张'}现在显示 ${seconds(ms)} 秒。`,
  );
}

export function pace(job: Job): Outcome {
  const times = get(job, 'times')?.number ?? 1.25;
  const factor = has(job, 'slower') && times >= 1 ? 1 / times : times;
  if (factor < 0.25 || factor > 4)
    return not('between a quarter and four times the speed', '只能在四分之一到四倍之间');
  // Where the message gives the length, too, the pace shows in the crossfades.
  const said: Said = [
    `It is now ${factor >= 1 ? 'faster' : 'slower'}.`,
    `现在${factor >= 1 ? '更快' : '更慢'}了。`,
  ];
  if (job.totalMs !== undefined) {
    for (const { m } of picturesIn(job.draft))
      if (m.transition?.type === 'crossfade') m.transition.d = Math.round(CROSSFADE.usual / factor / factor);
    return { done: said };
  }
  const found = has(job, 'pick', 'file', 'clip') ? named(job) : picturesIn(job.draft);
  if ('not' in found) return found;
  for (const picture of found) {
    if (picture.m.kind === 'video')
      picture.m.speed = Math.round((picture.m.speed ?? 1) * factor * 1000) / 1000;
    picture.d = Math.max(Math.round(picture.d / factor), SHORTEST_PICTURE);
  }
  const total = picturesIn(job.draft).reduce((sum, { d }) => sum + d, 0);
  if (total < VIDEO_LENGTH.least || total > VIDEO_LENGTH.most)
    return not('the video would be too short or too long', '视频会太短或太长');
  return { done: said };
}

/** The pictures whose entrance a clause means: all but the first, unless it names some. */
export function transition(job: Job): Outcome {
  const type = get(job, 'cross')?.value === 'cut' || has(job, 'no', 'remove') ? 'cut' : 'crossfade';
  const row = picturesIn(job.draft);
  const some = has(job, 'pick') ? named(job) : row;
  if ('not' in some) return some;
  const found = some.filter((picture) => picture !== row[0]);
  // "Between the second and third photo" is the entrance of the third.
  const those = has(job, 'pick') && found.length > 1 ? found.slice(1) : found;
  if (those.length === 0) return not('that takes two pictures', '需要两张图片');
  const time = get(job, 'time')?.number ?? get(job, 'span')?.span?.start;
  const old = those.find(({ m }) => m.transition?.type === 'crossfade')?.m.transition?.d ?? CROSSFADE.usual;
  const scaled = has(job, 'slower', 'longer') ? old * 1.5 : has(job, 'faster', 'shorter') ? old / 1.5 : old;
  const d = type === 'cut' ? 0 : Math.round(Math.min(time ?? scaled, CROSSFADE.most));
  for (const picture of those) picture.m.transition = { type, d };
  return type === 'cut'
    ? done('Set hard cuts between the pictures.', '图片之间改为硬切。')
    : done(`Set crossfades of ${seconds(d)} s.`, `图片之间改为 ${seconds(d)} 秒的交叉淡化。`);
}
