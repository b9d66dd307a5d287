import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const CLIENTS = ['nemovideo-sdk', 'fal', 'replicate', 'runway', 'AI SDK'];

/** Lines that are neither empty nor a comment, as bench/resume.ts counts them. */
function linesOf(path: string): number {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => !/^\s*(?:\/\/|\/\*|\*|$)/.test(line)).length;
}

it('the table of docs/checkpoints.md counts the lines of the programs beside it', () => {
  const guide = readFileSync('docs/checkpoints.md', 'utf8');
  const rows = [...guide.matchAll(/^\| \[([^\]]+)\]\(\.\.\/(bench\/[^)]+)\) \| (\d+) \|/gm)];
  expect(rows.map(([, client]) => client)).toEqual(CLIENTS);
  expect(rows.map(([, , path = '']) => linesOf(path))).toEqual(rows.map(([, , , lines]) => Number(lines)));
});
