import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { OptionError } from '../../../src/errors/index.js';
import { mediaFrom } from '../../../src/session/media/media-input.js';

async function folderWith(...names: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nemovideo-folder-'));
  for (const name of names) await writeFile(join(folder, name), '');
  return folder;
}

describe('a folder as media', () => {
  it('gives its accepted files in natural order, whatever the case', async () => {
    const folder = await folderWith(
      'IMG_10.jpg',
      'img_2.JPG',
      'img_1.png',
      'notes.txt',
      '.hidden.jpg',
      'b.mp4',
    );
    await mkdir(join(folder, 'album.jpg'));
    const expected = ['b.mp4', 'img_1.png', 'img_2.JPG', 'IMG_10.jpg'].map((name) => join(folder, name));
    expect(await mediaFrom(folder)).toEqual(expected);
    expect(await mediaFrom(pathToFileURL(folder))).toEqual(expected);
  });

  it('says so when there is nothing in it that is accepted', async () => {
    const error = await mediaFrom(await folderWith('notes.txt')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OptionError);
    expect(error).toMatchObject({ message: expect.stringContaining('mp4, mov') });
  });

  it('says so when it is not there', async () => {
    await expect(mediaFrom(join(tmpdir(), 'nemovideo-none'))).rejects.toThrow(OptionError);
  });

  it('says where to pass a file', async () => {
    const file = join(await folderWith('photo.jpg'), 'photo.jpg');
    await expect(mediaFrom(file)).rejects.toMatchObject({
      message: expect.stringContaining('must be a folder, and it is a file'),
      hint: 'Pass the file itself to `upload` or `createVideo`.',
    });
  });

  it.each(['https://example.test/photos', 'file://server/photos', 'file:///a%2Fb'])(
    'says so when the address is not of a folder here: %s',
    async (address) => {
      await expect(mediaFrom(new URL(address))).rejects.toMatchObject({
        name: 'OptionError',
        field: expect.stringContaining('folder'),
      });
    },
  );
});
