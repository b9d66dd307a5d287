/**
 * What a stream of 200,000 events costs: CPU per event and time to the first event of ours, of ky with createParser
 * and of raw fetch with split and JSON.parse, interleaved in one run against a server in a process of its own; the
 * memory that ours holds on the way; and how long an abort takes.
 * `tsx bench/sse.ts [rounds]`; with `bench/peers` installed, the openai package's stream stands beside them.
 */
import { runBuilt } from './run-built.js';

const programs = { 'bench-stream': 'stream/measure.ts', 'bench-stream-server': 'stream/server.ts' };
await runBuilt(programs, process.argv[2] ?? '7');
