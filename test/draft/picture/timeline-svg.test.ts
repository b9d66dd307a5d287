import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDraft, type SvgOptions, Timeline, timelineSVG } from '../../../src/draft/index.js';
import { anyCodePoint } from '../../support/code-points.js';
import { documented, forty, instants, pieces, promo, scripts, single } from '../drafts.js';
import { readXml, type XmlElement } from './xml.js';

const draw = (json: unknown, options?: SvgOptions): string =>
  timelineSVG(new Timeline(decodeDraft(json)), options);

const named = (name: string): object => ({
  t: [{ tt: 0, m: { name, role: name }, sg: [{ d: 10, m: { name } }] }],
  m: { title: name },
});

/** All elements, the outermost first. */
const all = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(all)];

const elements = (svg: string, name: string): XmlElement[] =>
  all(readXml(svg)).filter((each) => each.name === name);

/** The bars of the segments: the rectangles with a tooltip. */
const bars = (svg: string): XmlElement[] =>
  all(readXml(svg)).filter(
    ({ name, children }) => name === 'g' && children.some((child) => child.name === 'rect'),
  );

const barTitles = (svg: string): (string | undefined)[] => bars(svg).map(({ children }) => children[0]?.text);

const number = (element: XmlElement | undefined, name: string): number => Number(element?.attributes[name]);

describe('timelineSVG', () => {
  it('begins with <svg, is well formed, and says in words what it shows', () => {
    const svg = draw(documented);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    const root = readXml(svg);
    expect(root.attributes).toMatchObject({ role: 'img', width: '960' });
    expect(root.children[0]).toMatchObject({ name: 'title', text: 'Urban Dreams' });
    expect(root.children[1]).toMatchObject({
      name: 'desc',
      text: 'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)',
    });
  });

  it('draws a bar for each segment, at its time', () => {
    const svg = draw(documented, { width: 1000 });
    expect(barTitles(svg)).toEqual([
      'city-1.mp4 (0-4s)',
      'city-2.mp4 (4-10s)',
      'Lo-fi (0-10s, 35%)',
      '"Urban Dreams" (0-3s)',
    ]);
    const [first, second, music] = bars(svg).map(({ children }) => children[1]);
    const whole = number(music, 'width') + 1;
    expect(number(first, 'x')).toBe(number(music, 'x'));
    expect((number(first, 'width') + 1) / whole).toBeCloseTo(0.4, 2);
    expect((number(second, 'x') - number(first, 'x')) / whole).toBeCloseTo(0.4, 2);
  });

  it('writes names on bars that have room for them', () => {
    const texts = elements(draw(documented), 'text').map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['city-1.mp4', 'Lo-fi · 35%', 'Urban Dreams']));
  });

  it('lets no bar reach beyond the picture', () => {
    for (const json of [documented, promo(), single, forty(), pieces(), scripts, instants]) {
      for (const width of [320, 960]) {
        for (const { children } of bars(draw(json, { width }))) {
          const [, rect] = children;
          expect(number(rect, 'x')).toBeGreaterThanOrEqual(0);
          expect(number(rect, 'x') + number(rect, 'width')).toBeLessThanOrEqual(width - 16 + 0.5);
        }
      }
    }
  });

  it('puts overlaps one below the other', () => {
    const audio = bars(draw(instants)).filter(({ children }) =>
      /first|second|third/.test(children[0]?.text ?? ''),
    );
    const tops = audio.map(({ children }) => number(children[1], 'y'));
    expect(new Set(tops).size).toBe(3);
  });

  it('marks what has no length, and draws what is too short together', () => {
    const paths = all(readXml(draw(instants))).filter(
      ({ name, children }) => name === 'g' && children[1]?.name === 'path',
    );
    expect(paths.map(({ children }) => children[0]?.text)).toEqual(['flash.png (0-0s)', 'blink.png (5-5s)']);
    const svg = draw(pieces());
    expect(barTitles(svg)).toContain('× 1000 (0:00-29:59.7)');
    expect(svg.length).toBeLessThan(20_000);
  });

  it('draws an empty timeline', () => {
    expect(elements(draw({}), 'title').map(({ text }) => text)).toEqual(['Timeline (0 tracks)']);
  });

  it('shows names as they are, whatever markup or control characters they hold', () => {
    const known = ['svg', 'title', 'desc', 'style', 'rect', 'path', 'text', 'tspan', 'g'];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: anyCodePoint }),
          fc.constantFrom('</svg><script>x</script>', '&amp;<b a="\'">', ']]>', '\u0000\ufffe\ud800'),
        ),
        (name) => {
          const svg = draw(named(name));
          for (const element of all(readXml(svg))) {
            expect(known).toContain(element.name);
            expect(
              Object.keys(element.attributes).filter((attribute) => /^on|href/i.test(attribute)),
            ).toEqual([]);
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(elements(draw(named('<b>&"x"</b>')), 'text').map(({ text }) => text)).toContain('<b>&"x"</b>');
  });

  it('is the same for the same timeline, and needs nothing from outside', () => {
    expect(draw(promo())).toBe(draw(promo()));
    expect(draw(promo())).not.toMatch(/href|url\(|@import|<script/);
  });

  it('follows the colour scheme of the reader unless a theme is set', () => {
    expect(draw(single)).toContain('prefers-color-scheme:dark');
    const light = draw(single, { theme: 'light' });
    const dark = draw(single, { theme: 'dark' });
    expect(light).not.toContain('prefers-color-scheme');
    expect(dark).not.toContain('prefers-color-scheme');
    expect(dark).not.toBe(light);
  });

  it('speaks Chinese', () => {
    const texts = elements(draw(documented, { language: 'zh' }), 'text').map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['背景音乐', '10秒 · 1080×1920']));
  });

  it('stays legible in an invalid width', () => {
    for (const width of [0, -5, Number.NaN])
      expect(readXml(draw(single, { width })).attributes.width).toBe('320');
  });

  it('draws times beyond all times', () => {
    const svg = draw(JSON.parse('{"t":[{"tt":0,"sg":[{"d":1e999,"s":-1e300},{"d":1e999},{"d":1}]}]}'));
    expect(svg).not.toMatch(/NaN|Infinity/);
    readXml(svg);
  });
});
