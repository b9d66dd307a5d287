import { getEventListeners } from 'node:events';
import { statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { AbortError, AuthenticationError, DownloadError, OptionError } from '../../../src/errors/index.js';
import { nodeFiles } from '../../../src/platform/node-files.js';
import type { DownloadProgress } from '../../../src/render/download/destination.js';
import { type DownloadRequest, downloadRender } from '../../../src/render/download/download.js';
import { amidCollections } from '../../support/collect-garbage.js';
import { VirtualClock } from '../../support/virtual-clock.js';
import { contextAt, fileServer, type Served, videoOf } from './file-server.js';

const BYTES = videoOf(700_000);
const ETAG = '"one"';
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemovideo-download-'));
  path = join(folder, 'promo.mp4');
  return () => rm(folder, { recursive: true });
});

const saved = async (): Promise<boolean> => Buffer.compare(await readFile(path), BYTES) === 0;
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** A service, the server of its videos, and a download from there. */
async function world(served: Partial<Served> = {}, own: Partial<Served> = {}) {
  const store = await fileServer({ bytes: BYTES, etag: ETAG, ...served });
  const service = await fileServer({ bytes: BYTES, etag: ETAG, ...own });
  const context = contextAt(service.url);
  const download = (more: Partial<DownloadRequest> = {}) => {
    const request = {
      renderId: 'render_1',
      outputUrl: `${store.url}/v.mp4?sig=1`,
      destination: path,
      ...more,
    };
    const { destination } = request;
    const kept = typeof destination === 'string' ? () => sizeOf(`${destination}.part`) : undefined;
    for (const { served } of [store, service]) served.kept = kept;
    return downloadRender(context, request);
  };
  return { store, service, context, download };
}

/** The ranges that were asked for; undefined for the whole. */
const rangesOf = (requests: readonly IncomingMessage[]) => requests.map(({ headers }) => headers.range);

