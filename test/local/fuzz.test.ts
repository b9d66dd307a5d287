import { env } from 'node:process';
import { expect, it } from 'vitest';
import { createLocalBackend } from '../../src/local/index.js';
import { seededRandom } from '../../src/local/random.js';
import { ROUTES } from '../../src/local/service/routes.js';
import { paths, runBody } from '../../src/wire/index.js';
import { collectGarbage } from '../support/collect-garbage.js';
import { png } from '../support/pictures.js';

/** `FUZZ=20000 npx vitest run test/local/fuzz.test.ts` for a long look. */
const REQUESTS = Number(env.FUZZ ?? 1500);
const FILES = Number(env.FUZZ ?? 0) > 0 ? 300 : 42;

/** Sessions, tokens and the journal are kept, and the journal within 16 MB of bodies: what leaks is more. In bytes. */
const GROWTH = 20 * 1024 * 1024;

/** What is in use when all garbage is gone, in bytes. */
function usedMemory(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const random = seededRandom(11);
const pick = <T>(items: readonly T[]): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  '\ud800',
  'x'.repeat(5000),
  [],
  {},
  [[[]]],
  { __proto__: null, t: [] },
];

/** The same value with something in it replaced, doubled or left out. */
function mutated(value: unknown): unknown {
  if (random() < 0.15) return pick(JUNK);
  if (Array.isArray(value))
    return value.flatMap((item) => (random() < 0.2 ? [] : random() < 0.1 ? [item, item] : [mutated(item)]));
  if (typeof value !== 'object' || value === null) return random() < 0.2 ? pick(JUNK) : value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      random() < 0.1 ? [] : [[random() < 0.05 ? `${key}x` : key, mutated(item)]],
    ),
  );
}

it('answers any request below 500, and continues', { timeout: 600_000 }, async () => {
  await using backend = await createLocalBackend({ render: 'off', speed: Infinity });
  const token = backend.issueToken({ credits: 1e9 });
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    backend.fetch(backend.url + path, { redirect: 'manual', ...init });
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'x-client-id': 'f',
  };
  const skill = { 'x-skill-source': 'f', 'x-skill-version': '1', 'x-skill-platform': 'f' };
  const made = await ask(paths.createSession, {
    method: 'POST',
    headers,
    body: '{"task_name":"f","language":"en"}',
  });
  const { data } = (await made.json()) as { data: { session_id: string; task_id: string } };
  const draft = {
    t: [
      {
        tt: 0,
        id: 'v',
        m: { name: 'V' },
        sg: [{ id: 's', s: 0, d: 1000, m: { name: 'a', src: 'local:scene/1?words=a', kind: 'scene' } }],
      },
    ],
    d: 1000,
    m: { title: '', width: 64, height: 36, fps: 30, seed: 1 },
  };
  const bodies: Readonly<Record<string, unknown>> = {
    [paths.createSession]: { task_name: 'f', language: 'en' },
    [paths.claimToken]: data,
    [paths.run]: runBody(data.session_id, 'Create a 5-second video about the sea with the title "A"'),
    [paths.submitRender]: {
      id: 'r',
      sessionId: data.session_id,
      draft,
      output: { format: 'mp4', quality: 'high' },
    },
    [paths.tokens]: { name: 'n', scopes: ['read'], expires_in_days: 3 },
    [paths.upload('*')]: { urls: ['http://127.0.0.1:1/a.png', 'file:///a.png'], source_type: 'url' },
    '/__local/faults': { on: 'media', do: 'slow', delayMs: 1 },
    '/__local/agent': { match: 'zzz', plan: [{ say: 'x' }, { ask: 'y' }] },
  };
  const targets = [
    ...ROUTES.map(({ method, path }) => ({ method, path })),
    { method: 'POST', path: '/__local/faults' },
    { method: 'POST', path: '/__local/agent' },
    { method: 'GET', path: '/' },
  ];
  const ids = [data.session_id, 'r', '%ZZ', '..%2f..', '\u0000', 'x'.repeat(3000), '%ed%a0%80'];
  const seen = new Map<number, number>();
  let settled = 0;
  for (let n = 0; n < REQUESTS; n += 1) {
    if (n === Math.floor(REQUESTS * 0.6)) settled = usedMemory();
    const { method, path } = pick(targets);
    const text = JSON.stringify(mutated(bodies[path] ?? {})) ?? '';
    const body = random() < 0.1 ? text.slice(0, Math.floor(random() * text.length)) : text;
    const asked = random() < 0.05 ? pick(['PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']) : method;
    const has = asked !== 'GET' && asked !== 'HEAD';
    const sent = random() < 0.05 ? {} : { ...headers, ...(random() < 0.8 ? skill : {}) };
    const answer = await ask(path.replace('*', random() < 0.5 ? data.session_id : pick(ids)), {
      method: asked,
      headers: sent,
      ...(has && { body }),
    });
    await answer.arrayBuffer();
    seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
    if (path === '/__local/faults') backend.faults.clear();
    expect(answer.status, `${asked} ${path} ${body.slice(0, 500)}`).toBeLessThan(500);
  }
  expect(usedMemory() - settled).toBeLessThan(GROWTH);
  expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 400, 404]));
});

