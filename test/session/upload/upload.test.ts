import { getEventListeners } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  AbortError,
  ApiError,
  MediaReadError,
  MediaTooLargeError,
  NetworkError,
  OptionError,
  ResponseFormatError,
  UnsupportedMediaError,
} from '../../../src/errors/index.js';
import { systemClock } from '../../../src/platform/clock.js';
import { ArrivedBefore, uploadMedia } from '../../../src/session/upload/upload.js';
import type { UploadProgress } from '../../../src/session/upload/upload-progress.js';
import { anyCodePoint } from '../../support/code-points.js';
import { HEADS, jpegOf, streamOf } from '../media/samples.js';
import { hashOf, json, receiver, targetAt } from '../support/receiver.js';

const SIZE = 1_000_003;
const BYTES = jpegOf(SIZE);
let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemovideo-upload-'));
  path = join(folder, 'photo.jpg');
  await writeFile(path, BYTES);
  return () => rm(folder, { recursive: true });
});

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );

/** Files of the temporary folder that this process has open. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)].filter((target) => target.startsWith(folder));
    } catch {
      return [];
    }
  });
}

describe('an upload', () => {
  it('takes every kind of media, and gives the result in the order given', async () => {
    const { url, seen } = await receiver();
    const uploaded = await uploadMedia(
      targetAt(url),
      [
        path,
        'https://example.test/a.png',
        new URL('https://example.test/b.png'),
        pathToFileURL(path),
        pathToFileURL(path).href,
        new File([BYTES], 'file.jpg'),
        new Blob([HEADS.webm]),
        { name: 'bytes.jpg', data: BYTES },
        { name: 'stream.jpg', open: () => streamOf(BYTES.slice(0, 10), BYTES.slice(10)) },
        'https://example.test/c.png',
      ],
      {},
    );
    expect(uploaded.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'photo.jpg image',
      'remote.png image',
      'remote.png image',
      'photo.jpg image',
      'photo.jpg image',
      'file.jpg image',
      'media.webm video',
      'bytes.jpg image',
      'stream.jpg image',
      'remote.png image',
    ]);
    expect(uploaded[1]?.url).toBe('https://example.test/a.png');
    expect(uploaded[2]?.url).toBe('https://example.test/b.png');
    expect(uploaded[9]?.url).toBe('https://example.test/c.png');
    const files = seen.flatMap((request) => request.files);
    expect(files.filter(({ name }) => name.endsWith('.jpg')).map(({ hash }) => hash)).toEqual(
      Array(6).fill(hashOf(BYTES)),
    );
  });

  it('sends a file as multipart of known length, and a stream without a size as chunks', async () => {
    const { url, seen } = await receiver();
    await uploadMedia(targetAt(url), [path, { name: 'a.jpg', open: () => streamOf(BYTES) }], {});
    const [file, stream] = seen;
    expect(file?.path).toBe('/api/upload-video/nemo_agent/me/session-1');
    expect(file?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(file?.headers['content-length']).toBe(String(file?.bytes));
    expect(stream?.headers['transfer-encoding']).toBe('chunked');
    expect(stream?.files).toEqual([{ name: 'a.jpg', bytes: SIZE, hash: hashOf(BYTES) }]);
  });

  it('sends addresses that stand together as one request, which the service fetches', async () => {
    const { url, seen } = await receiver();
    await uploadMedia(targetAt(url), ['https://example.test/a.png', 'HTTP://example.test/b.png'], {});
    expect(seen.map((request) => request.json)).toEqual([
      { urls: ['https://example.test/a.png', 'http://example.test/b.png'], source_type: 'url' },
    ]);
  });

  it('takes a folder for all the media in it', async () => {
    const album = await mkdtemp(join(folder, 'album-'));
    for (const name of ['10.png', '9.png']) await writeFile(join(album, name), HEADS.png);
    await writeFile(join(album, 'notes.txt'), 'no');
    const { url } = await receiver();
    const uploaded = await uploadMedia(targetAt(url), album, {});
    expect(uploaded.map(({ name }) => name)).toEqual(['9.png', '10.png']);
  });

  it('brings every name as it was given', async () => {
    const { url, seen } = await receiver();
    const target = targetAt(url);
    const piece = fc.oneof(
      fc.constantFrom(
        '"',
        '\n',
        '\r\n',
        '\r',
        '../',
        '/',
        '\\',
        '%',
        '%22',
        '%0d',
        '; filename=x',
        "; filename*=UTF-8''x",
        '猫',
        '🎬',
        "'",
        '\0',
      ),
      fc.string({ unit: anyCodePoint }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (pieces) => {
        const name = `${pieces.join('')}.png`;
        const [uploaded] = await uploadMedia(target, { name, data: HEADS.png }, {});
        expect(seen.at(-1)?.files[0]?.name).toBe(name);
        expect(uploaded?.name).toBe(name);
      }),
      { numRuns: 60 },
    );
  });

  it('reads what the service measured, and keeps the rest as it came', async () => {
    const file = {
      cdn_url: 'https://cdn.test/a',
      width: '640',
      height: 480,
      fps: 29.97,
      hash: 'h',
      duration: 3,
    };
    const { url } = await receiver([{ answer: (response) => json(response, 200, { files: [file] }) }]);
    const [uploaded] = await uploadMedia(targetAt(url), { name: 'a.mp4', data: HEADS.mp4 }, {});
    expect(uploaded).toEqual({
      name: 'a.mp4',
      kind: 'video',
      url: 'https://cdn.test/a',
      width: 640,
      height: 480,
      fps: 29.97,
      hash: 'h',
      raw: file,
    });
  });
});

describe('media that cannot be uploaded', () => {
  it.each<[string, unknown, unknown]>([
    ['an empty list', [], OptionError],
    ['a path that is not there', '/nemovideo/none.jpg', OptionError],
    ['an empty path', '', OptionError],
    ['a device', '/dev/null', OptionError],
    ['an address of another kind', new URL('ftp://example.test/a.png'), OptionError],
    ['half an address', 'https://', OptionError],
    ['a file of another host', 'file://server/share/a.jpg', OptionError],
    ['a file address that is no path', new URL('file:///tmp/a%2Fb.jpg'), OptionError],
    ['a number', 7, OptionError],
    ['null', null, OptionError],
    ['an unknown type', { name: 'a.txt', data: HEADS.jpg }, UnsupportedMediaError],
    ['an empty Blob', new Blob([]), UnsupportedMediaError],
    [
      'a stream that is promised too large',
      { name: 'a.mp4', size: 6e8, open: () => streamOf(HEADS.mp4) },
      MediaTooLargeError,
    ],
  ])('is refused before a byte of anything is sent: %s', async (_, media, expected) => {
    const { url, seen } = await receiver();
    const list = Array.isArray(media) ? media : [path, media];
    expect(await failure(uploadMedia(targetAt(url), list, {}))).toBeInstanceOf(expected);
    expect(seen).toEqual([]);
  });

  it('is named with its place in the list', async () => {
    const { url } = await receiver();
    await expect(uploadMedia(targetAt(url), [path, '/none/x.jpg'], {})).rejects.toThrow(
      'media[1] ("/none/x.jpg")',
    );
  });

  it('is reported with the place where it was looked for, which depends on the working folder', async () => {
    const { url } = await receiver();
    await expect(uploadMedia(targetAt(url), 'nope.jpg', {})).rejects.toMatchObject({
      message: `media ("nope.jpg") must be a file that exists, and nothing is at ${JSON.stringify(resolve('nope.jpg'))}`,
      hint: 'Check the path; a relative one begins at the working folder.',
    });
  });

  it('is refused when `concurrency` is no number of files', async () => {
    const { url } = await receiver();
    await expect(uploadMedia(targetAt(url), path, { concurrency: 0 })).rejects.toThrow('concurrency');
  });
});

describe('an upload that fails on the way', () => {
  it.each([0, 0.5, 0.99])('is sent again whole when the connection breaks at %d', async (part) => {
    const { url, seen } = await receiver([{ resetAt: part * SIZE }]);
    await uploadMedia(targetAt(url), path, {});
    expect(seen).toHaveLength(2);
    expect(seen[1]?.files).toEqual([{ name: 'photo.jpg', bytes: SIZE, hash: hashOf(BYTES) }]);
    await expect.poll(openFiles).toEqual([]);
  });

  it('is sent again after 503, as often as retries are allowed', async () => {
    const busy = { answer: (response: Parameters<typeof json>[0]) => json(response, 503, {}) };
    const { url, seen } = await receiver([busy, busy]);
    await uploadMedia(targetAt(url), path, {});
    expect(seen.map(({ bytes }) => bytes)).toEqual([seen[0]?.bytes, seen[0]?.bytes, seen[0]?.bytes]);
    const again = await receiver([busy, busy, busy]);
    expect(await failure(uploadMedia(targetAt(again.url), path, {}))).toBeInstanceOf(ApiError);
    expect(again.seen).toHaveLength(3);
  });

  it.each([
    [413, {}, MediaTooLargeError],
    [200, { code: 4001 }, UnsupportedMediaError],
    [200, { code: 4002 }, MediaTooLargeError],
    [415, {}, UnsupportedMediaError],
  ])('is not sent again after %i %o', async (status, body, expected) => {
    const { url, seen } = await receiver([{ answer: (response) => json(response, status, body) }]);
    const error = await failure(uploadMedia(targetAt(url), path, {}));
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ sessionId: 'session-1' });
    expect(seen).toHaveLength(1);
  });

  it('is not sent to where a redirect leads', async () => {
    const elsewhere = await receiver();
    const { url, seen } = await receiver([
      { early: true, answer: (response) => response.writeHead(307, { location: elsewhere.url }).end() },
    ]);
    expect(await failure(uploadMedia(targetAt(url), path, {}))).toBeInstanceOf(ResponseFormatError);
    expect(seen).toHaveLength(1);
    expect(elsewhere.seen).toEqual([]);
  });

  it('says which answer it cannot read when the service forgot a file', async () => {
    const { url } = await receiver([{ answer: (response) => json(response, 200, { files: [] }) }]);
    await expect(uploadMedia(targetAt(url), path, {})).rejects.toThrow('upload.files');
  });

  it('is an error, and not sent again, when the file was changed between attempts', async () => {
    const changing = join(folder, 'changing.jpg');
    await writeFile(changing, BYTES);
    const { url, seen } = await receiver([
      {
        answer: (response) => {
          utimes(changing, 1, 1).then(() => json(response, 503, {}));
        },
      },
    ]);
    const error = await failure(uploadMedia(targetAt(url), changing, {}));
    expect(error).toBeInstanceOf(MediaReadError);
    expect(error).toMatchObject({ file: 'changing.jpg' });
    expect(seen).toHaveLength(1);
  });

  it('is an error, and never looks whole to the service, when the file is cut short while it is sent', async () => {
    const shrinking = join(folder, 'shrinking.jpg');
    await writeFile(shrinking, BYTES);
    const { url, seen } = await receiver();
    const cut = truncate.bind(undefined, shrinking, 300_000);
    const fetchSlowly = async (request: Request): Promise<Response> => {
      await cut();
      return fetch(request);
    };
    const error = await failure(uploadMedia(targetAt(url, { fetch: fetchSlowly }), shrinking, {}));
    expect(error).toBeInstanceOf(MediaReadError);
    expect(seen.every(({ whole }) => !whole)).toBe(true);
    await expect.poll(openFiles).toEqual([]);
  });

  it('is an error with its cause, and not sent again, when a stream of the caller fails', async () => {
    let opened = 0;
    const open = (): ReadableStream<Uint8Array> => {
      opened += 1;
      let chunks = 0;
      return new ReadableStream({
        pull(controller) {
          chunks += 1;
          if (chunks > 3) controller.error(new Error('unplugged'));
          else controller.enqueue(chunks === 1 ? BYTES.slice(0, 100_000) : new Uint8Array(100_000));
        },
      });
    };
    const { url, seen } = await receiver();
    const error = await failure(uploadMedia(targetAt(url), { name: 'a.jpg', open }, {}));
    expect(error).toBeInstanceOf(MediaReadError);
    expect(error).toMatchObject({ cause: expect.objectContaining({ message: 'unplugged' }) });
    // Once to look at it, once to send it.
    expect(opened).toBe(2);
    expect(seen.every(({ whole }) => !whole)).toBe(true);
  });

  it('reports a service that cannot be reached', async () => {
    const { url, close } = await receiver();
    close();
    const error = await failure(uploadMedia(targetAt(url), path, {}));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ sent: 'no' });
    await expect.poll(openFiles).toEqual([]);
  });
});

describe('several files', () => {
  const files = Array.from({ length: 6 }, (_, index) => ({ name: `${index}.png`, data: HEADS.png }));

  /** A fetch that counts how many requests are under way. */
  function counting() {
    let now = 0;
    const counts = { most: 0 };
    const count = async (request: Request): Promise<Response> => {
      now += 1;
      counts.most = Math.max(counts.most, now);
      try {
        return await fetch(request);
      } finally {
        now -= 1;
      }
    };
    return { counts, fetch: count };
  }

  it('go one after the other, so that the session lists them in order', async () => {
    const { url, seen } = await receiver();
    const { counts, fetch: counted } = counting();
    await uploadMedia(targetAt(url, { fetch: counted }), files, {});
    expect(counts.most).toBe(1);
    expect(seen.flatMap((request) => request.files.map(({ name }) => name))).toEqual(
      files.map(({ name }) => name),
    );
  });

  it('go side by side when asked, and come back in order', async () => {
    const { url } = await receiver();
    const { counts, fetch: counted } = counting();
    const uploaded = await uploadMedia(targetAt(url, { fetch: counted }), files, { concurrency: 3 });
    expect(counts.most).toBe(3);
    expect(uploaded.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
  });

  it('stop at the first failure, which is what the caller hears', async () => {
    const { url, seen } = await receiver([
      undefined,
      { answer: (response) => json(response, 200, { code: 4001 }) },
    ]);
    expect(await failure(uploadMedia(targetAt(url), files, {}))).toBeInstanceOf(UnsupportedMediaError);
    expect(seen).toHaveLength(2);
  });
});