describe('a download to a path', () => {
  it('puts the whole file in place and leaves nothing beside it', async () => {
    const { download, service } = await world();
    expect(await download()).toEqual({ path, bytes: BYTES.length });
    expect(await saved()).toBe(true);
    expect(await readdir(folder)).toEqual(['promo.mp4']);
    expect(service.requests).toHaveLength(0);
  });

  it('is whole also when garbage is collected before its first byte is read', async () => {
    const { download, service } = await world();
    await amidCollections(download);
    expect(await saved()).toBe(true);
    expect(service.requests).toHaveLength(0);
  });

  it('ends with the same bytes after five drops, and asks only for what is missing', async () => {
    const drops = [100_000, 90_000, 1, 200_000, 300_000];
    const { download, store } = await world({ drops: [...drops] });
    await download();
    expect(await saved()).toBe(true);
    // A reset may swallow the last bytes before it, so each request begins where the bytes that arrived end: never
    // before the one before it, never behind what the server had sent.
    const starts = rangesOf(store.requests).map((range) =>
      Number(/^bytes=(\d+)-$/.exec(range ?? 'bytes=0-')?.[1]),
    );
    expect(starts).toHaveLength(6);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    for (const [index, start] of starts.entries()) {
      expect(start).toBeLessThanOrEqual(drops.slice(0, index).reduce((sum, bytes) => sum + bytes, 0));
    }
    expect(starts.at(-1)).toBeGreaterThan(0);
    expect(new Set(store.requests.slice(1).map(({ headers }) => headers['if-range']))).toEqual(
      new Set([ETAG]),
    );
  });

  it('gives up, after the service’s own path too, when no byte arrives any more, and keeps the part', async () => {
    const drops = [250_000, 0, 0, 0, 0, 0, 0];
    const { download, store, service } = await world({ drops }, { drops: [0, 0, 0, 0] });
    const error = await failure(download());
    expect(error).toBeInstanceOf(DownloadError);
    expect(error).toMatchObject({ renderId: 'render_1', retryable: true });
    expect(store.requests).toHaveLength(3);
    expect(service.requests).toHaveLength(3);
    expect((await readdir(folder)).sort()).toEqual(['promo.mp4.part', 'promo.mp4.part.json']);
    expect(Buffer.compare(await readFile(`${path}.part`), BYTES.subarray(0, 250_000))).toBe(0);
  });

  it('is continued by another process', async () => {
    const broken = await world({ drops: [250_000, 0, 0, 0] }, { instead: Array(9).fill(refuse(500)) });
    await failure(broken.download());
    const { download, store } = await world();
    const told: DownloadProgress[] = [];
    await download({ onProgress: (progress) => told.push(progress) });
    expect(await saved()).toBe(true);
    expect(rangesOf(store.requests)).toEqual(['bytes=250000-']);
    expect(told[0]?.loaded).toBeGreaterThan(250_000);
    expect(await readdir(folder)).toEqual(['promo.mp4']);
  });

  it('starts over when the file has another ETag by now', async () => {
    const broken = await world({ bytes: videoOf(800_000), etag: '"old"', drops: [250_000, 0, 0] });
    broken.service.close();
    await failure(broken.download());
    const { download, store } = await world();
    await download();
    expect(await saved()).toBe(true);
    expect(rangesOf(store.requests)).toEqual(['bytes=250000-']);
  });

  it('starts over when the ETag changes between two drops', async () => {
    const { download, store } = await world({ bytes: videoOf(800_000), etag: '"old"', drops: [250_000] });
    store.served.instead = [
      undefined,
      (_, response) => {
        store.served.bytes = BYTES;
        store.served.etag = ETAG;
        response.socket?.destroy();
      },
    ];
    await download();
    expect(await saved()).toBe(true);
  });

  it('starts over when a server gives a part of another file in spite of If-Range', async () => {
    const { download, store } = await world({ drops: [250_000] });
    store.served.instead = [
      undefined,
      (_, response) => {
        const headers = {
          'content-type': 'video/mp4',
          etag: '"two"',
          'content-range': 'bytes 250000-250003/250004',
        };
        response.writeHead(206, headers).end('evil');
      },
    ];
    await download();
    expect(await saved()).toBe(true);
    expect(rangesOf(store.requests)).toEqual([undefined, 'bytes=250000-', undefined]);
  });

  it.each([
    ['that does not say its place', undefined, '"one"'],
    ['of an impossible place', 'bytes 250000-249999/700000', '"one"'],
    ['behind the end of the file', 'bytes 250000-700000/700000', '"one"'],
    ['in another unit', 'pages 250000-699999/700000', '"one"'],
    ['longer than it says', 'bytes 250000-250001/700000', '"one"'],
    ['from a place further on', 'bytes 250100-699999/700000', '"one"'],
    ['without an ETag', 'bytes 250000-699999/700000', undefined],
  ])('never joins a part %s', async (_, range, etag) => {
    const { download, store } = await world({ drops: [250_000] });
    store.served.instead = [
      undefined,
      (_, response) => {
        const headers = {
          'content-type': 'video/mp4',
          ...(etag === undefined ? {} : { etag }),
          ...(range === undefined ? {} : { 'content-range': range }),
        };
        response.writeHead(206, headers).end(Buffer.alloc(449_900, 'x'));
      },
    ];
    await download();
    expect(await saved()).toBe(true);
  });

  it.each(['.part', '.part.json'])('never writes through a link at its %s', async (suffix) => {
    const victim = join(folder, 'victim');
    await writeFile(victim, 'mine');
    await symlink(victim, `${path}${suffix}`);
    const { download } = await world();
    await download();
    expect(await saved()).toBe(true);
    expect(await readFile(victim, 'utf8')).toBe('mine');
    expect((await readdir(folder)).sort()).toEqual(['promo.mp4', 'victim']);
  });

  it('never follows a link that leads nowhere', async () => {
    await symlink(join(folder, 'none'), `${path}.part`);
    const { download } = await world();
    await download();
    expect(await saved()).toBe(true);
    expect(await readdir(folder)).toEqual(['promo.mp4']);
  });

  it('asks for the last byte again when the part was whole already, in case it is another file', async () => {
    await writeFile(`${path}.part`, BYTES);
    const record = { version: 1, renderId: 'render_1', validator: ETAG, total: BYTES.length };
    await writeFile(`${path}.part.json`, JSON.stringify(record));
    const { download, store } = await world();
    expect(await download()).toEqual({ path, bytes: BYTES.length });
    expect(await saved()).toBe(true);
    expect(rangesOf(store.requests)).toEqual([`bytes=${BYTES.length - 1}-`]);
  });

  it.each([
    [
      'of another render',
      JSON.stringify({ version: 1, renderId: 'render_2', validator: ETAG, total: 700_000 }),
    ],
    ['that cannot be read', '{'],
    ['that is null', 'null'],
    ['longer than the file', JSON.stringify({ version: 1, renderId: 'render_1', validator: ETAG, total: 3 })],
  ])('does not go on with a part whose record is one %s', async (_, record) => {
    await writeFile(`${path}.part`, 'something else');
    await writeFile(`${path}.part.json`, record);
    const { download, store } = await world();
    await download();
    expect(await saved()).toBe(true);
    expect(rangesOf(store.requests)).toEqual([undefined]);
  });

  it('leaves no part behind that could not be continued, and promises no resume', async () => {
    const drops = [250_000, 250_000, 250_000, 0, 0];
    const { download, service } = await world({ etag: undefined, drops });
    service.close();
    const error = await failure(download());
    expect(error).toBeInstanceOf(DownloadError);
    expect(error).toMatchObject({ hint: 'Download again: the render is kept by the service.' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is refused while another download of the program is writing there, before anything is asked for', async () => {
    const { download } = await world();
    const other = await world();
    await symlink(folder, `${folder}-link`);
    const destination = join(`${folder}-link`, '.', 'promo.mp4');
    let second: Promise<unknown> | undefined;
    const onProgress = (): void => {
      second ??= failure(other.download({ destination }));
    };
    await download({ onProgress });
    const error = await second;
    await rm(`${folder}-link`);
    expect(error).toBeInstanceOf(DownloadError);
    expect(error).toMatchObject({ message: expect.stringContaining('another download'), retryable: true });
    expect([...other.store.requests, ...other.service.requests]).toEqual([]);
    expect(await saved()).toBe(true);
  });

  it('gives the path free however it ends', async () => {
    await failure((await world({}, {})).download({ signal: AbortSignal.abort() }));
    const refused = { instead: Array(9).fill(refuse(500)) };
    await failure((await world(refused, refused)).download());
    const controller = new AbortController();
    const onProgress = (): void => controller.abort();
    await failure((await world()).download({ onProgress, signal: controller.signal }));
    const { download } = await world();
    await download();
    await download();
    expect(await saved()).toBe(true);
  });

  it('starts over on every drop where the server has neither ETag nor date', async () => {
    const { download, store } = await world({ etag: undefined, drops: [250_000] });
    await download();
    expect(await saved()).toBe(true);
    expect(rangesOf(store.requests)).toEqual([undefined, undefined]);
  });

  it('continues by the date where there is no ETag, or only a weak one', async () => {
    const lastModified = 'Sun, 01 Nov 2026 10:00:00 GMT';
    const { download, store } = await world({ etag: undefined, lastModified, drops: [250_000] });
    await download();
    expect(await saved()).toBe(true);
    expect(store.requests[1]?.headers['if-range']).toBe(lastModified);
  });

  it('passes over what it has where the server knows no ranges', async () => {
    const { download } = await world({ ranges: false, drops: [250_000] });
    await download();
    expect(await saved()).toBe(true);
  });

  it('accepts a file of unknown length', async () => {
    const { download } = await world({ length: false });
    expect(await download()).toEqual({ path, bytes: BYTES.length });
    expect(await saved()).toBe(true);
  });

  it('continues where the body ends early as if it were whole', async () => {
    const context = contextAt('https://service.test', {
      fetch: async (request) => {
        const range = request.headers.get('range');
        const from = range === null ? 0 : Number(/\d+/.exec(range)?.[0]);
        return new Response(BYTES.slice(from, from + 300_000), {
          status: range === null ? 200 : 206,
          headers: {
            etag: ETAG,
            'content-length': String(BYTES.length - from),
            'content-range': `bytes ${from}-${BYTES.length - 1}/${BYTES.length}`,
          },
        });
      },
    });
    await downloadRender(context, { renderId: 'render_1', destination: path });
    expect(await saved()).toBe(true);
  });
});

describe('a download that cannot be', () => {
  it('never gives back the memory of a chunk that somebody else made and may use again', async () => {
    const piece = videoOf(50_000);
    let isGiven = false;
    // What Node 22 and later have on every buffer.
    const transfer = (): void => {
      isGiven = true;
    };
    Object.assign(piece.buffer, { transfer });
    let left = 3;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(piece);
      },
    });
    const fetch = async (): Promise<Response> =>
      new Response(body, { headers: { 'content-length': '150000' } });
    const context = contextAt('https://service.test', { fetch });
    await downloadRender(context, { renderId: 'render_1', destination: path });
    expect(Buffer.compare(await readFile(path), Buffer.concat([piece, piece, piece]))).toBe(0);
    expect(isGiven).toBe(false);
  });

  it('leaves the file that is there as it was, and touches it only when the new one is whole', async () => {
    await writeFile(path, 'the old one');
    const { download } = await world({ drops: [250_000, 0, 0] }, { instead: Array(9).fill(refuse(500)) });
    let seen = '';
    const onProgress = async (): Promise<void> => {
      seen = await readFile(path, 'utf8');
    };
    await failure(download({ onProgress: () => void onProgress() }));
    expect(await readFile(path, 'utf8')).toBe('the old one');
    await expect.poll(() => seen).toBe('the old one');
  });

  it('says that the disk is full', async () => {
    await writeFile(path, 'the old one');
    const { writer } = nodeFiles;
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    nodeFiles.writer = async (...options) => ({
      ...(await writer(...options)),
      write: () => Promise.reject(full),
    });
    const error = await failure((await world()).download()).finally(() => {
      nodeFiles.writer = writer;
    });
    expect(error).toBeInstanceOf(DownloadError);
    expect(error).toMatchObject({ message: expect.stringContaining('the disk is full'), retryable: false });
    expect(await readFile(path, 'utf8')).toBe('the old one');
  });

  it.each([
    ['the folder is missing', () => join(folder, 'none', 'promo.mp4'), 'does not exist'],
    ['the path is a folder', () => folder, 'is a folder'],
    ['the disk takes no files', () => '/proc/promo.mp4', 'promo.mp4'],
    ['a part of the path is a file', () => '/etc/hostname/promo.mp4', 'is a file'],
  ])('says so before anything is asked for: %s', async (_, destination, words) => {
    const { download, store, service } = await world();
    const error = await failure(download({ destination: destination() }));
    expect(error).toBeInstanceOf(DownloadError);
    expect(error).toMatchObject({ message: expect.stringContaining(words) });
    expect([...store.requests, ...service.requests]).toEqual([]);
  });

  it('is an option error where the destination is none', async () => {
    const { download } = await world();
    const locked = new WritableStream();
    locked.getWriter();
    for (const destination of ['', 7, null, locked]) {
      const error = await failure(Reflect.apply(download, undefined, [{ destination }]));
      expect(error).toBeInstanceOf(OptionError);
    }
  });

  it('leaves no empty part behind when nothing arrived', async () => {
    const { download } = await world(
      { instead: Array(9).fill(refuse(500)) },
      { instead: Array(9).fill(refuse(500)) },
    );
    expect(await failure(download())).toMatchObject({ status: 500 });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is an error of the token when the service refuses it', async () => {
    const { download } = await world({}, { instead: [refuse(401)] });
    expect(await failure(download({ outputUrl: undefined }))).toBeInstanceOf(AuthenticationError);
  });

  it.each([
    ['an empty file', { bytes: new Uint8Array(0) }],
    ['a page of a proxy', { instead: [html] }],
    ['a failure in JSON', { instead: [refuse(200, { code: 4242, message: 'no' })] }],
  ])('takes %s for no video, and turns to the service’s own path', async (_, served) => {
    const { download, service } = await world(served);
    await download();
    expect(await saved()).toBe(true);
    expect(service.requests).toHaveLength(1);
  });
});

