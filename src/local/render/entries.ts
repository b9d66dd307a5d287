import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * Where this module's siblings are. Everything built lies flat in `dist/`; in the sources (tests, demo, benchmarks)
 * they are TypeScript in folders, and what is started anew must be told how to read that. This is the only place
 * that knows the difference.
 */
const FROM_SOURCE = import.meta.url.endsWith('.ts');

const here = (path: string): URL => new URL(path, import.meta.url);

/** tsx, which reads TypeScript: what `--import` takes. */
const loader = (): URL => pathToFileURL(createRequire(import.meta.url).resolve('tsx'));

/** What `fork` needs for the process that renders. */
export function renderChild(): { path: string; execArgv: string[] } {
  return FROM_SOURCE
    ? { path: fileURLToPath(here('./child.ts')), execArgv: ['--import', loader().href] }
    : { path: fileURLToPath(here('./render-child.js')), execArgv: [] };
}

/** Starts the thread that draws. */
export function startDrawWorker(workerData: unknown): Worker {
  if (!FROM_SOURCE) return new Worker(here('./render-draw.js'), { workerData });
  // Node 20 hands no loader on to a thread's entry file, so the thread fetches it itself.
  const bootstrap = `
    const { register } = await import(${JSON.stringify(new URL('./esm/api/index.mjs', loader()).href)});
    register();
    await import(${JSON.stringify(here('./draw-worker.ts').href)});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(bootstrap)}`), { workerData });
}

/** The folder of the fonts that ride in the package. */
export const bundledFonts: string = fileURLToPath(here(FROM_SOURCE ? '../fonts/' : './fonts/'));
