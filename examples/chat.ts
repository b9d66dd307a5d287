/**
 * A chat in the terminal. `npx tsx examples/chat.ts --local` needs no network and no account.
 *
 * Say what you want in English or Chinese; paths of files in a message are uploaded (most terminals paste the path of a
 * file that is dropped on them). Ctrl-C stops the current work. With the name of a JSON file as an argument, the
 * project is remembered there.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { argv, exit, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Assistant, type AssistantSnapshot, NemoVideo } from 'nemovideo-sdk';
import { createLocalBackend, rendererAvailable } from 'nemovideo-sdk/local';
import { paint, ReplyPrinter } from './support/reply-printer.js';

const HELP = `Say what you want, for example: Make a 10-second video of beach.jpg with the title "Morning".
  /timeline  what is on it    /credits  what is left    /export  the finished file    /quit  the end`;

/** Commands are only shorter words for what can be said. */
const COMMANDS: Readonly<Record<string, string>> = {
  '/timeline': 'show me the tracks',
  '/credits': 'credits',
  '/export': 'export',
};

const local = argv.includes('--local')
  ? await createLocalBackend({ seed: 7, render: (await rendererAvailable()) === true ? 'video' : 'off' })
  : undefined;
const nemo = local
  ? new NemoVideo({ baseUrl: local.url, fetch: local.fetch, token: local.issueToken({ credits: 2000 }) })
  : new NemoVideo();

const kept = argv.slice(2).find((word) => word.endsWith('.json'));
const snapshot: AssistantSnapshot | undefined =
  kept !== undefined && existsSync(kept) ? JSON.parse(await readFile(kept, 'utf8')) : undefined;
const assistant = new Assistant(
  ({ session, ...request }) => (session ? nemo.sessions.open(session) : nemo.sessions.create(request)),
  {
    downloads: '.',
    snapshot: local ? undefined : snapshot,
    onChange: async (changed) => {
      if (kept !== undefined) await writeFile(kept, JSON.stringify(changed));
    },
  },
);

/** The words of a message that are paths of files; a path with spaces is quoted or has them escaped. */
function takeFiles(line: string): { readonly message: string; readonly files: string[] } {
  const files: string[] = [];
  const message = line.replace(/'([^']+)'|"([^"]+)"|((?:\\.|\S)+)/g, (word, single, double, bare) => {
    const path = String(single ?? double ?? bare).replace(/\\(.)/g, '$1');
    if (!/\.\w{2,4}$/.test(path) || !existsSync(path)) return word;
    files.push(path);
    return path.replace(/^.*[/\\]/, '');
  });
  const isOnlyFiles =
    files.length > 0 && message.trim() === files.map((path) => path.replace(/^.*[/\\]/, '')).join(' ');
  return { message: isOnlyFiles ? '' : message, files };
}

const input = createInterface({
  input: stdin,
  output: stdout,
  terminal: stdout.isTTY,
  prompt: paint('› ', '1;36'),
});
const printer = new ReplyPrinter();
let working: AbortController | undefined;
input.on('SIGINT', () => (working ? working.abort() : input.close()));

console.log(`${paint('NemoVideo', '1')}${local ? ', on the local backend' : ''}. ${HELP}\n`);
input.prompt();
for await (const line of input) {
  const said = line.trim();
  if (said === '/quit' || said === '/exit') break;
  if (said === '/help') console.log(HELP);
  else if (said !== '') {
    const { message, files } = takeFiles(COMMANDS[said] ?? said);
    working = new AbortController();
    try {
      await printer.all(assistant.say(message, { files, signal: working.signal }));
    } catch (error) {
      // Failures of the service are replies; this is the disk, or something like it.
      console.error(error);
    }
    working = undefined;
  }
  input.prompt();
}
input.close();
await local?.close();
console.log('Bye.');
exit();
