import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeDraft,
  diffTimelines,
  sameContent,
  sameJson,
  Timeline,
  withoutResigned,
} from '../../src/draft/index.js';

test('the order of keys does not count, that of lists does', () => {
  expect(sameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(sameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
});

test.each([
  [{ a: 1 }, { a: 1, b: 1 }],
  [
    { a: 1, b: 1 },
    { a: 1, c: 1 },
  ],
  [[], {}],
  [null, {}],
  [0, '0'],
  [{ a: null }, {}],
])('%j and %j differ', (a, b) => {
  expect(sameJson(a, b)).toBe(false);
  expect(sameJson(b, a)).toBe(false);
});

test('a key named like a property of every object is compared like any other', () => {
  expect(sameJson(JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":2}'))).toBe(false);
  expect(sameJson({}, JSON.parse('{"constructor":1}'))).toBe(false);
});

test('every JSON value is the same as its copy, and not as one with one more key', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(sameJson(value, structuredClone(value))).toBe(true);
      expect(sameJson({ value }, { value, more: true })).toBe(false);
    }),
  );
});

test('an address that was signed anew is the same content, another address is not', () => {
  const state = (query: string): object => ({
    draft: { t: [{ sg: [{ d: 1, m: { src: `https://cdn.example.com/a.mp4${query}`, name: 'a' } }] }] },
    media: [{ cdn_url: `https://cdn.example.com/a.mp4${query}#x` }],
  });
  expect(sameContent(state('?sig=1&expires=5'), state('?sig=2&expires=6'))).toBe(true);
  expect(sameContent(state('?sig=1'), state(''))).toBe(true);
  expect(sameJson(state('?sig=1'), state('?sig=2'))).toBe(false);
  for (const other of ['https://cdn.example.com/b.mp4?sig=1', 'a?b', 'https://cdn.example.com/a', null, {}]) {
    expect(sameContent(['https://cdn.example.com/a.mp4?sig=1'], [other])).toBe(false);
  }
  expect(sameContent('what?', 'what!')).toBe(false);
});

test('changes do not list addresses that were only signed anew, and find their segments by them', () => {
  const timeline = (query: string, clips: readonly string[]): Timeline =>
    new Timeline(
      decodeDraft({
        t: [{ tt: 0, sg: clips.map((clip) => ({ d: 1000, m: { src: `https://cdn/${clip}.mp4${query}` } })) }],
      }),
    );
  const before = timeline('?sig=1', ['a', 'b', 'c']);
  expect(withoutResigned(diffTimelines(before, timeline('?sig=2', ['a', 'b', 'c'])))).toEqual([]);
  const changes = withoutResigned(diffTimelines(before, timeline('?sig=2', ['a', 'c'])));
  expect(changes.map(({ type, fields }) => [type, fields.map(({ name }) => name)])).toEqual([
    ['removed', []],
    ['moved', ['startMs']],
  ]);
});
