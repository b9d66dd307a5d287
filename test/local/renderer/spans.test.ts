import { describe, expect, it } from 'vitest';
import { fadedIn, layOutPictures } from '../../../src/local/renderer/spans.js';
import { segment, shows } from './support/drafts.js';

const crossfade = (d: number) => shows('photo', { transition: { type: 'crossfade', d } });

describe('layOutPictures', () => {
  it('keeps a picture on under the crossfade of the next one', () => {
    const [first, second] = layOutPictures(
      [segment(0, 2000, shows('a')), segment(2000, 2000, crossfade(500))],
      4000,
    );
    expect(first).toMatchObject({ from: 0, to: 2500, fadeOutMs: 500 });
    expect(second).toMatchObject({ from: 2000, to: 4000, fadeInMs: 500 });
  });

  it('opens a video with its first picture, without a fade out of nothing', () => {
    const [first] = layOutPictures([segment(0, 2000, crossfade(500))], 2000);
    expect(first?.fadeInMs).toBe(0);
  });

  it('never fades longer than the picture lasts', () => {
    const [, second] = layOutPictures(
      [segment(0, 2000, shows('a')), segment(2000, 300, crossfade(1000))],
      2300,
    );
    expect(second?.fadeInMs).toBe(300);
  });

  it('closes a seam that rounding left, so that nothing flashes through', () => {
    const spans = layOutPictures([segment(0, 3333, shows('a')), segment(3334, 3333, shows('b'))], 6670);
    expect(spans.map(({ to }) => to)).toEqual([3334, 6670]);
  });

  it('leaves a gap that is meant', () => {
    const [first] = layOutPictures([segment(0, 1000, shows('a')), segment(2000, 1000, crossfade(500))], 3000);
    expect(first).toMatchObject({ to: 1000, fadeOutMs: 0 });
  });

  it('takes segments in the order of time and leaves out those that last none', () => {
    const spans = layOutPictures(
      [segment(1000, 1000, shows('b')), segment(500, 0, shows('none')), segment(0, 1000, shows('a'))],
      2000,
    );
    expect(spans.map(({ segment: { m } }) => m.name)).toEqual(['a', 'b']);
  });
});

describe('a span', () => {
  const [, span] = layOutPictures([segment(0, 1000, shows('a')), segment(1000, 2000, crossfade(500))], 3000);
  if (!span) throw new Error('no span');

  it('comes in evenly over its crossfade', () => {
    expect([1000, 1250, 1500, 2000].map((ms) => fadedIn(span, ms))).toEqual([0, 0.5, 1, 1]);
  });
});