describe('one of several files that fails', () => {
  const entry = (name: string) => ({ filename: name, cdn_url: `https://cdn.test/${name}` });
  const refuse = { answer: (response: Parameters<typeof json>[0]) => json(response, 200, { code: 4001 }) };
  const photos = (...names: string[]) => names.map((name) => ({ name, data: HEADS.png }));
  const sentNames = (seen: readonly { readonly files: readonly { readonly name: string }[] }[]) =>
    seen.flatMap(({ files }) => files.map(({ name }) => name));

  it('is named by the error, with its place and what is in the session', async () => {
    const { url } = await receiver([undefined, refuse]);
    const error = await failure(uploadMedia(targetAt(url), photos('a.png', 'b.png', 'c.png'), {}));
    expect(error).toBeInstanceOf(UnsupportedMediaError);
    expect(error).toMatchObject({
      file: 'b.png',
      index: 1,
      uploaded: [{ name: 'a.png', raw: entry('a.png') }],
    });
    expect(JSON.stringify(error)).not.toContain('cdn.test');
  });

  it('is named also when the connection broke, or the file could not be read', async () => {
    const { url } = await receiver([undefined, { resetAt: 1 }, { resetAt: 1 }, { resetAt: 1 }]);
    const broken = await failure(uploadMedia(targetAt(url), photos('a.png', 'b.png'), {}));
    expect(broken).toMatchObject({
      name: 'NetworkError',
      file: 'b.png',
      index: 1,
      uploaded: [{ name: 'a.png' }],
    });
    const unreadable = { name: 'b.png', open: () => Promise.reject(new Error('unplugged')) };
    const error = await failure(uploadMedia(targetAt(url), [...photos('a.png'), unreadable], {}));
    expect(error).toMatchObject({ name: 'MediaReadError', file: 'b.png', index: 1 });
  });

  it('is named with the folder’s place when it came from a folder', async () => {
    const album = await mkdtemp(join(folder, 'broken-'));
    for (const name of ['1.png', '2.png']) await writeFile(join(album, name), HEADS.png);
    const { url } = await receiver([undefined, undefined, refuse]);
    const error = await failure(uploadMedia(targetAt(url), [...photos('a.png'), album], {}));
    expect(error).toMatchObject({
      file: '2.png',
      index: 1,
      uploaded: [{ name: 'a.png' }, { name: '1.png' }],
    });
  });

  it('is sent alone by a repeat of the call, in the order given', async () => {
    const { url, seen } = await receiver([undefined, refuse]);
    const target = { ...targetAt(url), arrived: new ArrivedBefore() };
    const media = [
      path,
      ...photos('b.png'),
      new File([HEADS.png], 'c.png'),
      'https://example.test/d.png',
      'https://example.test/e.png',
    ];
    await failure(uploadMedia(target, media, {}));
    const told: UploadProgress[] = [];
    const uploaded = await uploadMedia(target, media, { onProgress: (progress) => told.push(progress) });
    expect(uploaded.map(({ name }) => name)).toEqual([
      'photo.jpg',
      'b.png',
      'c.png',
      'remote.png',
      'remote.png',
    ]);
    expect(sentNames(seen)).toEqual(['photo.jpg', 'b.png', 'b.png', 'c.png']);
    expect(told.at(-1)).toMatchObject({ loaded: SIZE + 160, total: SIZE + 160 });
  });

  it('makes nothing of the files that had arrived twice: the call after that sends all', async () => {
    const { url, seen } = await receiver([undefined, refuse]);
    const target = { ...targetAt(url), arrived: new ArrivedBefore() };
    const media = photos('a.png', 'b.png');
    await failure(uploadMedia(target, media, {}));
    await uploadMedia(target, media, {});
    await uploadMedia(target, media, {});
    expect(sentNames(seen)).toEqual(['a.png', 'b.png', 'b.png', 'a.png', 'b.png']);
  });

  it('does not make a changed file pass for the one that had arrived', async () => {
    const changing = join(folder, 'between.jpg');
    await writeFile(changing, BYTES);
    const { url, seen } = await receiver([undefined, refuse]);
    const target = { ...targetAt(url), arrived: new ArrivedBefore() };
    await failure(uploadMedia(target, [changing, ...photos('b.png')], {}));
    await utimes(changing, 1, 1);
    await uploadMedia(target, [changing, ...photos('b.png')], {});
    expect(sentNames(seen)).toEqual(['between.jpg', 'b.png', 'between.jpg', 'b.png']);
  });

  it('leaves what had arrived in the error and for a repeat also when the caller aborts', async () => {
    const { url, seen } = await receiver();
    const target = { ...targetAt(url), arrived: new ArrivedBefore() };
    const controller = new AbortController();
    const stuck = { name: 'b.png', open: () => streamOf(HEADS.png) };
    const media = [...photos('a.png'), stuck, ...photos('c.png')];
    const onProgress = ({ file }: UploadProgress): void => {
      if (file === 'b.png') controller.abort();
    };
    const clock = { ...systemClock, now: () => performance.now() * 1000 };
    const slow = { ...target, transport: targetAt(url, { clock }).transport };
    const error = await failure(uploadMedia(slow, media, { signal: controller.signal, onProgress }));
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ uploaded: [{ name: 'a.png' }] });
    await uploadMedia(target, media, {});
    expect(sentNames(seen).filter((name) => name === 'a.png')).toHaveLength(1);
  });
});

