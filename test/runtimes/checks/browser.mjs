import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import { start } from '../process.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript' };

/** The outcome of the main job in a page of a headless browser, of another origin than the backend. */
export async function inBrowser(browser, consumer, backend) {
  const dist = join(consumer, 'page');
  await build({
    root: join(consumer, 'jobs'),
    configFile: false,
    logLevel: 'error',
    build: { outDir: dist, emptyOutDir: true, target: 'es2022', modulePreload: false },
  });
  const { outcome, port, close } = await servePage(dist);
  const page = `http://127.0.0.1:${port}/?backend=${encodeURIComponent(backend)}`;
  const profile = await mkdtemp(join(tmpdir(), 'nemovideo-browser-'));
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
  const running = start(browser, [...args, `--user-data-dir=${profile}`, '--remote-debugging-port=0', page]);
  const limit = setTimeout(() => running.end(), 90_000);
  try {
    const gone = running.ended.then(() => {
      throw new Error(`the browser ended without an outcome\n${running.said()}`);
    });
    return await Promise.race([outcome, gone]);
  } finally {
    clearTimeout(limit);
    await running.end();
    close();
  }
}

/** Serves the built page, and takes the outcome that it sends. */
function servePage(dist) {
  return new Promise((resolve) => {
    let tell = () => {};
    const outcome = new Promise((told) => {
      tell = told;
    });
    const server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://page');
      if (request.method === 'POST' && pathname === '/outcome') {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        response.end();
        tell(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        return;
      }
      const path = normalize(pathname === '/' ? '/index.html' : pathname);
      try {
        const body = await readFile(join(dist, path));
        response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream').end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      const close = () => {
        server.close();
        server.closeAllConnections();
      };
      resolve({ outcome, port, close });
    });
  });
}
