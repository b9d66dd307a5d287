/**
 * What a small GET costs: ours, bare ky and raw fetch, in µs per request, against a loopback server in a thread of its
 * own. Each round makes one request each way, in an order of its own: what a request leaves behind (garbage, a warm
 * cache) then falls on every other way alike. Prints medians and what each adds to the floor and to bare ky.
 * `npm run build && tsx bench/request.ts [rounds]`; with `bench/peers` installed, the openai package stands beside them.
 */
import { runBuilt } from './run-built.js';

await runBuilt({ 'bench-request': 'request/measure.ts' }, process.argv[2] ?? '4000');
