import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameJson } from '../../src/run/json-compare.js';

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
