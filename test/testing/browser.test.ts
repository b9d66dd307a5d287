import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { createLocalBackend } from '../../src/local/index.js';
import { createLocalBackend as createLocalBackendInPage } from '../../src/testing/backend-web.js';
import { chromiumPath, openBrowser } from '../support/chromium.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WORKER = new URL('../../node_modules/msw/lib/mockServiceWorker.js', import.meta.url);

/** A page whose program knows nothing of the backend: msw leads its requests there. */
const PAGE = `
import { NemoVideo } from 'nemovideo-sdk';
import { handlers } from 'nemovideo-sdk/testing';
import { setupWorker } from 'msw/browser';

async function work() {
  const backend = new URL(location.href).searchParams.get('backend');
  const worker = setupWorker(...(await handlers(backend)));
  await worker.start({ quiet: true });
  const nemo = new NemoVideo({ credentialStore: false, poll: { minMs: 10 }, settle: { intervalMs: 10 }, recovery: { delaysMs: [50, 100, 500] } });
  const session = await nemo.sessions.create();
  const png = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), (c) => c.charCodeAt(0));
  const [file] = await session.upload({ name: 'dot.png', data: png });
  const { timeline, recovered } = await session.send('Make a 10-second video with the title "Hello"');
  const job = await session.export();
  let bytes = 0;
  await job.download((chunk) => { bytes += chunk.length; });
  return [file.name, timeline.durationMs, recovered, bytes > 60_000];
}
work().then((outcome) => { globalThis.outcome = outcome; }, (error) => { globalThis.outcome = String(error && error.stack); });
`;

async function bundle() {
  return build({
    stdin: { contents: PAGE, resolveDir: ROOT, loader: 'js' },
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    outdir: 'page',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    alias: {
      '#platform': './src/platform/web.ts',
      '#backend': './src/testing/backend-web.ts',
      'nemovideo-sdk/testing': './src/testing/index.ts',
      'nemovideo-sdk': './src/index.ts',
    },
    logLevel: 'error',
  });
}

describe('the handlers in a page', () => {
  it('need no module of Node, and leave the backend out', async () => {
    // Without Node's modules, a bundle that imports one fails.
    const { metafile } = await bundle();
    const reached = Object.keys(metafile.inputs).filter((path) => path.startsWith('src/local/'));
    expect(reached).toEqual(['src/local/agent/plan.ts', 'src/local/options.ts']);
  });

  it('say where a backend runs, if one is wanted there', async () => {
    await expect(createLocalBackendInPage()).rejects.toMatchObject({
      name: 'OptionError',
      message: 'The local backend runs in Node, not in a browser',
    });
  });

  it.skipIf(chromiumPath() === undefined)(
    'lead its requests to a backend elsewhere, with an upload, a stream that breaks and a download',
    { timeout: 120_000 },
    async () => {
      await using backend = await createLocalBackend({ render: 'off', speed: Infinity });
      const address = await backend.listen();
      backend.faults.add({ on: 'run', do: 'reset', after: 600 });
      const { outputFiles } = await bundle();
      const files = new Map(outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/')), text]));
      const script = [...files.keys()].find((name) => name.startsWith('/stdin')) ?? '';
      files.set('/', `<!doctype html><script type="module" src="${script}"></script>`);
      files.set('/mockServiceWorker.js', await readFile(WORKER, 'utf8'));
      const server = createServer((request, response) => {
        const name = new URL(request.url ?? '/', 'http://page').pathname;
        const type = name === '/' ? 'text/html' : 'text/javascript';
        const text = files.get(name);
        response.writeHead(text === undefined ? 404 : 200, { 'content-type': type }).end(text);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const bound = server.address();
      const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
      const browser = await openBrowser(chromiumPath() ?? '');
      try {
        const tab = await browser.open(`http://127.0.0.1:${port}/?backend=${encodeURIComponent(address)}`);
        expect(await tab.until('globalThis.outcome')).toEqual(['dot.png', 10_000, true, true]);
        expect(backend.charges).toHaveLength(1);
      } finally {
        await browser.close();
        server.close().closeAllConnections();
      }
    },
  );
});
