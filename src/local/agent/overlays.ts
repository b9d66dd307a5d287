import { type LocalMedia, TEXT_SIZES, type TextMeta } from '../dialect.js';
import { type Edit, isLogo, type Job, NotDone, named, numbersOf, said, within } from './pictures.js';
import { lengthOf, newId, type Words } from './storyboard.js';
import { has } from './tokens.js';

/** How long words are shown, and when they begin, if nothing says so, in ms. */
const SHOWN = { title: 3500, caption: 3000, overlay: 3000, from: 400 } as const;
const PLACES = ['top', 'center', 'bottom'] as const;
const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

const quotesOf = ({ tokens }: Job): string[] =>
  tokens.flatMap(({ is, value }) => (is === 'quote' || is === 'titled' ? [value] : []));
/** Gives words the time, the size and the place that the wish asks for. */
function style(job: Job, words: Words): void {
  if (words.over && has(job.tokens, 'time', 'at', 'span', 'edge')) throw new NotDone();
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
  const times = has(job.tokens, 'bigger') ? 1.3 : has(job.tokens, 'smaller') ? 1 / 1.3 : 1;
  const size = Math.round((words.m.size ?? TEXT_SIZES[words.m.role]) * times * 1000) / 1000;
  if (times !== 1) words.m.size = size;
  const place = said(job, 'place');
  const position = PLACES.find((each) => each === place);
  if (place && !position) throw new NotDone();
  if (position) words.m.position = position;
}

/** Shows words: captions at the bottom, others in the middle, or at the top while there are others in the middle. */
function write(job: Job, text: string, role: TextMeta['role'], over?: string): void {
  const { board, random } = job;
  const d = Math.min(SHOWN[role], lengthOf(board));
  const s = Math.min(SHOWN.from, lengthOf(board) - d);
  const words: Words = { id: newId('text', random), s, d, m: { text, role }, over };
  style(job, words);
  const isTaken = board.words.some(
    (each) => each.m.position === 'center' && each.s < words.s + words.d && words.s < each.s + each.d,
  );
  words.m.position ??=
    role === 'caption' || has(job.tokens, 'caption') ? 'bottom' : isTaken ? 'top' : 'center';
  board.words.push(words);
}

/** The texts that a wish means: by their words, or their kind. */
function textsOf(job: Job): Words[] {
  const quotes = quotesOf(job);
  const role = has(job.tokens, 'title') ? 'title' : has(job.tokens, 'caption') ? 'caption' : undefined;
  const found = job.board.words.filter(({ m }) =>
    quotes.length > 0 ? quotes.includes(m.text) : (role ?? m.role) === m.role,
  );
  if (found.length === 0 && quotes.length > 0) throw new NotDone();
  return found;
}

/** How loud music is if nothing says so. */
const VOLUME = 0.35;

const LOGO = { kind: 'image', role: 'logo', motion: 'none', position: 'top-right', scale: 0.16 } as const;

/** The upload that a wish names, else another; of the kind that is needed. */
function uploadOf({ tokens }: Job, kind: LocalMedia['kind'], other?: LocalMedia) {
  const file = has(tokens, 'file') ? tokens.find(({ is }) => is === 'file')?.file : other;
  if (file?.kind !== kind) throw new NotDone();
  return { name: file.name, src: file.url };
}

/** Music: a file, the uploaded one, or a style; without these that which is there, if it is only to be changed. */
function music(job: Job): void {
  const { board, media, tokens } = job;
  const latest = media.findLast(({ kind }) => kind === 'audio');
  const style = said(job, 'style') ?? 'lo-fi';
  const synthesised = { name: style.charAt(0).toUpperCase() + style.slice(1), src: `local:music/${style}` };
  const old = board.music?.m;
  const isNamed = has(tokens, 'style', 'file', 'upload');
  // "Change the music" does not name the new one, and without music there is no volume.
  const isVague = has(tokens, 'volume', 'set') && (!old || (has(tokens, 'set') && !has(tokens, 'percent')));
  if (isVague && !isNamed) throw new NotDone();
  const isUpload = has(tokens, 'file', 'upload') || (!isNamed && latest);
  const { name, src } = (!isNamed && old) || (isUpload ? uploadOf(job, 'audio', latest) : synthesised);
  const volume = Math.min(numbersOf(job, 'percent')[0] ?? old?.volume ?? VOLUME, 1);
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

  /** Words over pictures that the wish names, or at a time. */
  text(job) {
    const { board } = job;
    const [text = ''] = quotesOf(job);
    if (has(job.tokens, 'pick', 'file', 'picture', 'clip'))
      for (const { id } of has(job.tokens, 'each', 'all') ? board.pictures : named(job)) {
        board.words = board.words.filter(({ over }) => over !== id);
        write(job, text, 'caption', id);
      }
    else write(job, text, 'overlay');
  },

  'remove text'(job) {
    const found = textsOf(job);
    job.board.words = job.board.words.filter((words) => !found.includes(words));
  },

  /** Adds the logo, a file that the wish names or the upload of that name, or changes the one that is there. */
  logo(job) {
    const { board, media } = job;
    const old = board.logo?.m;
    const latest = media.findLast(isLogo);
    const { name, src } = old && !has(job.tokens, 'file') ? old : uploadOf(job, 'image', latest);
    const place = said(job, 'place');
    const position = CORNERS.find((each) => each === place) ?? old?.position ?? LOGO.position;
    if (place && place !== position) throw new NotDone();
    board.logo = { id: 'logo-1', s: 0, d: 0, m: { ...LOGO, name, src, position } };
  },

  'no music or logo'({ board, tokens }) {
    if (has(tokens, 'music')) board.music = undefined;
    else board.logo = undefined;
  },

  'text style'(job) {
    const found = textsOf(job);
    if (found.length === 0) throw new NotDone();
    for (const words of found) style(job, words);
  },

  music,
  volume: music,
};
