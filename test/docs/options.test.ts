import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/options/client-options.js';
import { optionsPage, PAGE } from './options.js';

const page = optionsPage();

describe('the page of all options', () => {
  it('is what the sources say; if not, run `npm run options`', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  });

  it('leaves no option without its meaning or its default', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.length).toBeGreaterThan(70);
    expect(rows.filter((row) => / \| {2}(?:\||$)/.test(row))).toEqual([]);
  });

  it('has the same defaults in words as the table has in numbers', () => {
    // The page takes the table's where it has one; the comments, which editors show, say it once more.
    const source = readFileSync(new URL('../../src/options/client-options.ts', import.meta.url), 'utf8');
    const groups = [
      ...Object.entries(DEFAULTS.timeouts),
      ...Object.entries(DEFAULTS.poll),
      ...Object.entries(DEFAULTS.retry),
    ];
    const fields = [...source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+)\?/g)];
    for (const [name, value] of groups) {
      const comments = fields.filter(([, , field]) => field === name).map(([, comment]) => comment ?? '');
      expect(
        comments.some((comment) => comment.includes(`Default ${value.toLocaleString('en')}`)),
        name,
      ).toBe(true);
    }
  });
});
