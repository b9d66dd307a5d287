import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLocalBackend } from '../../src/local/index.js';

const folder = mkdtempSync(join(tmpdir(), 'nemovideo-paths-'));
const words = join(folder, 'words.ttf');
writeFileSync(words, 'These are words and no font, however long one reads on in them.');
const inter = 'src/local/fonts/inter-latin-500-normal.woff2';

const fontsOf = (...fonts: string[]) => createLocalBackend({ render: 'off', fonts });

describe('a font of the backend', () => {
  it.each([
    ['nope.ttf', `${JSON.stringify(resolve('nope.ttf'))} does not exist`],
    [folder, `${JSON.stringify(folder)} is a folder`],
    [words, `${JSON.stringify(words)} is not a font`],
  ])('is refused before anything can be charged: %s', async (font, why) => {
    await expect(fontsOf(inter, font)).rejects.toMatchObject({
      name: 'OptionError',
      message: `fonts[1] must be a .woff2, .woff, .ttf or .otf file, and ${why}`,
    });
  });

  it('is taken when it is one', async () => {
    await (await fontsOf(inter)).close();
  });
});

describe('the folder of the backend', () => {
  it('is made at once, and nothing else with it', async () => {
    const dir = join(folder, 'of', 'mine');
    await (await createLocalBackend({ render: 'off', dir })).close();
    expect(statSync(dir).isDirectory()).toBe(true);
    expect(readdirSync(dir)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('is refused where no folder can be made, at once', async () => {
    await expect(createLocalBackend({ render: 'off', dir: '/proc/nope/in' })).rejects.toMatchObject({
      message: expect.stringContaining('"/proc/nope/in" is not (ENOENT)'),
    });
  });

  it.each([
    ['a file', words, `${JSON.stringify(words)} is a file`],
    ['in a file', join(words, 'in'), `${JSON.stringify(join(words, 'in'))} is not (ENOTDIR)`],
  ])('is refused when it is %s', async (_, dir, why) => {
    await expect(createLocalBackend({ render: 'off', dir })).rejects.toMatchObject({
      name: 'OptionError',
      field: 'dir',
      message: `dir must be a folder that can be made and written to, and ${why}`,
    });
  });
});
