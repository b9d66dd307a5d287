import { createReadStream, type ReadStream } from 'node:fs';
import { appendFile, mkdtemp, rename, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { MediaReadError, MediaTooLargeError } from '../../../src/errors/index.js';
import { nodeFiles } from '../../../src/platform/node-files.js';
import {
  blobSource,
  bytesSource,
  fileSource,
  type MediaSource,
  SLICE_BYTES,
  streamSource,
} from '../../../src/session/media/media-source.js';
import { jpegOf, streamOf } from './samples.js';

const signal = new AbortController().signal;

async function bytesOf(source: MediaSource): Promise<Uint8Array> {
  const slices: Uint8Array[] = [];
  for await (const slice of source.slices(signal)) slices.push(slice);
  return Buffer.concat(slices);
}

let path: string;

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'nemovideo-source-')), 'a.jpg');
});

async function fileWith(bytes: Uint8Array): Promise<MediaSource> {
  await writeFile(path, bytes);
  const facts = await nodeFiles.facts(path);
  if (facts === undefined) throw new Error('the file is there');
  return fileSource(nodeFiles, path, facts);
}

describe('sources of media', () => {
  it.each([1, SLICE_BYTES - 1, SLICE_BYTES, SLICE_BYTES + 1, 3 * SLICE_BYTES])(
    'give all of %i bytes, from the start, every time',
    async (size) => {
      const bytes = jpegOf(size);
      const sources = [
        await fileWith(bytes),
        blobSource('a.jpg', new Blob([bytes])),
        bytesSource('a.jpg', bytes),
        streamSource({ name: 'a.jpg', size, open: () => streamOf(bytes.slice(0, 1), bytes.slice(1)) }),
      ];
      for (const source of sources) {
        expect(source.size).toBe(size);
        expect(Buffer.compare(await bytesOf(source), bytes)).toBe(0);
        expect(Buffer.compare(await bytesOf(source), bytes)).toBe(0);
      }
    },
  );

  it('never lend out memory of the caller', async () => {
    const bytes = jpegOf(10);
    for await (const slice of bytesSource('a.jpg', bytes).slices(signal)) slice.fill(0);
    expect(bytes).toEqual(jpegOf(10));
  });
});

describe('a file that changes while it is read', () => {
  const bytes = jpegOf(4 * SLICE_BYTES);

  /** Reads the first slice, changes the file, reads on. */
  async function readWhile(change: () => Promise<void>): Promise<unknown> {
    const source = await fileWith(bytes);
    let slices = 0;
    try {
      for await (const _ of source.slices(signal)) {
        slices += 1;
        if (slices === 1) await change();
      }
      return slices;
    } catch (error) {
      expect(slices).toBeLessThan(4);
      return error;
    }
  }

  it('is an error that names it when it is cut short', async () => {
    const error = await readWhile(() => truncate(path, SLICE_BYTES));
    expect(error).toBeInstanceOf(MediaReadError);
    expect(error).toMatchObject({ file: 'a.jpg', reason: 'it changed while it was being uploaded' });
  });

  it('is an error when it grows', async () => {
    expect(await readWhile(() => appendFile(path, 'x'))).toBeInstanceOf(MediaReadError);
  });

  it('is an error when it is written to at the same length', async () => {
    expect(await readWhile(() => utimes(path, 1, 1))).toBeInstanceOf(MediaReadError);
  });

  it('is an error at the next attempt, when it was replaced in between', async () => {
    const source = await fileWith(bytes);
    await bytesOf(source);
    await writeFile(`${path}.new`, jpegOf(4 * SLICE_BYTES + 1));
    await rename(`${path}.new`, path);
    await expect(bytesOf(source)).rejects.toThrow('it changed while it was being uploaded');
  });

  it('is an error at the next attempt, when it was deleted in between', async () => {
    const source = await fileWith(bytes);
    await rename(path, `${path}.gone`);
    await expect(bytesOf(source)).rejects.toThrow('cannot be opened any more');
  });
});

describe('a stream as a source', () => {
  it('may be a stream of Node, which is destroyed when it is not read to its end', async () => {
    const bytes = jpegOf(3 * SLICE_BYTES);
    await writeFile(path, bytes);
    const opened: ReadStream[] = [];
    const open = (): ReadStream => {
      const stream = createReadStream(path);
      opened.push(stream);
      return stream;
    };
    const source = streamSource({ name: 'a.jpg', open });
    expect(Buffer.compare(await bytesOf(source), bytes)).toBe(0);
    for await (const _ of source.slices(signal)) break;
    await expect.poll(() => opened.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  });

  it('may be a generator', async () => {
    async function* open(): AsyncGenerator<Uint8Array> {
      yield jpegOf(4);
    }
    expect([...(await bytesOf(streamSource({ name: 'a.jpg', open })))]).toEqual([...jpegOf(4)]);
  });

  it('is an error when it gives text', async () => {
    const open = (): ReadStream => createReadStream(path, 'utf8');
    await writeFile(path, 'text');
    await expect(bytesOf(streamSource({ name: 'a.jpg', open }))).rejects.toThrow(
      'something other than bytes',
    );
  });

  it('is held to the size that it promises', async () => {
    const short = streamSource({ name: 'a.jpg', size: 5, open: () => streamOf(jpegOf(4)) });
    const long = streamSource({ name: 'a.jpg', size: 5, open: () => streamOf(jpegOf(6)) });
    await expect(bytesOf(short)).rejects.toThrow('not 5 bytes long');
    await expect(bytesOf(long)).rejects.toThrow('not 5 bytes long');
  });

  it('is held to the limit of the service while it is read', async () => {
    const chunk = new Uint8Array(50 * 1024 * 1024);
    let read = 0;
    const open = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          read += 1;
          controller.enqueue(chunk);
        },
      });
    let error: unknown;
    try {
      for await (const _ of streamSource({ name: 'a.mp4', open }).slices(signal));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MediaTooLargeError);
    expect(error).toMatchObject({ file: 'a.mp4' });
    expect(read).toBeLessThanOrEqual(12);
  });

  it('reports its own failure with the name of the file', async () => {
    const open = () =>
      new ReadableStream<Uint8Array>({
        pull() {
          throw new Error('camera unplugged');
        },
      });
    const error = await bytesOf(streamSource({ name: 'a.mp4', open })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MediaReadError);
    expect(error).toMatchObject({
      file: 'a.mp4',
      cause: expect.objectContaining({ message: 'camera unplugged' }),
    });
  });

  it('is cancelled when the signal aborts while it has nothing to give', async () => {
    let cancelled = false;
    const open = () =>
      new ReadableStream<Uint8Array>({
        cancel() {
          cancelled = true;
        },
      });
    const stop = new AbortController();
    const reading = streamSource({ name: 'a.mp4', open }).slices(stop.signal)[Symbol.asyncIterator]().next();
    setImmediate(() => stop.abort());
    await expect(reading).rejects.toThrow();
    expect(cancelled).toBe(true);
  });
});
