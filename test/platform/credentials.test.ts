import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CredentialStore, memoryCredentials } from '../../src/platform/credentials.js';
import { platform } from '../../src/platform/node.js';
import { fileCredentials } from '../../src/platform/node-credentials.js';
import { platform as web } from '../../src/platform/web.js';

/** The code of the error that the next reads of `credentials.json` fail with. */
const trouble = vi.hoisted(() => ({ code: '' }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs/promises')>();
  return {
    ...fs,
    async readFile(path: string, encoding: 'utf8') {
      if (trouble.code !== '' && path.endsWith('credentials.json'))
        throw Object.assign(new Error(trouble.code), { code: trouble.code });
      return fs.readFile(path, encoding);
    },
  };
});

const CLIENT = '6f0c1e9a-1111-4222-8333-444455556666';
const OTHER = '6f0c1e9a-1111-4222-8333-444455550000';
const key = { origin: 'https://service.test', clientId: CLIENT };
const credential = { token: 'nmv_usr_1', userId: 'u-1', expiresAt: Date.UTC(2100, 0, 1) };

let directory: string;

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'nemovideo-store-')), 'nemovideo');
});

function inFiles(): CredentialStore {
  return fileCredentials({ directory });
}

const path = (name: string): string => join(directory, name);
const mode = (name: string): number => statSync(path(name)).mode & 0o777;

describe.each<[string, () => CredentialStore]>([
  ['in memory', memoryCredentials],
  ['in files', inFiles],
])('a store %s', (_, make) => {
  it('is empty at first', async () => {
    const store = make();
    expect(await store.clientId()).toBeUndefined();
    expect(await store.get(key)).toBeUndefined();
  });

  it('gives back what was kept', async () => {
    const store = make();
    await store.setClientId(CLIENT);
    await store.set(key, credential);
    expect(await store.clientId()).toBe(CLIENT);
    expect(await store.get(key)).toEqual(credential);
  });

  it('keeps tokens apart by origin and by client', async () => {
    const store = make();
    await store.set(key, credential);
    expect(await store.get({ ...key, origin: 'http://127.0.0.1:8787' })).toBeUndefined();
    expect(await store.get({ ...key, clientId: OTHER })).toBeUndefined();
    await store.set({ ...key, clientId: OTHER }, { ...credential, token: 'nmv_usr_2' });
    expect(await store.get(key)).toEqual(credential);
  });

  it('replaces what was kept before', async () => {
    const store = make();
    await store.set(key, credential);
    await store.set(key, { token: 'nmv_usr_2', expiresAt: credential.expiresAt });
    expect(await store.get(key)).toEqual({ token: 'nmv_usr_2', expiresAt: credential.expiresAt });
  });

  it('lets one work at a time, in whatever order they fail or give up', async () => {
    const store = make();
    let inside = 0;
    let most = 0;
    const work = (fails: boolean) => async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      if (fails) throw new Error('wrong');
    };
    const given = AbortSignal.abort('given up');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) => store.exclusive(work(n % 3 === 0), n === 5 ? given : undefined)),
    );
    expect(most).toBe(1);
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(7);
  });
});

