import { type LocalMedia, TEXT_SIZES, type TextMeta } from '../dialect.js';
import { type Edit, has, isLogo, type Job, named, numbersOf, said, within } from './pictures.js';
import { NotDone } from './speech.js';
import { lengthOf, newId, type Words } from './storyboard.js';
import { captionOf } from './tokens.js';

/** How long words are shown, and when they begin, if nothing says so, in ms. */
const SHOWN = { title: 3500, caption: 3000, overlay: 3000, from: 400 } as const;
const PLACES = ['top', 'center', 'bottom'] as const;
const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

const quotesOf = ({ tokens }: Job): string[] =>
  tokens.flatMap(({ is, value }) => (is === 'quote' || is === 'titled' ? [value] : []));
/** How many times as large something is to be. */
const growth = (job: Job): number => (has(job, 'bigger') ? 1.3 : has(job, 'smaller') ? 1 / 1.3 : 1);
const thousandths = (value: number): number => Math.round(value * 1000) / 1000;

/** Gives words the time, the size and the place that the wish asks for. */
function style(job: Job, words: Words): void {
  if (words.over && has(job, 'time', 'at', 'span', 'edge')) throw new NotDone('caption');
  const length = lengthOf(job.board);
  words.d = Math.min(numbersOf(job, 'time')[0] ?? words.d, length);
  const [at] = numbersOf(job, 'at');
  const span = at === undefined ? numbersOf(job, 'span') : [at, at + words.d];
  const edge = said(job, 'edge');
  if (edge) words.s = edge === 'end' ? length - words.d : 0;
  else if (span.length > 0) {
    const [from, to] = within(span, length);
    Object.assign(words, { s: from, d: to - from });
  }
  if (growth(job) !== 1) words.m.size = thousandths((words.m.size ?? TEXT_SIZES[words.m.role]) * growth(job));
  const place = said(job, 'place');
  const position = PLACES.find((each) => each === place);
  if (place && !position) throw new NotDone('place');
  if (position) words.m.position = position;
}

/** Shows words: captions at the bottom, others in the middle, or at the top while there are others in the middle. */
function write(job: Job, text: string, role: TextMeta['role'], { over, s, d }: Partial<Words> = {}): void {
  const { board, random } = job;
  const shown = Math.min(d ?? SHOWN[role], lengthOf(board));
  const from = s ?? Math.min(SHOWN.from, lengthOf(board) - shown);
  const words: Words = { id: newId(board, 'text', random), s: from, d: shown, m: { text, role }, over };
  style(job, words);
  const isTaken = board.words.some(
    (each) => each.m.position === 'center' && each.s < words.s + words.d && words.s < each.s + each.d,
  );
  words.m.position ??= role === 'caption' || has(job, 'caption') ? 'bottom' : isTaken ? 'top' : 'center';
  board.words.push(words);
}

/** The texts that a wish means: by their words, their kind, or their picture. */
function textsOf(job: Job): Words[] {
  const quotes = quotesOf(job);
  const role = has(job, 'title') ? 'title' : has(job, 'caption') ? 'caption' : undefined;
  const over = has(job, 'pick', 'file') ? named(job).map(({ id }) => id) : undefined;
  return job.board.words.filter(
    ({ m, over: picture = '' }) =>
      (quotes.length > 0 ? quotes.includes(m.text) : (role ?? m.role) === m.role) &&
      (!over || over.includes(picture)),
  );
}

function restyle(job: Job): void {
  const found = textsOf(job);
  if (found.length === 0) throw new NotDone('text');
  for (const words of found) style(job, words);
}

/** How loud music is if nothing says so, alone and beside clips that have a sound. */
const VOLUME = { alone: 0.35, besideClips: 0.22 } as const;

const LOGO = { kind: 'image', role: 'logo', motion: 'none', position: 'top-right', scale: 0.16 } as const;

/** The upload that a wish names, else another; of the kind that is needed. */
function uploadOf(
  { tokens }: Job,
  kind: LocalMedia['kind'],
  other?: LocalMedia,
): { name: string; src: string } {
  const named = tokens.find(({ is }) => is === 'file');
  const file = named ? named.file : other;
  if (!file) throw new NotDone('upload');
  if (file.kind !== kind) throw new NotDone('kind');
  return { name: file.name, src: file.url };
}

