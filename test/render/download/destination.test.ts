import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkDestination, ensureDestination } from '../../../src/render/download/destination.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemovideo-destination-'));
  return () => rm(folder, { recursive: true });
});

describe('a destination', () => {
  it('is a path, an unused stream, or a function', () => {
    for (const destination of ['promo.mp4', new WritableStream(), () => {}]) {
      expect(() => ensureDestination(destination, 'download')).not.toThrow();
    }
  });

  it('may be a stream of another realm', () => {
    const foreign = { getWriter: () => ({}), locked: false };
    expect(() => ensureDestination(foreign, 'download')).not.toThrow();
  });

  const locked = new WritableStream();
  locked.getWriter();
  it.each([
    ['a stream of Node', new Writable(), 'toWeb'],
    ['a URL', pathToFileURL('/tmp/promo.mp4'), 'fileURLToPath'],
    ['a stream that somebody writes to', locked, 'release'],
    ['a number', 42, 'Pass a path'],
    ['an empty path', '', 'Pass a path'],
    ['null', null, 'Pass a path'],
  ])('is never %s, which is told at once with what to do', (_, destination, hint) => {
    expect(() => ensureDestination(destination, 'download')).toThrow(
      expect.objectContaining({
        name: 'OptionError',
        field: 'download',
        hint: expect.stringContaining(hint),
      }),
    );
  });

  it('is a path in a folder that exists, and is no folder itself', async () => {
    await writeFile(join(folder, 'old.mp4'), 'old');
    await checkDestination(join(folder, 'old.mp4'), 'download');
    await checkDestination(join(folder, 'new.mp4'), 'download');
    await expect(checkDestination(folder, 'download')).rejects.toMatchObject({ name: 'OptionError' });
    await expect(checkDestination(join(folder, 'none', 'new.mp4'), 'download')).rejects.toMatchObject({
      name: 'OptionError',
      hint: 'Make the folder first.',
    });
  });
});