describe('a store in files', () => {
  it('is shared by all who use the folder', async () => {
    await inFiles().setClientId(CLIENT);
    await inFiles().set(key, credential);
    expect(await inFiles().clientId()).toBe(CLIENT);
    expect(await inFiles().get(key)).toEqual(credential);
  });

  it('loses nothing when many write at once', async () => {
    const keys = Array.from({ length: 20 }, (_, n) => ({ ...key, origin: `http://127.0.0.1:${n}` }));
    await Promise.all(keys.map((each, n) => inFiles().set(each, { ...credential, token: `nmv_usr_${n}` })));
    for (const [n, each] of keys.entries()) expect((await inFiles().get(each))?.token).toBe(`nmv_usr_${n}`);
  });

  it('may be read by the person only', async () => {
    await inFiles().set(key, credential);
    await inFiles().setClientId(CLIENT);
    expect(mode('credentials.json')).toBe(0o600);
    expect(mode('client_id')).toBe(0o600);
    expect(mode('.')).toBe(0o700);
    chmodSync(path('credentials.json'), 0o644);
    await inFiles().set(key, credential);
    expect(mode('credentials.json')).toBe(0o600);
  });

  it('leaves no file behind but its two, and removes what a killed process left long ago', async () => {
    mkdirSync(directory, { recursive: true });
    const past = new Date(Date.now() - 2 * 3_600_000);
    for (const name of ['credentials.json.x.part', 'acquire.lock.dead-1']) {
      writeFileSync(path(name), '');
      utimesSync(path(name), past, past);
    }
    writeFileSync(path('credentials.json.y.part'), 'of somebody who is writing now');
    await inFiles().setClientId(CLIENT);
    await inFiles().set(key, credential);
    expect(readdirSync(directory).sort()).toEqual([
      'client_id',
      'credentials.json',
      'credentials.json.y.part',
    ]);
  });

  it('uses the client id that the tools of the vendor keep there', async () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(path('client_id'), `${CLIENT}\n`);
    expect(await inFiles().clientId()).toBe(CLIENT);
  });

  it.each([
    ['cut', '{"version":1,"credentials":{"https://service.test'],
    ['empty', ''],
    ['of another form', '[]'],
    ['without entries', '{"version":1,"credentials":null}'],
  ])(
    'says when its file is %s, without quoting it, and is whole again after the next write',
    async (_, text) => {
      mkdirSync(directory, { recursive: true });
      writeFileSync(path('credentials.json'), text.replace('service', 'nmv_usr_secret'));
      await expect(inFiles().get(key)).rejects.toThrow(path('credentials.json'));
      await expect(inFiles().get(key)).rejects.not.toThrow(/nmv_usr_secret/);
      await inFiles().set(key, credential);
      expect(await inFiles().get(key)).toEqual(credential);
    },
  );

  it.each([
    ['is invalid', { token: 5 }],
    ['has an empty token', { ...credential, token: '' }],
    ['has a token with a line break', { ...credential, token: 'nmv_usr_a\nb' }],
    ['has a token that is not ASCII', { ...credential, token: 'nmv_usr_名' }],
  ])('says when an entry %s, without quoting it, and gives the others', async (_, entry) => {
    await inFiles().set(key, credential);
    const file = JSON.parse(readFileSync(path('credentials.json'), 'utf8'));
    file.credentials[`${key.origin} ${OTHER}`] = entry;
    writeFileSync(path('credentials.json'), JSON.stringify(file));
    expect(await inFiles().get(key)).toEqual(credential);
    const damaged = inFiles().get({ ...key, clientId: OTHER });
    await expect(damaged).rejects.toThrow(path('credentials.json'));
    await expect(damaged).rejects.not.toThrow(/nmv_usr/);
    await inFiles().set({ ...key, clientId: OTHER }, { ...credential, token: 'nmv_usr_2' });
    expect((await inFiles().get({ ...key, clientId: OTHER }))?.token).toBe('nmv_usr_2');
    expect(await inFiles().get(key)).toEqual(credential);
  });

  it('leaves a file in its place that cannot be read for a moment, and keeps the token in memory', async () => {
    await inFiles().set(key, credential);
    trouble.code = 'EMFILE';
    const other = { ...key, clientId: OTHER };
    try {
      await expect(inFiles().set(other, { ...credential, token: 'nmv_usr_2' })).rejects.toThrow('EMFILE');
    } finally {
      trouble.code = '';
    }
    expect(readdirSync(directory)).toEqual(['credentials.json']);
    expect(await inFiles().get(key)).toEqual(credential);
    expect((await inFiles().get(other))?.token).toBe('nmv_usr_2');
  });

  it('keeps a file of another version aside, and says where', async () => {
    const later = JSON.stringify({ version: 2, credentials: { 'https://x.test c': { sealed: 'AAAA' } } });
    mkdirSync(directory, { recursive: true });
    writeFileSync(path('credentials.json'), later);
    await expect(inFiles().get(key)).rejects.toThrow(path('credentials.json.old'));
    expect(readFileSync(path('credentials.json'), 'utf8')).toBe(later);
    await inFiles().set(key, credential);
    expect(await inFiles().get(key)).toEqual(credential);
    expect(readFileSync(path('credentials.json.old'), 'utf8')).toBe(later);
  });

  it('reports an invalid client id', async () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(path('client_id'), 'not a uuid');
    await expect(inFiles().clientId()).rejects.toThrow('client_id');
  });

  it('forgets what no token can be used for any more', async () => {
    await inFiles().set(
      { ...key, origin: 'http://127.0.0.1:1' },
      { token: 'nmv_usr_old', expiresAt: Date.UTC(2020, 0, 1) },
    );
    await inFiles().set(key, credential);
    expect(readFileSync(path('credentials.json'), 'utf8')).not.toContain('nmv_usr_old');
  });

  it('reports what cannot be written, and keeps it in memory for all who use the folder in this process', async () => {
    // A file where the folder should be: not even root can write there.
    writeFileSync(directory, '');
    await expect(inFiles().set(key, credential)).rejects.toMatchObject({
      code: expect.stringMatching(/ENOTDIR|EEXIST/),
    });
    await expect(inFiles().setClientId(CLIENT)).rejects.toThrow();
    expect(await inFiles().get(key)).toEqual(credential);
    expect(await inFiles().clientId()).toBe(CLIENT);
  });
});

describe('the default store', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('of Node is in the folder of the person for configuration', async () => {
    await platform.credentialStore()?.setClientId(CLIENT);
    const home = process.env.XDG_CONFIG_HOME ?? '';
    expect(readFileSync(join(home, 'nemovideo', 'client_id'), 'utf8').trim()).toBe(CLIENT);
  });

  it.each(['', 'home', './home'])(
    'of Node is the memory of the process, with a report, where HOME is %j, and never the working folder',
    async (home) => {
      vi.stubEnv('XDG_CONFIG_HOME', undefined);
      vi.stubEnv('HOME', home);
      const before = readdirSync('.');
      const store = platform.credentialStore();
      await expect(store?.setClientId(CLIENT)).rejects.toThrow('HOME');
      await expect(store?.set(key, credential)).rejects.toThrow('HOME');
      expect(await platform.credentialStore()?.clientId()).toBe(CLIENT);
      expect(await platform.credentialStore()?.get(key)).toEqual(credential);
      expect(readdirSync('.')).toEqual(before);
    },
  );

  it('of browsers and workers is missing', () => {
    expect(web.credentialStore()).toBeUndefined();
  });

  it('rejects a pipe in the place of a file, which would never be read to its end', async () => {
    mkdirSync(directory, { recursive: true });
    spawnSync('mkfifo', [path('client_id')]);
    await expect(inFiles().clientId()).rejects.toThrow('is not a file');
  });
});
