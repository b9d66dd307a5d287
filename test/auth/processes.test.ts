import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLocalBackend, type LocalBackend } from '../../src/local/index.js';
import { fileCredentials, parseCredentialFile } from '../../src/platform/node-credentials.js';
import { bundleScripts } from '../support/bundle-scripts.js';
import { CLIENT } from './harness.js';

let script: string;
let home: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nemovideo-worker-'));
  script = join(folder, 'worker.mjs');
  await bundleScripts(['test/auth/worker.ts'], folder);
});

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'nemovideo-home-'));
});

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a process with the home of the test, and gives its lines one by one. */
function start(task: string, argument: string) {
  const env = { ...process.env, XDG_CONFIG_HOME: home };
  const child = spawn(process.execPath, [script, task, argument], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const ended = once(child, 'close').then(() => running.delete(child));
  return { child, ended, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
}

const store = () => fileCredentials({ directory: join(home, 'nemovideo') });

describe('twenty processes at once with an empty store', () => {
  let backend: LocalBackend;

  beforeEach(async () => {
    backend = await createLocalBackend({ render: 'off' });
    await backend.listen();
  });
  afterEach(() => backend.close());

  it('acquire one token, and all of them work', async () => {
    const workers = Array.from({ length: 20 }, () => start('balance', backend.url));
    const lines = await Promise.all(workers.map(({ lines }) => lines.next()));
    expect(lines.map(({ value }) => value)).toEqual(Array(20).fill('{"available":100}'));
    await Promise.all(workers.map(({ ended }) => ended));
    const tokens = backend.requests.filter(({ path }) => path.endsWith('/anonymous-token'));
    expect(tokens.map(({ status }) => status)).toEqual([200]);
    const balances = backend.requests.filter(({ path }) => path.includes('/credits/'));
    expect(balances).toHaveLength(20);
  }, 120_000);
});

describe('a process that is killed', () => {
  it('while it writes never leaves a file that cannot be read', async () => {
    let most = 0;
    for (let kill = 0; kill < 8; kill += 1) {
      const { child, ended, lines } = start('write', CLIENT);
      // The kill meets it wherever it happens to be after so many writes.
      for (let line = 0; line <= kill; line += 1) await lines.next();
      child.kill('SIGKILL');
      await ended;
      const text = readFileSync(join(home, 'nemovideo', 'credentials.json'), 'utf8');
      const entries = Object.values(parseCredentialFile(text, 'credentials.json').entries);
      for (const { token } of entries) expect(token).toMatch(/^nmv_usr_\d{2000}$/);
      most = Math.max(most, entries.length);
    }
    expect(most).toBeGreaterThanOrEqual(8);
    // No lock that was left holds the next process up.
    await store()?.setClientId(CLIENT);
    expect(await store()?.clientId()).toBe(CLIENT);
  }, 120_000);

  it('while it acquires a token holds no other process up', async () => {
    const { child, ended, lines } = start('hold', '');
    await lines.next();
    const stop = new AbortController();
    const waiting = store()?.exclusive(async () => 'never', stop.signal);
    setImmediate(() => stop.abort('it is alive'));
    await expect(waiting).rejects.toBe('it is alive');
    child.kill('SIGKILL');
    await ended;
    expect(await store()?.exclusive(async () => 'in')).toBe('in');
  });
});
