import { describe, expect, it } from 'vitest';
import { WriteBehind } from '../../../src/render/download/part-file.js';

/** A file whose writes end when they are told to. */
function file() {
  const writes: string[] = [];
  const ends: { resolve(): void; reject(error: Error): void }[] = [];
  let closed = false;
  const behind = new WriteBehind({
    write(pieces) {
      writes.push(Buffer.concat(pieces).toString());
      return new Promise((resolve, reject) => {
        ends.push({ resolve, reject });
      });
    },
    async close() {
      closed = true;
    },
  });
  const end = async (error?: Error): Promise<void> => {
    const write = ends.shift();
    if (error === undefined) write?.resolve();
    else write?.reject(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { behind, writes, end, isClosed: () => closed };
}

/** A chunk that tells when its memory is given back, as a buffer does on Node 22 and later. */
function chunk(text: string, exclusive = true) {
  const bytes = new TextEncoder().encode(text);
  let given = false;
  const transfer = (): void => {
    given = true;
  };
  Object.assign(bytes.buffer, { transfer });
  return { bytes, exclusive, isGiven: () => given };
}

/** Whether a promise has settled. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  promise.then(
    () => {
      done = true;
    },
    () => {
      done = true;
    },
  );
  await new Promise((resolve) => setImmediate(resolve));
  return done;
}

describe('writing behind', () => {
  it('writes the first chunk at once, and those that arrive meanwhile together and in order', async () => {
    const { behind, writes, end } = file();
    for (const text of ['a', 'b', 'c']) await behind.write(chunk(text));
    expect(writes).toEqual(['a']);
    const all = behind.settle();
    await end();
    expect(writes).toEqual(['a', 'bc']);
    expect(await settled(all)).toBe(false);
    await end();
    expect(await settled(all)).toBe(true);
  });

  it('takes no more than 256 KB while a write is under way', async () => {
    const { behind, writes, end } = file();
    await behind.write(chunk('a'));
    const full = behind.write(chunk('b'.repeat(256 * 1024)));
    expect(await settled(full)).toBe(false);
    await end();
    expect(await settled(full)).toBe(true);
    expect(writes.map(({ length }) => length)).toEqual([1, 262_144]);
  });

  it('gives the memory of a chunk back when it is written, but never what somebody else may have', async () => {
    const { behind, end } = file();
    const [own, shared] = [chunk('own'), chunk('shared', false)];
    await behind.write(own);
    await behind.write(shared);
    expect(own.isGiven()).toBe(false);
    await end();
    expect(own.isGiven()).toBe(true);
    await end();
    expect(shared.isGiven()).toBe(false);
  });

  it('passes a failure to every waiter, writes nothing more, and closes the file all the same', async () => {
    const { behind, writes, end, isClosed } = file();
    await behind.write(chunk('a'));
    await behind.write(chunk('b'));
    await end(new Error('the disk is full'));
    await expect(behind.settle()).rejects.toThrow('the disk is full');
    await expect(behind.write(chunk('c'.repeat(256 * 1024)))).rejects.toThrow('the disk is full');
    await behind.close();
    expect([writes, isClosed()]).toEqual([['a'], true]);
  });

  it('closes the file only when the last write has ended', async () => {
    const { behind, end, isClosed } = file();
    await behind.write(chunk('a'));
    const closing = behind.close();
    expect([await settled(closing), isClosed()]).toEqual([false, false]);
    await end();
    await closing;
    expect(isClosed()).toBe(true);
  });
});
