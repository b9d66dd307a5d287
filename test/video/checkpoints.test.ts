import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CheckpointConflictError, OptionError } from '../../src/errors/index.js';
import {
  type CheckpointStore,
  fileCheckpoints,
  memoryCheckpoints,
  type VideoSnapshot,
} from '../../src/video/index.js';

const START: VideoSnapshot = {
  version: 1,
  prompt: 'A promo',
  output: { format: 'mp4', quality: 'high' },
  uploaded: false,
};

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemovideo-checkpoints-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each<[string, () => CheckpointStore]>([
  ['memoryCheckpoints', memoryCheckpoints],
  [
    'fileCheckpoints',
    () => {
      files += 1;
      return fileCheckpoints(join(folder, `store-${files}`));
    },
  ],
])('%s', (_, open) => {
  it('returns what was saved last, by id', async () => {
    const store = open();
    expect(await store.load('a')).toBeUndefined();
    const version = await store.save('a', START, undefined);
    const second = await store.save('a', { ...START, uploaded: true }, version);
    await store.save('b', START, undefined);
    expect(await store.load('a')).toEqual({ snapshot: { ...START, uploaded: true }, version: second });
    expect(await store.load('b')).toMatchObject({ snapshot: START });
  });

  it('refuses a save that follows another version, and keeps the later one', async () => {
    const store = open();
    const version = await store.save('a', START, undefined);
    await store.save('a', { ...START, uploaded: true }, version);
    await expect(store.save('a', START, version)).rejects.toBeInstanceOf(CheckpointConflictError);
    await expect(store.save('a', START, undefined)).rejects.toMatchObject({ id: 'a' });
    expect((await store.load('a'))?.snapshot.uploaded).toBe(true);
  });

  it('lets one of many saves at once succeed', async () => {
    const store = open();
    const first = await store.save('a', START, undefined);
    const saves = Array.from({ length: 20 }, () => store.save('a', START, first));
    const outcomes = await Promise.allSettled(saves);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('forgets an id, and refuses a save of a process that knew it', async () => {
    const store = open();
    const version = await store.save('a', START, undefined);
    await store.delete('a');
    await store.delete('a');
    expect(await store.load('a')).toBeUndefined();
    await expect(store.save('a', START, version)).rejects.toBeInstanceOf(CheckpointConflictError);
    await store.save('a', START, undefined);
  });

  it('does not share objects with its callers', async () => {
    const store = open();
    const snapshot = { ...START, files: ['a.jpg'] };
    await store.save('a', snapshot, undefined);
    snapshot.files.push('b.jpg');
    expect((await store.load('a'))?.snapshot.files).toEqual(['a.jpg']);
  });
});

describe('fileCheckpoints', () => {
  it('keeps one file for each id, whatever characters it has, inside the folder', async () => {
    const inside = join(folder, 'ids');
    const store = fileCheckpoints(`${inside}/`);
    const ids = ['promo.json', '.promo', '../up', 'a/b', 'a%2Fb', '.', '..', 'CON', '视频', "it's*"];
    for (const id of ids) await store.save(id, { ...START, prompt: id }, undefined);
    expect(await readdir(inside)).toHaveLength(ids.length);
    expect(await readdir(inside)).toContain('promo.json');
    for (const id of ids) expect((await store.load(id))?.snapshot.prompt).toBe(id);
  });

  it('makes the folder with the first save, and not before', async () => {
    const inside = join(folder, 'deep', 'er');
    const store = fileCheckpoints(inside);
    expect(await store.load('a')).toBeUndefined();
    await expect(readdir(inside)).rejects.toThrow('ENOENT');
    await store.save('a', START, undefined);
    expect(await readdir(inside)).toEqual(['a']);
  });

  it('leaves a file alone that is no checkpoint', async () => {
    await writeFile(join(folder, 'notes.txt'), 'buy milk');
    const store = fileCheckpoints(folder);
    await expect(store.load('notes.txt')).rejects.toBeInstanceOf(OptionError);
    await expect(store.save('notes.txt', START, undefined)).rejects.toBeInstanceOf(OptionError);
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('buy milk');
  });

  it.each(['', ' ', 5])('refuses %j as a folder', (given) => {
    expect(() => Reflect.apply(fileCheckpoints, undefined, [given])).toThrow(OptionError);
  });
});
