import type { LocalMedia } from '../../dialect.js';
import type { Span } from './spans.js';
import type { Which } from './which.js';

/** What somebody wants done. */
export type Verb =
  | 'remove'
  | 'add'
  | 'put'
  | 'move'
  | 'swap'
  | 'replace'
  | 'change'
  | 'make'
  | 'create'
  | 'restart'
  | 'use'
  | 'show'
  | 'keep'
  | 'trim'
  | 'cut'
  | 'duplicate'
  | 'reverse'
  | 'shuffle'
  | 'sort'
  | 'mute'
  | 'unmute'
  | 'undo'
  | 'raise'
  | 'lower'
  | 'quicken'
  | 'slow'
  | 'enlarge'
  | 'shrink'
  | 'lengthen'
  | 'shorten'
  | 'caption'
  | 'write'
  | 'start'
  | 'end'
  | 'export'
  | 'turn'
  | 'take';

/** What it is done to. */
export type Noun =
  | 'picture'
  | 'clip'
  | 'segment'
  | 'video'
  | 'title'
  | 'caption'
  | 'text'
  | 'cta'
  | 'music'
  | 'sound'
  | 'logo'
  | 'transition'
  | 'motion'
  | 'file'
  | 'filename'
  | 'order'
  | 'pronoun'
  | 'version';

/** Which property: `the size of the title`. */
export type Axis = 'size' | 'volume' | 'speed' | 'length' | 'colour' | 'place' | 'opacity';

/** More (+1) or less (-1) of something. `amount` is for `bigger` and its like, which may mean size or volume. */
export interface Compare {
  axis: Axis | 'amount' | 'time';
  by: 1 | -1;
}

/** A place on the frame. */
export interface Place {
  v?: 'top' | 'center' | 'bottom';
  h?: 'left' | 'center' | 'right';
}

/** What each kind of token carries. */
export interface TokenValues {
  verb: Verb;
  noun: Noun;
  axis: Axis;
  compare: Compare;
  which: Which;
  number: number;
  /** ms */
  duration: number;
  span: Span;
  /** 0.35 for 35 %. */
  percent: number;
  /** 2 for `2x`, `twice`; 0.5 for `half`. */
  factor: number;
  colour: string;
  place: Place;
  /** An end of the timeline, or of a clip. */
  edge: 'start' | 'end';
  degree: 'little' | 'much';
  aspect: '16:9' | '9:16' | '1:1';
  fps: number;
  style: 'lo-fi' | 'upbeat' | 'ambient' | 'cinematic';
  transition: 'cut' | 'crossfade';
  motion: 'zoom-in' | 'zoom-out' | 'pan-left' | 'pan-right' | 'none';
  fade: 'in' | 'out' | 'both';
  prep: 'with' | 'to' | 'before' | 'after' | 'on' | 'between' | 'about' | 'instead';
  particle: 'up' | 'down' | 'off' | 'out' | 'on' | 'in' | 'back';
  join: 'and' | 'comma' | 'stop';
  not: 'none' | 'never';
  occasion: 'promo';
  /** Asked for by name, and beyond this backend: `voiceover`. */
  beyond: string;
  /** Words in quotation marks, or after `the title to …`. */
  quote: string;
  /** An upload, by its name; null where no upload is called so. */
  file: LocalMedia | null;
  /** Says nothing by itself: please, the, very. */
  filler: string;
  /** Not in the vocabulary. */
  word: string;
}

/** The kinds of token. */
export type Kind = keyof TokenValues;

/** A token of one kind. */
export interface TokenOf<K extends Kind> {
  kind: K;
  value: TokenValues[K];
  /** As written, after normalising. */
  raw: string;
  /** Where in the normalised message it begins. */
  at: number;
}

/** One word or fixed phrase of a message, with what it means. */
export type Token = { [K in Kind]: TokenOf<K> }[Kind];

/** The tokens of one kind. */
export function ofKind<K extends Kind>(tokens: readonly Token[], kind: K): TokenOf<K>[] {
  return tokens.filter((token): token is Token & TokenOf<K> => token.kind === kind);
}

/** The value of the first token of a kind. */
export function first<K extends Kind>(tokens: readonly Token[], kind: K): TokenValues[K] | undefined {
  return ofKind(tokens, kind)[0]?.value;
}

/** Whether a token of the kind is there, with one of the values if any are given. */
export function has<K extends Kind>(
  tokens: readonly Token[],
  kind: K,
  ...values: readonly TokenValues[K][]
): boolean {
  return ofKind(tokens, kind).some((token) => values.length === 0 || values.includes(token.value));
}

/** Whether a text has Chinese characters. */
export function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}
