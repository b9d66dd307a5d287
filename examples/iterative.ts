/**
 * The iterative style: a rough cut, a look at it, refinements, the export. `npx tsx examples/iterative.ts a.jpg b.jpg logo.png`.
 *
 * The project is kept in `iterative.json`, so that the next start, after Ctrl-C too, continues with it.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { Assistant, type AssistantSnapshot, NemoVideo } from 'nemovideo-sdk';
import { interrupted } from './support/interrupted.js';
import { ReplyPrinter } from './support/reply-printer.js';

const KEPT = 'iterative.json';
const snapshot: AssistantSnapshot | undefined = existsSync(KEPT)
  ? JSON.parse(await readFile(KEPT, 'utf8'))
  : undefined;

const nemo = new NemoVideo();
const assistant = new Assistant(
  ({ session, ...request }) => (session ? nemo.sessions.open(session) : nemo.sessions.create(request)),
  {
    downloads: '.',
    snapshot,
    onChange: (changed) => writeFile(KEPT, JSON.stringify(changed)),
  },
);

const printer = new ReplyPrinter();
const say = async (message: string, files: readonly string[] = []): Promise<void> => {
  if (interrupted.aborted) return;
  console.log(`\n> ${message}`);
  await printer.all(assistant.say(message, { files, signal: interrupted }));
};

if (snapshot === undefined) {
  await say(
    'Create a 12-second promotional video with music and the text "Made by hand", but do not export yet',
    argv.slice(2),
  );
}
await say('Show me the tracks');
await say('Set the music to 30%');
await say('Change the title to "Summer Sale"');
await say('Export the video');
