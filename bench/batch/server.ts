/** The service of a benchmark: at most a placeholder as a video. Prints its address and a token. */
import { argv } from 'node:process';
import { createLocalBackend } from '../../src/local/index.js';

const backend = await createLocalBackend({ render: 'off', speed: Number(argv[2]) });
await backend.listen();
console.log(`${backend.url} ${backend.issueToken({ credits: 1e9 })}`);
