import { describe, expect, it } from 'vitest';
import { lex } from '../../../../src/local/agent/language/lex.js';
import { Marker } from '../../../../src/local/agent/language/quotes.js';
import { repair } from '../../../../src/local/agent/language/repair.js';
import { ofKind } from '../../../../src/local/agent/language/token.js';
import type { Which } from '../../../../src/local/agent/language/which.js';

const ranks = (message: string): Which[] => {
  const { marked } = new Marker(message, []);
  return ofKind(repair(lex(marked), marked.text), 'which').map(({ value }) => value);
};

describe('a place in the row', () => {
  it.each<[string, Which[]]>([
    ['swap the first and the last', [[1], [-1]]],
    ['put it on the first', [[1]]],
    ['put it on the last, please', [[-1]]],
    ['remove photo one and photo two', [[1], [2]]],
    ['remove photos one and three', [[1, 3]]],
    ['put photo 3 last', [[3]]],
    ['show the photos one by one', []],
  ])('%s', (message, places) => {
    expect(ranks(message)).toEqual(places);
  });
});