describe('where a download is brought from', () => {
  it('is the service’s own path when the output address fails, with what has arrived already', async () => {
    const { download, store, service } = await world({ drops: [250_000] });
    store.served.instead = [undefined, refuse(403)];
    await download();
    expect(await saved()).toBe(true);
    expect(rangesOf(service.requests)).toEqual(['bytes=250000-']);
    expect(service.requests[0]?.url).toBe('/api/render/proxy/render_1/download');
  });

  it('is the service’s own path when there is no other, or an invalid one', async () => {
    const { download, service } = await world();
    await download({ outputUrl: undefined });
    await download({ outputUrl: 'http://' });
    expect(service.requests).toHaveLength(2);
  });

  it('may be an address of the service’s own, without its origin', async () => {
    const { download, service } = await world();
    await download({ outputUrl: '/files/v.mp4' });
    expect(service.requests.map(({ url }) => url)).toEqual(['/files/v.mp4']);
    expect(service.requests[0]?.headers.authorization).toBe('Bearer nmv_usr_secret');
  });

  it('never gets the token or one of our headers on another origin', async () => {
    const { download, store } = await world();
    await download();
    const sent = Object.keys(store.requests[0]?.headers ?? {});
    expect(sent).toContain('accept');
    expect(sent.filter((name) => name === 'authorization' || name.startsWith('x-'))).toEqual([]);
  });

  it('never gets the token after a redirect to another origin, nor on the way back from there', async () => {
    const { download, store, service } = await world();
    service.served.instead = [
      (_, response) => response.writeHead(302, { location: `${store.url}/hop` }).end(),
      undefined,
    ];
    store.served.instead = [
      (_, response) => response.writeHead(307, { location: `${service.url}/back` }).end(),
    ];
    await download({ outputUrl: undefined });
    expect(await saved()).toBe(true);
    expect(service.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer nmv_usr_secret',
      undefined,
    ]);
    expect(store.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('never gets the token where another origin leads to the service', async () => {
    const { download, store, service } = await world();
    store.served.instead = [
      (_, response) => response.writeHead(302, { location: `${service.url}/elsewhere` }).end(),
    ];
    await download();
    expect(await saved()).toBe(true);
    expect(service.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('never gets the token behind a redirect within the service to another origin', async () => {
    const { download, store, service } = await world();
    service.served.instead = [
      (_, response) => response.writeHead(302, { location: '/next' }).end(),
      (_, response) => response.writeHead(302, { location: `${store.url}/v.mp4` }).end(),
    ];
    await download({ outputUrl: undefined });
    expect(await saved()).toBe(true);
    expect(service.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer nmv_usr_secret',
      'Bearer nmv_usr_secret',
    ]);
    expect(store.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it.each([
    'file:///etc/hostname',
    'ftp://example.test/v.mp4',
    's3://bucket/v.mp4',
    'data:video/mp4,abc',
    'http://user:hunter22@127.0.0.1:1/v.mp4',
  ])(
    'is never %s: the service’s own path is used instead, and a redirect there is refused',
    async (outputUrl) => {
      const own = await world();
      await own.download({ outputUrl });
      expect(await saved()).toBe(true);
      expect(own.service.requests.map(({ url }) => url)).toEqual(['/api/render/proxy/render_1/download']);
      await rm(path);
      const { download, service } = await world({
        instead: [(_, response) => response.writeHead(302, { location: outputUrl }).end()],
      });
      const error = await failure(download());
      expect(error).toBeInstanceOf(DownloadError);
      expect(inspect(error, { depth: 9 })).not.toContain('hunter22');
      expect(service.requests).toEqual([]);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('is given up after a few redirects in a circle', async () => {
    const { download, store, service } = await world();
    const circle: Answer = (_, response) => response.writeHead(302, { location: `${store.url}/again` }).end();
    store.served.instead = Array(20).fill(circle);
    await download();
    expect(await saved()).toBe(true);
    expect(store.requests.length).toBeLessThan(10);
    expect(service.requests).toHaveLength(1);
  });
});

describe('a download to a stream or a function', () => {
  function collecting() {
    const chunks: Uint8Array[] = [];
    let closed = false;
    let aborted: unknown;
    const stream = new WritableStream<Uint8Array>({
      write: (chunk) => void chunks.push(chunk),
      close() {
        closed = true;
      },
      abort(reason) {
        aborted = reason;
      },
    });
    const whole = (): boolean => Buffer.compare(Buffer.concat(chunks), BYTES) === 0;
    return { stream, chunks, whole, closed: () => closed, aborted: () => aborted };
  }

  it('gives every byte once, also over drops, and closes the stream', async () => {
    const { download } = await world({ drops: [100_000, 1, 300_000] });
    const { stream, whole, closed } = collecting();
    expect(await download({ destination: stream })).toEqual({ bytes: BYTES.length });
    expect(whole()).toBe(true);
    expect(closed()).toBe(true);
  });

  it('waits for the function after every chunk', async () => {
    const { download } = await world();
    const chunks: Uint8Array[] = [];
    let busy = 0;
    let most = 0;
    await download({
      async destination(chunk) {
        busy += 1;
        most = Math.max(most, busy);
        await new Promise(setImmediate);
        chunks.push(chunk);
        busy -= 1;
      },
    });
    expect(most).toBe(1);
    expect(Buffer.compare(Buffer.concat(chunks), BYTES)).toBe(0);
  });

  it('gives every byte once where the server knows no ranges', async () => {
    const { download } = await world({ ranges: false, drops: [250_000] });
    const { stream, whole } = collecting();
    await download({ destination: stream });
    expect(whole()).toBe(true);
  });

  it('fails when the file became another one in the middle: what is given cannot be taken back', async () => {
    const { download, store } = await world({ drops: [250_000] });
    store.served.instead = [
      undefined,
      (_, response) => {
        store.served.etag = '"two"';
        response.socket?.destroy();
      },
    ];
    const { stream, aborted } = collecting();
    const error = await failure(download({ destination: stream }));
    expect(error).toBeInstanceOf(DownloadError);
    expect(aborted()).toBe(error);
  });

  it('reports a stream that was closed before like any other failure of the destination', async () => {
    const { download } = await world();
    const destination = new WritableStream();
    await destination.close();
    const error = await failure(download({ destination }));
    expect(error).toBeInstanceOf(DownloadError);
    expect(error).toMatchObject({ message: expect.stringContaining('the destination failed') });
  });

  it('ends with what the destination threw as its cause', async () => {
    const { download, store } = await world();
    const cause = new Error('nobody reads any more');
    const error = await failure(
      download({
        destination: () => {
          throw cause;
        },
      }),
    );
    expect(error).toBeInstanceOf(DownloadError);
    expect(error).toMatchObject({ cause });
    expect(store.requests).toHaveLength(1);
  });
});

const SHORT = videoOf(2_000);

/** Gives the file in chunks of these sizes, and dies after each of `drops` bytes. */
function unreliable(chunkSizes: readonly number[], drops: number[], ranges: boolean) {
  return async (request: Request): Promise<Response> => {
    const asked = ranges ? /^bytes=(\d+)-$/.exec(request.headers.get('range') ?? '')?.[1] : undefined;
    const from = Number(asked ?? 0);
    const drop = drops.shift();
    const end = drop === undefined ? SHORT.length : Math.min(SHORT.length, from + drop);
    let at = from;
    let turn = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at === end && drop !== undefined) controller.error(new TypeError('terminated'));
        else if (at === end) controller.close();
        else {
          const next = Math.min(end, at + (chunkSizes[turn % chunkSizes.length] ?? 1));
          controller.enqueue(SHORT.slice(at, next));
          at = next;
          turn += 1;
        }
      },
    });
    return new Response(body, {
      status: asked === undefined ? 200 : 206,
      headers: {
        etag: '"one"',
        'content-length': String(SHORT.length - from),
        'content-range': `bytes ${from}-${SHORT.length - 1}/${SHORT.length}`,
      },
    });
  };
}

describe('a download over an unreliable connection', () => {
  it('brings every byte once and in order, however the connection is cut, while bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 5, max: 700 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 800 }), { maxLength: 12 }),
        fc.boolean(),
        async (chunkSizes, drops, ranges) => {
          const clock = new VirtualClock();
          // Without ranges a connection must get further than the one before it to make progress.
          const growing = ranges
            ? [...drops]
            : [...drops].sort((a, b) => a - b).filter((drop, at, all) => drop !== all[at - 1]);
          const context = contextAt('https://service.test', {
            clock,
            fetch: unreliable(chunkSizes, growing, ranges),
          });
          const chunks: Uint8Array[] = [];
          const destination = (chunk: Uint8Array): void => void chunks.push(chunk);
          await clock.run(downloadRender(context, { renderId: 'render_1', destination }));
          expect(Buffer.compare(Buffer.concat(chunks), SHORT)).toBe(0);
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('limits of a download', () => {
  /** A service that gives the first chunk and then nothing. */
  function stalling(clock: VirtualClock) {
    let cancelled = 0;
    const signals: AbortSignal[] = [];
    const context = contextAt('https://service.test', {
      clock,
      fetch: async (request) => {
        signals.push(request.signal);
        const body = new ReadableStream<Uint8Array>({
          start: (controller) => controller.enqueue(new Uint8Array(10)),
          cancel() {
            cancelled += 1;
          },
        });
        return new Response(body, { headers: { etag: ETAG, 'content-length': '100' } });
      },
    });
    return { context, signals, cancelled: () => cancelled };
  }

  it('ends a connection that is silent for a minute, and throws when no retry helped', async () => {
    const clock = new VirtualClock();
    const { context, signals, cancelled } = stalling(clock);
    const destination = path;
    const error = await clock.run(failure(downloadRender(context, { renderId: 'render_1', destination })));
    expect(error).toBeInstanceOf(DownloadError);
    expect(error).toMatchObject({ message: expect.stringContaining('60000 ms') });
    expect(cancelled()).toBe(signals.length);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('gives a slow destination all the time it takes', async () => {
    const clock = new VirtualClock();
    const context = contextAt('https://service.test', {
      clock,
      fetch: async () => new Response(BYTES, { headers: { 'content-length': String(BYTES.length) } }),
    });
    const destination = (): Promise<void> => clock.sleep(600_000);
    const { bytes } = await clock.run(downloadRender(context, { renderId: 'render_1', destination }));
    expect(bytes).toBe(BYTES.length);
  });

  it('settles an abort at once, ends the connection and leaves no listener, but the part', async () => {
    const clock = new VirtualClock();
    const { context, signals, cancelled } = stalling(clock);
    const controller = new AbortController();
    const { signal } = controller;
    const downloading = downloadRender(context, {
      renderId: 'render_1',
      destination: path,
      signal,
      onProgress: () => setImmediate(() => controller.abort()),
    });
    expect(await failure(downloading)).toBeInstanceOf(AbortError);
    expect(cancelled()).toBe(1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(clock.pending).toBe(0);
    expect((await readdir(folder)).sort()).toEqual(['promo.mp4.part', 'promo.mp4.part.json']);
  });

  it('settles an abort at once also while the destination takes for ever', async () => {
    const { download } = await world();
    const controller = new AbortController();
    const destination = (): Promise<void> => {
      setImmediate(() => controller.abort());
      return new Promise(() => {});
    };
    expect(await failure(download({ destination, signal: controller.signal }))).toBeInstanceOf(AbortError);
  });

  it('settles an abort at once also while the stream takes for ever to close', async () => {
    const { download } = await world();
    const controller = new AbortController();
    const destination = new WritableStream({
      close() {
        setImmediate(() => controller.abort());
        return new Promise(() => {});
      },
    });
    const { signal } = controller;
    expect(await failure(download({ destination, signal }))).toBeInstanceOf(AbortError);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('asks for nothing when the signal was aborted before', async () => {
    const { download, store } = await world();
    expect(await failure(download({ signal: AbortSignal.abort() }))).toBeInstanceOf(AbortError);
    expect(store.requests).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('reports how far it is, only upward, to the last byte', async () => {
    const { download } = await world({ drops: [250_000] });
    const told: DownloadProgress[] = [];
    await download({ onProgress: (progress) => told.push(progress) });
    const loaded = told.map((progress) => progress.loaded);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
    expect(told.at(-1)).toEqual({ loaded: BYTES.length, total: BYTES.length });
  });

  it('ends with what the progress callback throws, and leaves the file that is there as it was', async () => {
    await writeFile(path, 'the old one');
    const { download } = await world();
    const onProgress = ({ loaded, total }: DownloadProgress): void => {
      if (loaded === total) throw new RangeError('mine');
    };
    expect(await failure(download({ onProgress }))).toBeInstanceOf(RangeError);
    expect(await readFile(path, 'utf8')).toBe('the old one');
  });

  it('ends with what an asynchronous progress callback rejects with, which appears nowhere else', async () => {
    await writeFile(path, 'the old one');
    const unheard: unknown[] = [];
    const hear = (error: unknown): void => void unheard.push(error);
    process.on('unhandledRejection', hear);
    const { download } = await world();
    const onProgress = () => Promise.reject(new RangeError('mine'));
    expect(await failure(download({ onProgress }))).toBeInstanceOf(RangeError);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', hear);
    expect(unheard).toEqual([]);
    expect(await readFile(path, 'utf8')).toBe('the old one');
  });

  it('waits as long as a service with too many requests asks for', async () => {
    const clock = new VirtualClock();
    const begun = clock.now();
    let requests = 0;
    const context = contextAt('https://service.test', {
      clock,
      fetch: async () => {
        requests += 1;
        if (requests === 1) return new Response('', { status: 429, headers: { 'retry-after': '7' } });
        return new Response(BYTES, { headers: { 'content-length': String(BYTES.length) } });
      },
    });
    await clock.run(downloadRender(context, { renderId: 'render_1', destination: path }));
    expect(clock.now() - begun).toBe(7000);
  });
});

type Answer = NonNullable<NonNullable<Served['instead']>[number]>;

function refuse(status: number, body: object = {}): Answer {
  return (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function html(...[, response]: Parameters<Answer>): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>');
}
