/**
 * The batch style in a conversation: several files in one session, each with its own instruction and render.
 * `npx tsx examples/batch-style.ts mug.jpg plant.jpg`. Without a conversation, see batch.ts.
 */
import { basename, parse } from 'node:path';
import { argv } from 'node:process';
import { Assistant, NemoVideo } from 'nemovideo-sdk';
import { interrupted } from './support/interrupted.js';
import { ReplyPrinter } from './support/reply-printer.js';
import { usage } from './support/usage.js';

const files = argv.slice(2);
if (files.length === 0) usage('batch-style.ts <file>…');

const nemo = new NemoVideo();
const assistant = new Assistant((request) => nemo.sessions.create(request), { downloads: '.' });
const printer = new ReplyPrinter();

let before: string | undefined;
for (const file of files) {
  if (interrupted.aborted) break;
  const name = basename(file);
  const title = parse(file).name;
  const instruction =
    before === undefined
      ? `Make a 5-second video of this with the title "${title}" and export it`
      : `Replace ${before} with ${name}, change the title to "${title}" and export it`;
  console.log(`\n> ${instruction}`);
  await printer.all(assistant.say(instruction, { files: file, signal: interrupted }));
  before = name;
}
