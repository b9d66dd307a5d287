/** The test files in docs/testing.md, run as their readers run them. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath, pid } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleScripts } from '../support/bundle-scripts.js';
import { codeBlocks } from './blocks.js';

// Inside the repository, so that its packages resolve; of this process, so that two runs do not meet.
const FOLDER = fileURLToPath(new URL(`.testing-${pid}`, import.meta.url));
const files = codeBlocks().filter(({ where }) => where.startsWith('docs/testing.md'));
const filesOf = (runner: string): typeof files =>
  files.filter(({ code }) => code.includes(`from '${runner}'`));

mkdirSync(FOLDER, { recursive: true });
for (const { name, code } of files) writeFileSync(join(FOLDER, name), code);
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

describe('the test files of the guide', () => {
  it('are there', () => {
    expect([filesOf('vitest').length, filesOf('node:test').length]).toEqual([2, 1]);
  });

  it('run under node:test', async () => {
    const [file] = filesOf('node:test');
    const out = mkdtempSync(join(tmpdir(), 'node-test-'));
    await bundleScripts([join(FOLDER, file?.name ?? '')], out);
    const script = join(out, String(file?.name).replace(/\.ts$/, '.mjs'));
    const { stdout } = await promisify(execFile)(execPath, ['--test', '--test-reporter=tap', script]);
    expect(stdout).toMatch(/# pass 1\n# fail 0/);
  });
});

// Those for vitest are tests of this file.
for (const { name, where } of filesOf('vitest')) {
  describe(where, async () => {
    await import(pathToFileURL(join(FOLDER, name)).href);
  });
}
