import type { TrackRole } from '../role.js';
import type { TrackKind } from '../types.js';

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

/** By kind; pictures over the picture have a colour of their own. */
export function paintOf({ kind, role }: { readonly kind: TrackKind; readonly role: TrackRole }): Paint {
  return kind === 'video' && role !== 'video' ? SKY : PAINTS[kind];
}