describe('the answer to an upload', () => {
  const answering = (body: object) => [
    { answer: (response: Parameters<typeof json>[0]) => json(response, 200, { code: 0, data: body }) },
  ];

  it.each([
    ['in another order', ['b.png', 'a.png'], ['a.png', 'b.png']],
    ['with escaped names', ['b.png', 'ä 1.png'], ['%C3%A4%201.png', 'b.png']],
    ['with one name that is known', ['x.png', 'a.png'], ['a.png', 'other.png']],
  ])('is matched by name with addresses %s', async (_, answered, asked) => {
    const files = answered.map((filename) => ({ filename, cdn_url: `https://cdn.test/${filename}` }));
    const { url } = await receiver(answering({ files }));
    const addresses = asked.map((name) => `https://example.test/${name}`);
    const uploaded = await uploadMedia(targetAt(url), addresses, {});
    expect(uploaded.map(({ name }) => name)).toEqual(answered.toReversed());
  });

  it('is matched by the address where the answer repeats it', async () => {
    const [a, b] = ['https://example.test/1', 'https://example.test/2'];
    const files = [b, a].map((source_url, at) => ({
      filename: `${at}.png`,
      cdn_url: 'https://cdn.test/x',
      source_url,
    }));
    const { url } = await receiver(answering({ files }));
    const uploaded = await uploadMedia(targetAt(url), [a, b], {});
    expect(uploaded.map(({ name }) => name)).toEqual(['1.png', '0.png']);
  });

  it('is matched by place where it says no names', async () => {
    const files = ['1', '2'].map((name) => ({ cdn_url: `https://cdn.test/${name}` }));
    const { url } = await receiver(answering({ files }));
    const uploaded = await uploadMedia(
      targetAt(url),
      ['https://example.test/a', 'https://example.test/b'],
      {},
    );
    expect(uploaded.map((file) => file.url)).toEqual(['https://cdn.test/1', 'https://cdn.test/2']);
  });

  it('may have the shape of another gateway, numbers as ids, and fields of unexpected types', async () => {
    const file = {
      url: 'https://cdn.test/a',
      filename: 7,
      hash: 12,
      width: {},
      height: 'tall',
      fps: [],
      file_type: 1,
    };
    const { url } = await receiver(answering({ uploaded_files: [file], session_state_applied: 'yes' }));
    const [uploaded] = await uploadMedia(targetAt(url), { name: 'a.png', data: HEADS.png }, {});
    expect(uploaded).toEqual({
      name: 'a.png',
      kind: 'image',
      url: 'https://cdn.test/a',
      hash: '12',
      raw: file,
    });
  });

  it('must have an address for each file', async () => {
    const { url } = await receiver(answering({ files: [{ filename: 'a.png' }] }));
    const error = await failure(uploadMedia(targetAt(url), { name: 'a.png', data: HEADS.png }, {}));
    expect(error).toMatchObject({ name: 'ResponseFormatError', path: 'upload.files[0].cdn_url' });
  });
});

