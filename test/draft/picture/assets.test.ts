import { describe, expect, it } from 'vitest';
import { decodeDraft, Timeline, timelineSVG } from '../../../src/draft/index.js';
import { documented, instants, pieces, promo, scripts } from '../drafts.js';

/** `vitest -u` draws them anew. */
describe('the pictures in the guide', () => {
  it.each([
    ['city', documented],
    ['promo', promo()],
    ['scripts', scripts],
    ['pieces', pieces()],
    ['overlaps', instants],
  ])('are what the code draws: %s', async (name, json) => {
    const svg = timelineSVG(new Timeline(decodeDraft(json)));
    await expect(svg).toMatchFileSnapshot(`../../../docs/assets/timeline-${name}.svg`);
  });
});
