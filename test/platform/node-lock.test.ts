import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readlink } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withFileLock } from '../../src/platform/node-lock.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nemovideo-lock-'));
  path = join(folder, 'a.lock');
});

/** The id of a process that is dead. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;
/** As the lock writes down where a process id means something. */
const here = async (): Promise<string> =>
  `${hostname()} ${await readlink('/proc/self/ns/pid').catch(() => '')}`;

/** Runs many pieces of work under the lock and gives the largest number that was inside at once. */
async function crowd(count: number): Promise<number> {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: count }, () => withFileLock(path, work)));
  return most;
}

describe('withFileLock', () => {
  it('lets one in at a time, and leaves nothing behind', async () => {
    expect(await crowd(20)).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives what the work gives, and lets the next in after a failure', async () => {
    await expect(withFileLock(path, () => Promise.reject(new Error('wrong')))).rejects.toThrow('wrong');
    expect(await withFileLock(path, async () => 5)).toBe(5);
  });

  it('takes over the lock of a process that was killed, one at a time, however many want it', async () => {
    writeFileSync(path, JSON.stringify({ pid: deadPid(), place: await here(), nonce: 'dead' }));
    expect(await crowd(20)).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('rejects where something else is in its place: a link that leads nowhere, a pipe, a folder', async () => {
    symlinkSync(join(folder, 'nowhere'), path);
    const pipe = join(folder, 'pipe.lock');
    spawnSync('mkfifo', [pipe]);
    const directory = join(folder, 'directory.lock');
    mkdirSync(directory);
    for (const place of [path, pipe, directory]) {
      await expect(withFileLock(place, async () => 5)).rejects.toThrow(`${place} is not a file: remove it`);
    }
  });

  it('takes over from one who was killed while taking over', async () => {
    const dead = { pid: deadPid(), place: await here() };
    writeFileSync(path, JSON.stringify({ ...dead, nonce: 'first' }));
    writeFileSync(`${path}.first`, JSON.stringify({ ...dead, nonce: 'second' }));
    expect(await crowd(5)).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['of another machine', JSON.stringify({ pid: 1, place: 'elsewhere', nonce: 'other' })],
    ['that was killed before it wrote its name', ''],
    ['that wrote nonsense', '{"pid":'],
  ])('takes over from an owner %s that has shown no sign of life for long', async (_, text) => {
    writeFileSync(path, text);
    const past = new Date(Date.now() - 60_000);
    utimesSync(path, past, past);
    expect(await crowd(5)).toBe(1);
  });

  it.each([
    ['of another machine', JSON.stringify({ pid: 1, place: 'elsewhere', nonce: 'other' })],
    ['that was killed before it wrote its name', ''],
  ])('takes over from an owner %s before the clock was set back', async (_, text) => {
    writeFileSync(path, text);
    const future = new Date(Date.now() + 3_600_000);
    utimesSync(path, future, future);
    expect(await crowd(5)).toBe(1);
  });

  it.each([
    [
      'of another machine',
      async () => JSON.stringify({ pid: deadPid(), place: 'elsewhere', nonce: 'other' }),
    ],
    ['that has not written its name yet', async () => ''],
    ['that lives', async () => JSON.stringify({ pid: process.pid, place: await here(), nonce: 'alive' })],
  ])('waits for an owner %s and may be given up', async (_, text) => {
    writeFileSync(path, await text());
    const before = readFileSync(path, 'utf8');
    const stop = new AbortController();
    const waiting = withFileLock(path, async () => 'in', stop.signal);
    setImmediate(() => stop.abort('given up'));
    await expect(waiting).rejects.toBe('given up');
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('takes an owner for alive where asking is not allowed, as in Deno without --allow-run', async () => {
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
      throw new Error('Requires run access');
    });
    const order: string[] = [];
    const next = withFileLock(path, async () => {
      const waiting = withFileLock(path, async () => order.push('second'));
      // Long enough for a look at the lock and for taking it away.
      for (let turn = 0; turn < 100; turn += 1) await readlink('/').catch(() => {});
      order.push('first');
      return { waiting };
    });
    await (await next).waiting;
    kill.mockRestore();
    expect(order).toEqual(['first', 'second']);
  });

  it('leaves the lock alone that was taken from it', async () => {
    const other = JSON.stringify({ pid: process.pid, place: await here(), nonce: 'next' });
    await withFileLock(path, async () => writeFileSync(path, other));
    expect(readFileSync(path, 'utf8')).toBe(other);
  });

  it('fails with the error of the file system where no lock can be made', async () => {
    await expect(withFileLock(join(folder, 'missing', 'a.lock'), async () => 1)).rejects.toMatchObject({
      code: 'ENOENT',
    });
    mkdirSync(join(folder, 'dir'));
    writeFileSync(join(folder, 'file'), '');
    await expect(withFileLock(join(folder, 'file', 'a.lock'), async () => 1)).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
  });
});