describe('bytes without a name', () => {
  it('are named by their content', async () => {
    const { url, seen } = await receiver();
    const media = [new Uint8Array(HEADS.png), Buffer.from(HEADS.mp4), new Blob([HEADS.png])];
    const uploaded = await uploadMedia(targetAt(url), media, {});
    expect(uploaded.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'media.png image',
      'media-2.mp4 video',
      'media-3.png image',
    ]);
    expect(seen[0]?.files[0]?.hash).toBe(hashOf(HEADS.png));
    expect(await uploadMedia(targetAt(url), new Uint8Array(HEADS.jpg), {})).toMatchObject([
      { name: 'media.jpg' },
    ]);
  });

  it('are refused where their content does not show what they are', async () => {
    const { url, seen } = await receiver();
    for (const media of [new Uint8Array(0), new Uint8Array([1, 2, 3])]) {
      expect(await failure(uploadMedia(targetAt(url), media, {}))).toBeInstanceOf(UnsupportedMediaError);
    }
    expect(seen).toEqual([]);
  });

  it.each<[string, () => unknown, string]>([
    ['an ArrayBuffer', () => new ArrayBuffer(8), 'new Uint8Array(buffer)'],
    ['a stream of Node', () => Readable.from([HEADS.png]), 'open: () =>'],
    ['a stream of the web', () => streamOf(HEADS.png), 'open: () =>'],
    ['a response', () => new Response('x'), 'response.blob()'],
    ['text as data', () => ({ name: 'a.png', data: 'text' }), 'Uint8Array'],
    ['a size that is no number', () => ({ name: 'a.png', size: '5', open: () => streamOf() }), '`size`'],
  ])('%s is refused with what to pass instead', async (_, media, hint) => {
    const { url, seen } = await receiver();
    const error = await failure(Reflect.apply(uploadMedia, undefined, [targetAt(url), media(), {}]));
    expect(error).toMatchObject({ name: 'OptionError', hint: expect.stringContaining(hint) });
    expect(seen).toEqual([]);
  });
});

