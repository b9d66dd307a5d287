import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createLocalBackend } from '../../src/local/index.js';
import { bundleScripts } from '../support/bundle-scripts.js';
import { chromiumPath, openBrowser } from '../support/chromium.js';

const EXAMPLE = fileURLToPath(new URL('../../examples/express', import.meta.url));
const chromium = chromiumPath();
const lacks = [
  ...(chromium === undefined ? ['Chromium (apt-get install chromium)'] : []),
  ...(existsSync(join(EXAMPLE, 'node_modules/express'))
    ? []
    : ['Express (npm ci --prefix examples/express)']),
];
if (lacks.length > 0)
  console.warn(`SKIPPED: the Express example in a browser, without ${lacks.join(' and ')}`);

/** Starts the server as a person would; resolves with its address. */
async function serve(script: string, folder: string, more: Readonly<Record<string, string>>) {
  const child: ChildProcess = spawn(execPath, [script], {
    cwd: folder,
    env: { ...env, PORT: '0', ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    child.once('exit', (code) => reject(new Error(`exit ${code}`)));
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return { address, kill };
}

it.skipIf(lacks.length > 0)(
  'a browser starts a video, closes the tab, and sees it finished at the same address, though the server was killed',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nemovideo-express-'));
    // Where Express is found.
    const built = join(EXAMPLE, 'node_modules/.test');
    await bundleScripts([join(EXAMPLE, 'server.mjs')], built, {
      clock: fileURLToPath(new URL('./clock.ts', import.meta.url)),
      external: ['express'],
    });
    await copyFile(join(EXAMPLE, 'page.html'), join(built, 'page.html'));
    const backend = await createLocalBackend({ render: 'off', speed: 100 });
    await backend.listen();
    const more = { NEMO_API_URL: backend.url, NEMO_TOKEN: backend.issueToken(), XDG_CONFIG_HOME: folder };
    const sent = (): number => backend.requests.filter(({ operation }) => operation === 'run').length;
    const first = await serve(join(built, 'server.mjs'), folder, more);
    const browser = await openBrowser(chromium ?? '');
    try {
      const tab = await browser.open(first.address);
      await tab.until("document.querySelector('button') !== null && document.readyState === 'complete'");
      await tab.evaluate("document.querySelector('button').click()");
      await tab.until("document.querySelector('progress').value > 0");
      const id = await tab.evaluate('location.hash');
      // Not between storing that a message is sent and sending it, which would leave its outcome unclear.
      await expect.poll(sent, { timeout: 30_000 }).toBe(1);
      await tab.close();
      await first.kill();

      const second = await serve(join(built, 'server.mjs'), folder, more);
      try {
        const again = await browser.open(`${second.address}/${id}`);
        const source = await again.until("document.querySelector('video')?.src");
        expect(source).toContain(backend.url);
        expect(await again.evaluate("document.querySelector('progress').value")).toBe(100);
        // And once more, from what was kept.
        const third = await browser.open(`${second.address}/${id}`);
        expect(await third.until("document.querySelector('video')?.src")).toBe(source);
      } finally {
        await second.kill();
      }
      expect(sent()).toBe(1);
    } finally {
      await browser.close();
      await first.kill();
      await backend.close();
      await rm(folder, { recursive: true, force: true });
      await rm(built, { recursive: true, force: true });
    }
  },
  120_000,
);
