import { describe, expect, it } from 'vitest';
import { uploadMedia } from '../../../src/session/upload/upload.js';
import { PNG, serve, TRANSPORTS } from '../../local/support/wire.js';
import { jpegOf } from '../media/samples.js';
import { json, receiver, targetAt } from '../support/receiver.js';

const LOST = { lose: 'answer' } as const;
const photo = (name = 'photo.jpg') => ({ name, data: jpegOf(1_000) });
const entry = (name: string) => ({ filename: name, cdn_url: `https://cdn.test/${name}` });

describe('an upload whose answer was lost', () => {
  it('is not repeated: the file in the session is the one', async () => {
    const kept: string[] = [];
    const { url, seen } = await receiver([LOST], kept);
    const uploaded = await uploadMedia({ ...targetAt(url), before: [] }, photo(), {});
    expect(uploaded).toMatchObject([
      { name: 'photo.jpg', kind: 'image', url: 'https://cdn.test/photo.jpg', raw: entry('photo.jpg') },
    ]);
    expect([seen.length, kept]).toEqual([1, ['photo.jpg']]);
  });

  it('is found among files of the same name that were there before and that came before it', async () => {
    const kept = ['photo.jpg'];
    const { url, seen } = await receiver([undefined, LOST], kept);
    const target = { ...targetAt(url), before: [entry('photo.jpg')] };
    expect(await uploadMedia(target, [photo(), photo()], {})).toHaveLength(2);
    expect([seen.length, kept]).toEqual([2, ['photo.jpg', 'photo.jpg', 'photo.jpg']]);
  });

  it('is found also when it was the last attempt', async () => {
    const kept: string[] = [];
    const broken = { answer: (response: Parameters<typeof json>[0]) => json(response, 503, {}) };
    const { url, seen } = await receiver([broken, broken, LOST], kept);
    expect(await uploadMedia({ ...targetAt(url), before: [] }, photo(), {})).toHaveLength(1);
    expect([seen.length, kept]).toEqual([3, ['photo.jpg']]);
  });

  it('is found when it was of addresses, whatever the service calls them', async () => {
    const kept: string[] = [];
    const { url, seen } = await receiver([LOST], kept);
    const addresses = ['https://example.test/a.png', 'https://example.test/b.png'];
    const uploaded = await uploadMedia({ ...targetAt(url), before: [] }, addresses, {});
    expect(uploaded.map(({ name }) => name)).toEqual(['remote.png', 'remote.png']);
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['what was there before is not known', undefined, 200],
    ['the session cannot be read', [], 500],
  ])('is sent again where %s', async (_, before, stateStatus) => {
    const kept: string[] = [];
    const { url, seen } = await receiver([LOST], kept, stateStatus);
    expect(await uploadMedia({ ...targetAt(url), before }, photo(), {})).toHaveLength(1);
    expect([seen.length, kept]).toEqual([2, ['photo.jpg', 'photo.jpg']]);
  });
});

describe('an upload that broke without arriving', () => {
  it.each([
    ['known', [entry('other.jpg')]],
    ['not known', undefined],
  ])('is sent again, when what was there before is %s', async (_, before) => {
    const kept = ['other.jpg'];
    const { url, seen } = await receiver([{ resetAt: 1 }], kept);
    expect(await uploadMedia({ ...targetAt(url), before }, photo(), {})).toHaveLength(1);
    expect([seen.length, kept]).toEqual([2, ['other.jpg', 'photo.jpg']]);
  });

  it('is sent again while others, that arrive meanwhile, are on their way', async () => {
    const kept: string[] = [];
    const { url } = await receiver([{ resetAt: 1 }, LOST, { resetAt: 1 }], kept);
    const names = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'];
    const target = { ...targetAt(url), before: [] };
    const uploaded = await uploadMedia(target, names.map(photo), { concurrency: 4 });
    expect(uploaded.map(({ name }) => name)).toEqual(names);
    expect(kept.toSorted()).toEqual(names);
  });

  it('costs no look at the session when the service refused it', async () => {
    const refuse = {
      answer: (response: Parameters<typeof json>[0]) =>
        response.writeHead(429, { 'retry-after': '0' }).end('{"code":429}'),
    };
    const { url, seen, reads } = await receiver([refuse]);
    expect(await uploadMedia(targetAt(url), photo(), {})).toHaveLength(1);
    expect(seen).toHaveLength(2);
    expect(reads()).toBe(0);
  });
});

describe.each(TRANSPORTS)('an upload to the local backend, %s', (transport) => {
  it('is in the session once when the connection breaks before its answer', async () => {
    const client = await (await serve(transport)).begin();
    const { backend, fetch, token, sessionId } = client;
    const target = { ...targetAt(backend.url, { fetch, token }), sessionId, before: [] };
    backend.faults.add({ on: 'upload', do: 'reset', after: 'headers' });
    const [uploaded] = await uploadMedia(target, { name: 'a.png', data: PNG }, {});
    expect(uploaded).toMatchObject({ name: 'a.png', kind: 'image', width: 1, height: 1 });
    expect((await client.state()).body.data?.state?.video_infos).toHaveLength(1);
    expect(backend.requests.filter(({ operation }) => operation === 'upload')).toHaveLength(1);
  });
});