it('says of any damaged file what it is or that it is none', { timeout: 600_000 }, async () => {
  await using backend = await createLocalBackend({ render: 'off', speed: Infinity });
  const headers = { authorization: `Bearer ${backend.issueToken()}` };
  const made = await backend.fetch(backend.url + paths.createSession, {
    method: 'POST',
    headers,
    body: '{}',
  });
  const { data } = (await made.json()) as { data: { session_id: string } };
  const heads: Readonly<Record<string, Uint8Array>> = {
    png: png(64, 48, [1, 2, 3]),
    jpg: Buffer.from([
      0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xc0, 0, 17,
      8, 0, 48, 0, 64, 3,
    ]),
    gif: Buffer.from('GIF89a\x40\0\x30\0\xf0\0\0\0\0\0\xff\xff\xff', 'latin1'),
    webp: Buffer.from('RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0', 'latin1'),
    wav: Buffer.from(
      'RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0data\0\0\0\0',
      'latin1',
    ),
    mp3: Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 10, 0xff, 0xfb, 0x90, 0x64]),
    mp4: Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2\0\0\0\x08free', 'latin1'),
    mov: Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0qt  \0\0\0\x08wide', 'latin1'),
    m4a: Buffer.from('\0\0\0\x18ftypM4A \0\0\x02\0isomiso2', 'latin1'),
    avi: Buffer.from('RIFF\xff\0\0\0AVI LIST', 'latin1'),
    webm: Buffer.from([
      0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84, 0x77, 0x65, 0x62, 0x6d,
    ]),
    mkv: Buffer.from([
      0x1a, 0x45, 0xdf, 0xa3, 0xa3, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x88, 0x6d, 0x61, 0x74, 0x72,
    ]),
    aac: Buffer.from([0xff, 0xf1, 0x50, 0x80, 0x02, 0x1f, 0xfc]),
    jpeg: Buffer.from([0xff, 0xd8, 0xff, 0xdb, 0, 67]),
  };
  const names = Object.keys(heads);
  let settled = 0;
  for (let n = 0; n < FILES; n += 1) {
    // By then everything that decodes is loaded.
    if (n === Math.floor(FILES / 2)) settled = usedMemory();
    const type = names[n % names.length] ?? 'png';
    const bytes = Uint8Array.from([
      ...(heads[type] ?? []),
      ...Array.from({ length: Math.floor(random() * 2000) }, () => Math.floor(random() * 256)),
    ]);
    for (let hits = Math.floor(random() * 4); hits > 0; hits -= 1)
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    const form = new FormData();
    form.append('files', new Blob([bytes]), `damaged.${type}`);
    const answer = await backend.fetch(backend.url + paths.upload(data.session_id), {
      method: 'POST',
      headers,
      body: form,
    });
    const { code } = (await answer.json()) as { code: number };
    expect(answer.status, `${type} ${n}`).toBeLessThan(500);
    expect([0, 4001], `${type} ${n}`).toContain(code);
  }
  expect(usedMemory() - settled).toBeLessThan(GROWTH);
});
