import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnsiOptions, decodeDraft, Timeline, timelineANSI } from '../../../src/draft/index.js';
import { columnsOf, graphemesOf } from '../../../src/draft/picture/lanes.js';
import { anyCodePoint } from '../../support/code-points.js';
import { documented, forty, instants, pieces, promo, scripts, single } from '../drafts.js';

const draw = (json: unknown, options?: AnsiOptions): string =>
  timelineANSI(new Timeline(decodeDraft(json)), options);

const plain = (json: unknown, width: number): string[] =>
  draw(json, { width, color: false }).split('\n').slice(0, -1);

/** A sequence that sets colours. */
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

/** Everything that a terminal would obey, but for line breaks: the sequences that set colours. */
const withoutColours = (text: string): string => text.replace(COLOUR, '');

const columns = (text: string): number =>
  [...graphemesOf(text)].reduce((sum, grapheme) => sum + columnsOf(grapheme), 0);

describe('timelineANSI', () => {
  it('draws a lane for each track under a ruler', () => {
    // 16 columns for labels leave 44 for 10 s: 4 s end at column 33.6, 3 s at 29.2, and 5 s are marked at 38.
    expect(plain(documented, 60)).toEqual([
      'Urban Dreams                                 10s · 1080×1920',
      '                0                     5s                 10s',
      'Video city tim… [city-1.mp4======][city-2.mp4==============]',
      'BGM             [Lo-fi · 35%~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~]',
      'Title           [Urban Drea…]         ┊                    ┊',
    ]);
  });

  it('draws the same with colours as without, but for how bars are filled', () => {
    const lines = withoutColours(draw(promo(), { width: 100 })).split('\n');
    expect(lines[0]).toMatch(/^Morning Blend {2,}30s · 1920×1080$/);
    expect(lines[2]).toMatch(/^Video Photos +▏beans\.jpg +▏grinder\.jpg/);
    expect(lines[4]).toMatch(/^BGM Lo-fi +▏Lo-fi · 35% +$/);
  });

  it('ends every style on its line', () => {
    for (const line of draw(forty(), { width: 90 }).split('\n')) {
      const styles = line.match(COLOUR) ?? [];
      expect(styles.at(-1) ?? '\u001b[0m').toBe('\u001b[0m');
    }
  });

  it('marks what has no length, and puts overlaps one below the other', () => {
    const lines = plain(instants, 80);
    expect(lines[2]).toMatch(/^Video +◆a\.mp4=+\]┊ +┊ +◆/);
    expect(lines.slice(3, 6).map((line) => line.match(/first|second|third/)?.[0])).toEqual([
      'first',
      'second',
      'third',
    ]);
    expect(lines[6]).toMatch(/^Title/);
  });

  it('keeps columns straight under wide characters', () => {
    const lines = plain(scripts, 80);
    const ends = lines.slice(2).map((line) => columns(line));
    expect(new Set(ends)).toEqual(new Set([80]));
  });

  it('is never wider than the given width, and prints no control characters of names', () => {
    const name = fc.oneof(
      fc.string({ unit: anyCodePoint }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('长'.repeat(40), '👨‍👩‍👧‍👦🎉', '\u001b[2Jx\r\n\u0007'),
    );
    const segment = fc.record(
      {
        d: fc.nat({ max: 5000 }),
        s: fc.integer({ min: -100, max: 9000 }),
        m: fc.record({ name, text: name }),
      },
      { requiredKeys: ['d', 'm'] },
    );
    const track = fc.record({
      tt: fc.constantFrom(0, 1, 7, 5),
      m: fc.record({ name }),
      sg: fc.array(segment, { maxLength: 6 }),
    });
    const draft = fc.record({ t: fc.array(track, { maxLength: 3 }), m: fc.record({ title: name }) });
    fc.assert(
      fc.property(draft, fc.integer({ min: 24, max: 120 }), fc.boolean(), (json, width, color) => {
        const text = withoutColours(draw(json, { width, color }));
        expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
        for (const line of text.split('\n')) expect(columns(line)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 200 },
    );
  });

  it('draws one track, no track, and two thousand segments', () => {
    expect(plain(single, 60)).toHaveLength(3);
    expect(plain({}, 60)).toHaveLength(2);
    expect(plain(pieces(), 60)).toHaveLength(4);
  });

  it('draws 100,000 segments, side by side, one over the other, or without a length', () => {
    const segments = (segment: (index: number) => object): object => ({
      t: [
        {
          tt: 0,
          sg: Array.from({ length: 100_000 }, (_, index) => ({
            m: { name: `n${index}` },
            ...segment(index),
          })),
        },
      ],
    });
    expect(
      plain(
        segments(() => ({ d: 10 })),
        60,
      )[2],
    ).toMatch(/^Video {11}\[{44}$/);
    const over = plain(
      segments((index) => ({ s: index, d: 100_000 })),
      60,
    );
    expect(over).toHaveLength(6);
    expect(over[2]).toMatch(/\[n\d+=+\]$/);
    expect(
      plain(
        segments((index) => ({ s: index, d: 0 })),
        60,
      )[2],
    ).toMatch(/^Video {11}◆+$/);
  });

  it('stays legible in an invalid width', () => {
    for (const width of [0, -1, Number.NaN]) {
      expect(Math.max(...plain(single, width).map(columns))).toBe(24);
    }
  });

  it('speaks Chinese', () => {
    expect(draw(documented, { language: 'zh', color: false })).toContain('背景音乐');
  });
});

describe('graphemesOf', () => {
  const segmenter = new Intl.Segmenter();

  it('splits a text as Intl.Segmenter does, with and without its help', () => {
    // Also characters that need no segmenter, beside those that do.
    const unit = fc.oneof(
      anyCodePoint,
      fc.constantFrom('a', ' ', '·', '…', '┊', '◆', '长', 'か', 'カ', '！', 'é'),
      fc.constantFrom('\u0301', '\u200d', '\ufe0f', '\u3099', '👩', '🏽', '🇩', '각', '\r\n'),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (text) => {
        expect([...graphemesOf(text)]).toEqual(Array.from(segmenter.segment(text), (part) => part.segment));
      }),
      { numRuns: 500 },
    );
  });

  it('needs no segmenter for a character of the scripts that people write most', () => {
    for (let code = 0x20; code < 0xd800; code += 1) {
      const pair = String.fromCharCode(code).repeat(2);
      const expected = Array.from(segmenter.segment(pair), (part) => part.segment);
      if (expected.length !== [...graphemesOf(pair)].length) throw new Error(code.toString(16));
    }
  });
});
