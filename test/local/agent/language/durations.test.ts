import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lex } from '../../../../src/local/agent/language/lex.js';
import { Marker } from '../../../../src/local/agent/language/quotes.js';
import { ofKind } from '../../../../src/local/agent/language/token.js';

/** The lengths of time that a sentence names, in ms. */
const durations = (message: string): number[] =>
  ofKind(lex(new Marker(message, []).marked), 'duration').map(({ value }) => value);

describe('lengths of time', () => {
  it.each([
    ['30s', 30_000],
    ['30 sec', 30_000],
    ['a 30-second video', 30_000],
    ['thirty seconds', 30_000],
    ['half a minute', 30_000],
    ['half a second', 500],
    ['a minute', 60_000],
    ['1 min', 60_000],
    ['a minute and a half', 90_000],
    ['1.5 minutes', 90_000],
    ['two and a half seconds', 2_500],
    ['1:30', 90_000],
    ['1m30s', 90_000],
    ['1 minute 30 seconds', 90_000],
    ['2 hours', 7_200_000],
    ['750 ms', 750],
    ['半分钟', 30_000],
    ['30秒', 30_000],
    ['三十秒钟', 30_000],
    ['十五秒', 15_000],
    ['一分钟', 60_000],
    ['一分半', 90_000],
    ['1分30秒', 90_000],
    ['两秒半', 2_500],
    ['两个半小时', 9_000_000],
    ['500毫秒', 500],
    ['３０秒', 30_000],
  ])('reads %s', (text, ms) => {
    expect(durations(text)).toEqual([ms]);
  });

  it.each(['the second photo', '16:9', '1:1', 'a second photo', '第二张照片', 'photos 2 and 3'])(
    'finds no length of time in %s',
    (text) => {
      expect(durations(text)).toEqual([]);
    },
  );

  it('reads any whole number of seconds in both languages', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3600 }), (seconds) => {
        expect(durations(`make it ${seconds} seconds long`)).toEqual([seconds * 1000]);
        expect(durations(`改成${seconds}秒`)).toEqual([seconds * 1000]);
      }),
    );
  });
});
