import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DRAFT_KEYS } from '../../src/draft/index.js';

const guide = readFileSync('docs/timeline.md', 'utf8');

describe('the guide to timelines', () => {
  it('lists every key that is looked for, in order', () => {
    const table = guide.slice(guide.indexOf('| field | keys |'));
    const rows = [...table.matchAll(/^\| `(\w+)` \| (`.*?`) \|/gm)].map(([, field = '', keys = '']) => [
      field,
      [...keys.matchAll(/`([^`]+)`/g)].map(([, key]) => key),
    ]);
    expect(Object.fromEntries(rows)).toEqual(DRAFT_KEYS);
  });

  it('shows every picture that it has, and has every picture that it shows', () => {
    const shown = [...guide.matchAll(/assets\/(timeline-[\w.-]+)/g)].map(([, name]) => name);
    expect(new Set(shown)).toEqual(
      new Set([
        'timeline-promo.svg',
        'timeline-scripts.svg',
        'timeline-pieces.svg',
        'timeline-overlaps.svg',
        'timeline-terminal.png',
      ]),
    );
    for (const name of shown) expect(readFileSync(`docs/assets/${name}`).length).toBeGreaterThan(1000);
  });
});
