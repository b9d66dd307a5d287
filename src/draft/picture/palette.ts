import type { TrackKind } from '../draft.js';
import type { TrackRole } from '../track-role.js';

/** How the segments of a track are painted. */
export interface Paint {
  /** On a page. From the palette of Okabe and Ito, whose colours stay apart for colour-blind people. */
  readonly fill: string;
  /** Of what is written on it. */
  readonly ink: string;
  /** The nearest of the 256 colours of a terminal, for the same two. */
  readonly ansiFill: number;
  readonly ansiInk: number;
  /** What fills a bar in a terminal without colours. */
  readonly plain: string;
}

const DARK = '#10161c';
const BLUE = { fill: '#0072b2', ink: '#ffffff', ansiFill: 25, ansiInk: 231, plain: '=' };
const SKY = { fill: '#56b4e9', ink: DARK, ansiFill: 74, ansiInk: 16, plain: '=' };
const GREEN = { fill: '#009e73', ink: DARK, ansiFill: 36, ansiInk: 16, plain: '~' };
const ORANGE = { fill: '#e69f00', ink: DARK, ansiFill: 178, ansiInk: 16, plain: '-' };
const GREY = { fill: '#a3a9b0', ink: DARK, ansiFill: 248, ansiInk: 16, plain: '.' };

const PAINTS: { readonly [Kind in TrackKind]: Paint } = {
  video: BLUE,
  audio: GREEN,
  text: ORANGE,
  unknown: GREY,
};

/** By kind; pictures over the picture have another colour. */
export function paintOf({ kind, role }: { readonly kind: TrackKind; readonly role: TrackRole }): Paint {
  return kind === 'video' && role !== 'video' ? SKY : PAINTS[kind];
}

/** A sign for each kind, within 12 × 12, so that kinds differ by more than colour. */
const PATHS: { readonly [Kind in TrackKind]: string } = {
  video: 'M3 2v8l7-4z',
  audio: 'M1 4h2v4H1zM5 1h2v10H5zM9 3h2v6H9z',
  text: 'M2 2h8v2H7v7H5V4H2z',
  unknown: 'M6 1l5 5-5 5-5-5z',
};

/** The sign of a kind, at a place. */
export function iconOf(kind: TrackKind, x: number, y: number, fill: string): string {
  return `<path d="${PATHS[kind]}" transform="translate(${x} ${y})" fill="${fill}"/>`;
}

/** The colours around the segments: `'auto'` follows the reader's system. */
export type Theme = 'auto' | 'light' | 'dark';

const FONTS =
  'Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif';

const SHAPES =
  '.nvt .nvt-title{font-size:16px;font-weight:600}.nvt-label{font-weight:600}' +
  '.nvt-facts,.nvt .nvt-mark{text-anchor:end}.nvt .nvt-mark{font-size:11px;text-anchor:middle}';

/** The style sheet of a drawing. Its classes have a prefix, because a page may contain the drawing inline. */
export function styleOf(theme: Theme): string {
  const light = colours('#ffffff', '#f1f3f5', '#1b2126', '#5a646e', '#d5dae0');
  const dark = colours('#14191f', '#1e252d', '#eceff2', '#a4aeb9', '#3a444f');
  const common = `.nvt text{font-family:${FONTS};font-size:12px}${SHAPES}`;
  if (theme === 'dark') return common + dark;
  return theme === 'light' ? common + light : `${common}${light}@media (prefers-color-scheme:dark){${dark}}`;
}

function colours(page: string, lane: string, ink: string, soft: string, line: string): string {
  return (
    `.nvt-page{fill:${page}}.nvt-lane{fill:${lane}}.nvt-title,.nvt-label{fill:${ink}}` +
    `.nvt-facts,.nvt-mark,.nvt-name{fill:${soft}}.nvt-line{stroke:${line}}.nvt-end{stroke:${soft}}`
  );
}
