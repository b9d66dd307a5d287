/**
 * The cold start, whole: what a fresh process pays to load the package, make its first request and read its first event.
 * The floor is ky, eventsource-parser and zod/mini by themselves; the limit for ours is 20 ms more for the first request.
 * Ours is the built package: `npm run build && tsx bench/start.ts [--runs 15] [--nodes 20,24] [--only ours]`
 */
import { existsSync } from 'node:fs';
import { built, compare, requested, startServer } from './harness.js';
import { installed } from './peers.js';

if (!existsSync('dist/index.js')) throw new Error('There is no dist/index.js: run `npm run build` first.');
const { runs, nodes, only } = requested({});
const { child, url } = await startServer(await built('request/server.ts'));
try {
  const all = [
    'floor',
    'floor in one file',
    'raw fetch',
    'ours',
    ...installed({ openai: 'openai', replicate: 'replicate' }),
  ];
  const contenders = all.filter((name) => only.length === 0 || only.includes(name) || name === 'floor');
  const program = await built('start/client.ts');
  const args = [url, await built('start/floor.ts'), await built('start/floor.ts', { inOneFile: true })];
  await compare({ title: 'Cold start', program, contenders, args, runs: Math.max(runs, 3), nodes });
} finally {
  child.kill();
}
