import { describe, expect, it } from 'vitest';
import { lex } from '../../../../src/local/agent/language/lex.js';
import { Marker } from '../../../../src/local/agent/language/quotes.js';
import { first } from '../../../../src/local/agent/language/token.js';

const span = (message: string): unknown => first(lex(new Marker(message, []).marked), 'span');

describe('places on the timeline', () => {
  it.each([
    ['from 5s to 8s', { from: 5000, to: 8000 }],
    ['from 5 to 8 seconds', { from: 5000, to: 8000 }],
    ['between 0:05 and 0:08', { from: 5000, to: 8000 }],
    ['5s-8s', { from: 5000, to: 8000 }],
    ['5–8s', { from: 5000, to: 8000 }],
    ['0:05 - 0:08', { from: 5000, to: 8000 }],
    ['from 1 to 2 minutes', { from: 60_000, to: 120_000 }],
    ['at 0:05', { from: 5000 }],
    ['at the 5-second mark', { from: 5000 }],
    ['starting at 3 seconds', { from: 3000 }],
    ['until 8s', { to: 8000 }],
    ['the first 5 seconds', { edge: 'first', for: 5000 }],
    ['during the last 3 seconds', { edge: 'last', for: 3000 }],
    ['throughout', { whole: true }],
    ['the whole time', { whole: true }],
    ['从5秒到8秒', { from: 5000, to: 8000 }],
    ['在第5秒到第8秒', { from: 5000, to: 8000 }],
    ['5到8秒', { from: 5000, to: 8000 }],
    ['在第5秒', { from: 5000 }],
    ['前5秒', { edge: 'first', for: 5000 }],
    ['最后三秒', { edge: 'last', for: 3000 }],
    ['全程', { whole: true }],
  ])('reads %s', (text, value) => {
    expect(span(text)).toEqual(value);
  });

  it('does not take "should last 3 seconds" for the last three', () => {
    expect(span('the photo should last 3 seconds')).toBeUndefined();
  });

  it('does not take a size for a time', () => {
    expect(span('change it from 16:9 to 9:16')).toBeUndefined();
  });
});
