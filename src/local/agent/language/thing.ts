import type { LocalMedia } from '../../dialect.js';
import type { Noun, Token } from './token.js';
import type { Which } from './which.js';

/** How a thing takes part in a request: what it is done to, with what, or where. */
export type Role = 'object' | 'with' | 'to' | 'before' | 'after' | 'on' | 'between' | 'instead';

/** A part of the video, or an upload, as a message names it: `the second photo`, `mug.jpg`, `the music`. */
export interface Thing {
  /** 'unknown' where only words stand that are not in the vocabulary: they may be the name of a file. */
  noun: Noun | 'unknown';
  role: Role;
  /** The preposition before it, as written. */
  prep?: string;
  which?: Which;
  /** null: a file name that no upload has. */
  file?: LocalMedia | null;
  /** Words of no fixed meaning beside the noun: "mug" in "the mug photo". */
  words: string[];
  /** More than one is meant, though no number is said. */
  plural: boolean;
  /** An amount: "five photos". */
  count?: number;
  /** No noun was said: "the second". */
  implicit: boolean;
  /** Stands after "and" or a comma, beside the thing before it. */
  joined: boolean;
  /** As written, to be said back. */
  raw: string;
  tokens: Token[];
}
