import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A block of code in a guide. */
export interface CodeBlock {
  /** `docs/streaming.md:12`, where its fence opens. */
  readonly where: string;
  /** A file name of its own. */
  readonly name: string;
  readonly code: string;
  /** False for a fence that says `ts no-run`: compiled, but not run. */
  readonly runs: boolean;
}

/** Every TypeScript block of the README and the guides. */
export function codeBlocks(): CodeBlock[] {
  const guides = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
  return ['README.md', ...guides.map((file) => `docs/${file}`)].flatMap(blocksOf);
}

function blocksOf(file: string): CodeBlock[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^```ts( no-run)?\n(.*?)^```$/gms)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    return {
      where: `${file}:${line}`,
      name: `${basename(file, '.md')}-${line}.ts`,
      code: match[2] ?? '',
      runs: match[1] === undefined,
    };
  });
}
