import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rawState, readRawState, sameJson } from '../../src/run/baseline.js';
import { Service } from './harness.js';

describe('the state in an answer', () => {
  test('is read from the service, out of its envelope', async () => {
    const draft = { t: [{ tt: 0, sg: [{ d: 4000 }] }], d: 4000 };
    const service = new Service({ run: [], states: [{ draft }] });
    expect(await readRawState(service.transport, 'a/b', {})).toMatchObject({ draft });
    expect(service.requests).toEqual(['GET /api/state/nemo_agent/me/a%2Fb/latest']);
  });

  test.each([
    [{ state: { draft: { t: [] }, more: 1 } }, { draft: { t: [] }, more: 1 }],
    [{ state: {} }, {}],
    [{ state: null }, {}],
    [
      { draft: { t: [] }, video_infos: [] },
      { draft: { t: [] }, video_infos: [] },
    ],
    [{ generated_media: [] }, { generated_media: [] }],
  ])('of %o is %o', (answer, state) => {
    expect(rawState(answer, 's1')).toEqual(state);
  });

  test.each([{}, { status: 'ok' }, { error: 'not found' }])('is not there in %o', (answer) => {
    expect(() => rawState(answer, 's1')).toThrow(
      expect.objectContaining({ name: 'ResponseFormatError', path: 'state.state', sessionId: 's1' }),
    );
  });
});

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
