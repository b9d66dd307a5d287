// What an assistant does with the MCP server, without the assistant: starts a video, watches it, answers what the agent
// asks, and prints where the MP4 is. `node client.mjs "<prompt>" [files in the folder "videos"…]`; with `--id <id>` it
// asks for a video that was started earlier.
import { argv, env, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  options: { id: { type: 'string' } },
  allowPositionals: true,
});
const [prompt = 'A 6-second video of the sea', ...media] = positionals;

const client = new Client({ name: 'example', version: '1.0.0' });
await client.connect(
  new StdioClientTransport({
    command: 'npx',
    args: ['nemovideo-sdk', 'mcp', '--folder', 'videos'],
    env,
  }),
);

/** Calls a tool; its errors are for a person, too. */
async function call(name, args, onprogress) {
  const { isError, content, structuredContent } = await client.callTool(
    { name, arguments: args },
    { onprogress },
  );
  if (isError) throw new Error(content[0].text);
  return structuredContent;
}

/** Asks in the terminal. A model would ask its user. */
async function ask({ questions }) {
  const terminal = createInterface({ input: stdin, output: stdout });
  const answers = {};
  for (const { id, prompt, options } of questions) {
    const choices = options.map((option) => `${option.id}: ${option.label}`).join(', ');
    answers[id] = await terminal.question(`${prompt} ${choices}\n> `);
  }
  terminal.close();
  return answers;
}

try {
  const { id } = values.id
    ? { id: values.id }
    : await call('start_video', { prompt, ...(media.length > 0 && { media }) });
  console.log(`Video ${id}; after Ctrl-C, --id ${id} continues it`);
  let video;
  do {
    video = await call('get_video', { id, waitSeconds: 50 }, ({ progress, message }) =>
      console.log(`${progress} %  ${message}`),
    );
    if (video.status === 'awaiting_input') {
      video = await call('answer_question', { id, answers: await ask(video.question) });
    }
  } while (video.status === 'running');
  if (video.status !== 'completed') throw new Error(video.message);
  console.log(`${video.timeline}\n${video.path}`);
} finally {
  await client.close();
}