/** Music: a file, the uploaded one, or a style; without these that which is there, if it is only to be changed. */
function music(job: Job): void {
  const { board, media } = job;
  const latest = media.findLast(({ kind }) => kind === 'audio');
  const style = said(job, 'style') ?? 'lo-fi';
  const synthesised = { name: style.charAt(0).toUpperCase() + style.slice(1), src: `local:music/${style}` };
  const old = board.music?.m;
  const isNamed = has(job, 'style', 'file', 'upload');
  if (!isNamed && !old && has(job, 'volume', 'louder', 'quieter')) throw new NotDone('music');
  if (!isNamed && has(job, 'set') && !has(job, 'percent', 'louder', 'quieter')) throw new NotDone('style');
  const isUpload = has(job, 'file', 'upload') || (!isNamed && latest);
  const { name, src } = (!isNamed && old) || (isUpload ? uploadOf(job, 'audio', latest) : synthesised);
  const isLoud = board.pictures.some(({ m }) => m.kind === 'video' && m.volume !== 0);
  const now = old?.volume ?? (isLoud ? VOLUME.besideClips : VOLUME.alone);
  const times = has(job, 'louder') ? 1.4 : has(job, 'quieter') ? 1 / 1.4 : 1;
  const volume = Math.round(Math.min(numbersOf(job, 'percent')[0] ?? now * times, 1) * 100) / 100;
  board.music = { id: 'music-1', s: 0, d: 0, m: { name, src, volume } };
}

/** What the commands about words, music and the logo do. */
export const OVERLAY_EDITS: Readonly<Record<string, Edit>> = {
  /** There is one title: another replaces its words. */
  title(job) {
    const [text = ''] = quotesOf(job);
    const old = job.board.words.find(({ m }) => m.role === 'title');
    if (old) {
      old.m.text = text;
      style(job, old);
    } else write(job, text, 'title');
    job.board.frame.title = text;
  },

  /** Words over pictures that the wish names, or at a time; several are shown one after the other. */
  text(job) {
    const { board } = job;
    const texts = quotesOf(job);
    const [first = ''] = texts;
    const share = Math.floor(lengthOf(board) / texts.length);
    if (has(job, 'pick', 'file', 'picture', 'clip')) {
      if (texts.length > 1) throw new NotDone('which');
      for (const { id } of has(job, 'each', 'all') ? board.pictures : named(job)) {
        board.words = board.words.filter(({ over }) => over !== id);
        write(job, first, 'caption', { over: id });
      }
    } else if (texts.length > 1)
      for (const [at, text] of texts.entries())
        write(job, text, 'overlay', { s: at * share, d: Math.min(SHOWN.overlay, share) });
    else if (board.words.some(({ m }) => m.text === first)) restyle(job);
    else write(job, first, 'overlay');
  },

  /** Captions without words: the names of the files that say something. */
  captions(job) {
    const { pictures, words } = job.board;
    const names = pictures.flatMap(({ id, m }) => {
      const text = m.kind === 'scene' ? undefined : captionOf(m.name);
      return text === undefined || words.some(({ over }) => over === id) ? [] : [{ text, over: id }];
    });
    if (names.length === 0) throw new NotDone('words');
    for (const { text, over } of names) write(job, text, 'caption', { over });
  },

  reword(job) {
    const [was, now = ''] = quotesOf(job);
    const found = job.board.words.filter(({ m }) => m.text === was);
    if (found.length === 0) throw new NotDone('text');
    for (const { m } of found) m.text = now;
    if (found.some(({ m }) => m.role === 'title')) job.board.frame.title = now;
  },

  'remove text'(job) {
    const found = textsOf(job);
    if (found.length === 0 && !job.isNew) throw new NotDone('text');
    job.board.words = job.board.words.filter((words) => !found.includes(words));
  },

  /** Takes away the music, the sound of the clips, or both. */
  'no music'(job) {
    const { board } = job;
    const [isMusic, isClips] = [!has(job, 'clip'), !has(job, 'music')];
    const clips = board.pictures.filter(({ m }) => isClips && m.kind === 'video' && m.volume !== 0);
    if (clips.length === 0 && !(isMusic && board.music) && !job.isNew) throw new NotDone('music');
    for (const { m } of clips) m.volume = 0;
    if (isMusic) board.music = undefined;
  },

  /** Adds the logo, a file that the wish names or the upload of that name, or changes the one that is there. */
  logo(job) {
    const { board, media } = job;
    const old = board.logo?.m;
    const latest = media.findLast(isLogo);
    if (!old && !latest && !has(job, 'file')) throw new NotDone('logo');
    const { name, src } = old && !has(job, 'file') ? old : uploadOf(job, 'image', latest);
    const place = said(job, 'place');
    const position = CORNERS.find((each) => each === place) ?? old?.position ?? LOGO.position;
    if (place && place !== position) throw new NotDone('corner');
    const scale = thousandths(Math.min((old?.scale ?? LOGO.scale) * growth(job), 0.6));
    board.logo = { id: 'logo-1', s: 0, d: 0, m: { ...LOGO, name, src, position, scale } };
  },

  'no logo'({ board, isNew }) {
    if (!board.logo && !isNew) throw new NotDone('logo');
    board.logo = undefined;
  },

  'text style': restyle,
  music,
  volume: music,
};
