import { describe, expect, it } from 'vitest';
import { base, segment } from '../support/drafts.js';
import { frameAt } from '../support/draw.js';
import { gallery } from '../support/gallery.js';
import { brightness, difference } from '../support/read-video.js';

const draw = gallery();

describe('scenes', () => {
  const scene = (words: string) =>
    base(
      segment(0, 300, {
        name: words,
        src: `local:scene/1?words=${encodeURIComponent(words)}`,
        kind: 'scene',
      }),
    );

  it('are drawn, move, and are no two alike', async () => {
    const [sea, city] = [await draw(300, scene('the sea')), await draw(300, scene('a city at night'))];
    expect(brightness(frameAt(sea, 0))).toBeGreaterThan(30);
    expect(sea.drawn).toBe(3);
    expect(difference(frameAt(sea, 0), frameAt(city, 0))).toBeGreaterThan(0.5);
  });
});
