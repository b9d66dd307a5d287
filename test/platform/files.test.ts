import { mkdtemp, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles as files } from '../../src/platform/node-files.js';
import { platform as web } from '../../src/platform/web.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemovideo-files-'));
});

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('files of the machine', () => {
  it('reports what is at a path, and undefined where nothing is', async () => {
    const path = join(folder, 'a.txt');
    await writeFile(path, 'hello');
    await utimes(path, 5, 5);
    expect(await files.facts(path)).toEqual({ kind: 'file', size: 5, modifiedMs: 5000 });
    expect(await files.facts(folder)).toMatchObject({ kind: 'folder' });
    expect(await files.facts(join(folder, 'none'))).toBeUndefined();
    expect(await files.facts('/dev/null')).toMatchObject({ kind: 'other' });
  });

  it('reads pieces from anywhere, short ones at the end and none behind it', async () => {
    const path = join(folder, 'a.txt');
    await writeFile(path, '0123456789');
    const file = await files.open(path);
    const read = async (position: number, length: number): Promise<string[]> =>
      (await file.read(position, length, 3)).map(text);
    expect(await read(0, 7)).toEqual(['012', '345', '6']);
    expect(await read(3, 7)).toEqual(['345', '678', '9']);
    expect(await read(6, 12)).toEqual(['678', '9']);
    expect(await read(4, 12)).toEqual(['456', '789']);
    expect(await read(10, 4)).toEqual([]);
    expect((await file.facts()).size).toBe(10);
    await file.close();
  });

  it('returns every piece in separate memory', async () => {
    const path = join(folder, 'a.txt');
    await writeFile(path, '0123456789');
    const file = await files.open(path);
    const pieces = await file.read(0, 8, 4);
    expect(pieces.map(({ buffer }) => buffer.byteLength)).toEqual([4, 4]);
    expect(pieces[0]?.buffer).not.toBe(pieces[1]?.buffer);
    await file.close();
  });

  it('writes on behind what is to be kept and forgets the rest', async () => {
    const path = join(folder, 'a.part');
    await writeFile(path, '0123456789');
    const writer = await files.writer(path, 4);
    await writer.write(['ab', 'c'].map((text) => new TextEncoder().encode(text)));
    await writer.write([new TextEncoder().encode('d')]);
    await writer.close();
    expect(await readFile(path, 'utf8')).toBe('0123abcd');
  });

  it('makes a file that is not there, and replaces and removes files', async () => {
    const path = join(folder, 'new');
    const writer = await files.writer(path, 0);
    await writer.write([new TextEncoder().encode('new')]);
    await writer.close();
    await writeFile(join(folder, 'old'), 'old');
    await files.replace(path, join(folder, 'old'));
    expect(await files.readText(join(folder, 'old'))).toBe('new');
    expect(await files.facts(path)).toBeUndefined();
    await files.remove(join(folder, 'old'));
    await files.remove(join(folder, 'old'));
    expect(await files.readText(join(folder, 'old'))).toBeUndefined();
  });

  it('lists a folder with whole paths', async () => {
    await files.writeText(join(folder, 'b'), '');
    await files.writeText(join(folder, 'a'), '');
    expect((await files.list(folder)).sort()).toEqual([join(folder, 'a'), join(folder, 'b')]);
  });

  it('knows the path of a file address and the last name of a path', () => {
    expect(files.pathOf(pathToFileURL('/a/b c.mp4'))).toBe('/a/b c.mp4');
    expect(files.nameOf('/a/b c.mp4')).toBe('b c.mp4');
  });

  it('knows one path for all the ways to write it', async () => {
    const own = await files.identity(join(folder, 'a.mp4'));
    await symlink(folder, join(folder, 'link'));
    expect(await files.identity(join(folder, 'link', '.', 'a.mp4'))).toBe(own);
    expect(await files.identity(relative(process.cwd(), join(folder, 'a.mp4')))).toBe(own);
    expect(await files.identity(join(folder, 'b.mp4'))).not.toBe(own);
    // Of a folder that is not there, too.
    expect(await files.identity('/no/such/../such/a.mp4')).toBe(join('/no/such', 'a.mp4'));
  });

  it('passes on the code of a failure', async () => {
    await expect(files.writer(join(folder, 'none', 'a'), 0)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files.open(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a runtime of the web', () => {
  it('has no files, and refuses the redirect of a body without the mode that workerd does not know', () => {
    expect(web.files).toBeUndefined();
    expect(web.name).toBe('web');
  });

  it('sends bodies as Blobs where it may be a browser', () => {
    expect(web.requestBodies).toBe('blob');
    expect(web.readsRedirects).toBe(false);
  });
});
