/** Renders the job in the file that is named, in this process, and says what CPU time it took. */
import { readFile } from 'node:fs/promises';
import { renderFile } from '../../src/local/renderer/render-file.js';

const [, , job = ''] = process.argv;
await renderFile(JSON.parse(await readFile(job, 'utf8')), () => {});
const { user, system } = process.cpuUsage();
console.log(`cpu ${((user + system) / 1000).toFixed(0)} ms`);
process.exit(0);
