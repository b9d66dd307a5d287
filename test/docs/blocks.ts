import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as sdk from '../../src/index.js';

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

/** Every TypeScript block of the README, the guides, and what is for agents that write code. */
export function codeBlocks(): CodeBlock[] {
  const guides = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
  return ['README.md', 'SKILL.md', 'llms.txt', ...guides.map((file) => `docs/${file}`)].flatMap(blocksOf);
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

/** What the examples of docstrings use without saying where it comes from. */
const KNOWN: Readonly<Record<string, string>> = {
  nemo: 'NemoVideo',
  session: 'Session',
  timeline: 'Timeline',
  job: 'RenderJob',
};

/**
 * The example of every docstring, made whole: a reader of the reference knows the import, and the client, session or
 * timeline of which an example speaks.
 */
export function docstringExamples(): CodeBlock[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => examplesOf(`src/${file}`));
}

function examplesOf(file: string): CodeBlock[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/@example\n( *)\* ```ts\n(.*?)\n *\* ```$/gms)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    const code = (match[2] ?? '').replace(/^ *\* ?/gm, '');
    return {
      where: `${file}:${line}`,
      name: `${basename(file, '.ts')}-${line}.ts`,
      code: whole(code),
      runs: false,
    };
  });
}

/** An example with its imports, and with what it takes for known. */
function whole(code: string): string {
  const uses = (name: string): boolean =>
    new RegExp(`(?<![.'])\\b${name.replace('type ', '')}\\b`).test(code);
  const known = Object.entries(KNOWN)
    .filter(([name]) => uses(name) && !new RegExp(`const (?:\\{[^}]*)?\\b${name}\\b`).test(code))
    .map(([name, type]) => `declare const ${name}: import('nemovideo-sdk').${type};`);
  const imports = Object.entries(ENTRIES).flatMap(([entry, exported]) => {
    const names = exported.filter((name) => uses(name) && !code.includes(`import { ${name}`));
    return names.length === 0 ? [] : [`import { ${names.join(', ')} } from '${entry}';`];
  });
  return [...imports, ...known, code].join('\n');
}

/** What each entry exports, as far as examples use it. */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  'nemovideo-sdk': [...Object.keys(sdk), 'type VideoSnapshot'],
  'nemovideo-sdk/bullmq': ['videoQueue', 'videoWorker'],
  'nemovideo-sdk/local': ['createLocalBackend'],
  'nemovideo-sdk/testing': ['createTestClient'],
  'nemovideo-sdk/mcp': ['createMcpServer'],
  'node:fs/promises': ['readFile'],
};
