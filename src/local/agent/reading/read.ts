import type { LocalMedia } from '../../dialect.js';
import { splitClauses } from '../language/clauses.js';
import { lex } from '../language/lex.js';
import { Marker } from '../language/quotes.js';
import { repair } from '../language/repair.js';
import { has, ofKind, type Token } from '../language/token.js';
import { markUnquoted } from '../language/unquoted.js';
import { type Clause, clauseOf } from './clause.js';
import { readLogo } from './logo.js';
import { readFrame, readMotion, readTransition } from './look.js';
import { readMusic } from './music.js';
import { readPictures } from './pictures.js';
import type { Request } from './request.js';
import { readText } from './text.js';
import { readTiming } from './timing.js';

/** One part of a message and what it asks for; no requests where it was not understood. */
export interface Part {
  clause: Clause;
  requests: Request[];
  /** Follows a "then": places count in the video as the parts before leave it. */
  afterwards: boolean;
}

/** A message, read. */
export interface Reading {
  tokens: Token[];
  parts: Part[];
  /** The normalised message, with quotations back in their place. */
  text: string;
  /** The same with a mark for each quotation and file: what the tokens' places count in. */
  source: string;
}

const THEN = /\bthen\b|\bafter\b|然后|接着/i;

const READERS = [
  readText,
  readMusic,
  readLogo,
  readTransition,
  readMotion,
  readFrame,
  readPictures,
  readTiming,
];

function readClause(whole: Clause): Request[] {
  const beyond = ofKind(whole.tokens, 'beyond').map(
    ({ raw }): Request => ({ do: 'say', said: { say: 'cannot', words: raw } }),
  );
  if (has(whole.tokens, 'verb', 'undo')) return [{ do: 'say', said: { say: 'noUndo' } }];
  if (has(whole.tokens, 'not', 'never')) {
    return [{ do: 'say', said: { say: 'leftAlone', words: whole.words } }];
  }
  return [...beyond, ...READERS.flatMap((read) => read(whole))];
}

/** Reads a message: what each of its parts asks for, in order. */
export function readMessage(message: string, media: readonly LocalMedia[]): Reading {
  const marker = new Marker(message, media);
  markUnquoted(marker);
  const { marked } = marker;
  const tokens = repair(lex(marked), marked.text);
  const spoken = (from: number, to: number): string => marker.unmark(marked.text.slice(from, to)).trim();
  let before: Clause | undefined;
  const parts = splitClauses(tokens).map(({ join, tokens: own }) => {
    const [head, tail] = [own[0], own.at(-1)];
    const words = head && tail ? spoken(head.at, tail.at + (tail.kind === 'file' ? 1 : tail.raw.length)) : '';
    const clause = clauseOf(own, words, before);
    before = clause;
    return { clause, requests: readClause(clause), afterwards: join !== undefined && THEN.test(join.raw) };
  });
  return { tokens, parts, text: spoken(0, marked.text.length), source: marked.text };
}