describe('an upload that is aborted', () => {
  it('settles with AbortError, closes the file and leaves no listener', async () => {
    const { url } = await receiver();
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = (): void => controller.abort(new Error('enough'));
    const error = await failure(uploadMedia(targetAt(url), [path, path], { signal, onProgress }));
    expect(error).toBeInstanceOf(AbortError);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await expect.poll(openFiles).toEqual([]);
  });

  it('leaves no listener either when it succeeds', async () => {
    const { url } = await receiver();
    const { signal } = new AbortController();
    await uploadMedia(targetAt(url), [path, path], { signal, concurrency: 2 });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('sends nothing when the signal was aborted before', async () => {
    const { url, seen } = await receiver();
    const error = await failure(uploadMedia(targetAt(url), path, { signal: AbortSignal.abort() }));
    expect(error).toBeInstanceOf(AbortError);
    expect(seen).toEqual([]);
  });
});

describe('an upload that is aborted before anything could be looked at', () => {
  it('settles at once though a stream never opens, and cancels one that opens late', async () => {
    const { url, seen } = await receiver();
    const controller = new AbortController();
    const { signal } = controller;
    let arrive = (_stream: ReadableStream<Uint8Array>): void => {};
    const never = {
      name: 'a.jpg',
      open: () =>
        new Promise<ReadableStream<Uint8Array>>((resolve) => {
          arrive = resolve;
        }),
    };
    const settled = failure(uploadMedia(targetAt(url), never, { signal }));
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await settled).toBeInstanceOf(AbortError);
    expect(seen).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    const cancelled = await new Promise((resolve) => {
      arrive(new ReadableStream({ cancel: () => resolve('cancelled') }));
    });
    expect(cancelled).toBe('cancelled');
  });
});

describe('progress', () => {
  it('never falls, also over a retry, and ends with everything', async () => {
    const { url } = await receiver([{ resetAt: SIZE / 2 }]);
    const told: UploadProgress[] = [];
    const stream = { name: 'stream.jpg', open: () => streamOf(BYTES) };
    await uploadMedia(targetAt(url), [path, stream, 'https://example.test/a.png'], {
      onProgress: (progress) => told.push(progress),
    });
    const loaded = told.map((progress) => progress.loaded);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
    expect(told[0]).toMatchObject({ file: 'photo.jpg', fileTotal: SIZE, total: undefined });
    expect(told.at(-1)).toMatchObject({ loaded: 2 * SIZE, total: 2 * SIZE });
  });

  it('ends the upload with what it throws', async () => {
    const { url, seen } = await receiver();
    const onProgress = (): void => {
      throw new RangeError('mine');
    };
    const error = await failure(uploadMedia(targetAt(url), [path, path], { onProgress }));
    expect(error).toBeInstanceOf(RangeError);
    expect(seen.length).toBeLessThanOrEqual(1);
    await expect.poll(openFiles).toEqual([]);
  });

  it.each([
    ['while a file is sent', 0],
    ['at the end', 1],
  ])('ends the upload with what it rejects with, %s', async (_, calls) => {
    const { url } = await receiver();
    let left = calls;
    const onProgress = async (): Promise<void> => {
      left -= 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (left < 0) throw new RangeError('mine');
    };
    const photo = { name: 'photo.jpg', data: HEADS.jpg };
    expect(await failure(uploadMedia(targetAt(url), photo, { onProgress }))).toBeInstanceOf(RangeError);
  });
});
