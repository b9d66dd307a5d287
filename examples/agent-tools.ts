/**
 * The client as tools for a language model: definitions with JSON Schema, a dispatcher, and the loop between them.
 * `npx tsx examples/agent-tools.ts` needs no key and no account: it talks to the local backend, and a script
 * answers in the model's place. Put a real model into `model`; the rest stays as it is.
 */
import { env } from 'node:process';
import { describeChanges, isAbortError, isNemoVideoError, NemoVideo, type Session } from 'nemovideo-sdk';
import { createLocalBackend } from 'nemovideo-sdk/local';
import { interrupted } from './support/interrupted.js';

type Json = Readonly<Record<string, unknown>>;

interface Tool {
  readonly description: string;
  /** JSON Schema, as the tool parameters of all large models are written. */
  readonly parameters: Json;
  call(args: Json, session: Session): Promise<Json>;
}

const object = (properties: Json, ...required: string[]): Json => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const text = (args: Json, name: string): string => {
  const value = args[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`"${name}" must be a non-empty string`);
  return value;
};

const backend =
  env.NEMO_API_URL === undefined ? await createLocalBackend({ render: 'off', speed: 100 }) : undefined;
const client = new NemoVideo(
  backend && { baseUrl: backend.url, fetch: backend.fetch, credentialStore: false },
);

const TOOLS: Readonly<Record<string, Tool>> = {
  upload_media: {
    description: 'Uploads a picture, clip or sound by path or URL, so that edits can use it.',
    parameters: object({ file: { type: 'string', description: 'A path or an http(s) URL' } }, 'file'),
    async call(args, session) {
      const [media] = await session.upload(text(args, 'file'));
      return { name: media?.name, kind: media?.kind };
    },
  },
  edit_video: {
    description:
      'Creates or changes the video by an instruction in plain words. Costs credits; call it once for each request.',
    parameters: object(
      { instruction: { type: 'string', description: 'What to do, precisely' } },
      'instruction',
    ),
    async call(args, session) {
      const { displayText, changes, timeline } = await session.send(text(args, 'instruction'), {
        signal: interrupted,
      });
      return { answer: displayText, changes: describeChanges(changes), timeline: timeline?.toString() };
    },
  },
  get_timeline: {
    description: 'Returns what is on the timeline now. Free.',
    parameters: object({}),
    call: async (_, session) => ({ timeline: (await session.timeline()).toString() }),
  },
  get_credits: {
    description: 'Returns how many credits are left. Free.',
    parameters: object({}),
    call: async () => ({ ...(await client.credits.balance()) }),
  },
  export_video: {
    description: 'Renders the timeline as an MP4 and returns its path. Free.',
    parameters: object({}),
    async call(_, session) {
      const { url, elapsedMs } = await (await session.export({ signal: interrupted })).result();
      return { url, seconds: Math.round(elapsedMs / 1000) };
    },
  },
};

/** Carries out a call. The model gets what failed and what to do about it, so that it can decide and does not repeat blindly. */
async function dispatch(name: string, args: Json, session: Session): Promise<Json> {
  const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
  if (tool === undefined) return { error: `There is no tool "${name}"`, tools: Object.keys(TOOLS) };
  try {
    return await tool.call(args, session);
  } catch (error) {
    if (isAbortError(error)) throw error;
    if (isNemoVideoError(error))
      return { error: error.message, hint: error.hint, retryable: error.retryable };
    if (error instanceof TypeError) return { error: error.message };
    throw error;
  }
}

interface Said {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly args: Json }[];
}

/** Not a model: a script in place of one, which says so. It makes one mistake on purpose. */
const SCRIPT: readonly Said[] = [
  {
    text: '(This is a script in the place of a model.) First I check the credits.',
    calls: [{ name: 'get_credits', args: {} }],
  },
  {
    text: 'I make the video.',
    calls: [
      {
        name: 'edit_video',
        args: { instruction: 'Make a 10-second video of the sea with the title "Calm"' },
      },
    ],
  },
  {
    text: 'Is it as it should be? And I call a tool that does not exist, as models do.',
    calls: [
      { name: 'get_timeline', args: {} },
      { name: 'play_video', args: {} },
    ],
  },
  { text: 'Then I render it.', calls: [{ name: 'export_video', args: {} }] },
  { text: 'Your video is ready.', calls: [] },
];

/** A real model would get the conversation and these definitions, and would answer with text and calls. */
async function model(turn: number, _definitions: readonly Json[], _results: readonly Json[]): Promise<Said> {
  return SCRIPT[turn] ?? { text: '', calls: [] };
}

const definitions = Object.entries(TOOLS).map(([name, { description, parameters }]) => ({
  name,
  description,
  parameters,
}));
console.log(`Tools: ${definitions.map(({ name }) => name).join(', ')}\n`);
const session = await client.sessions.create({ taskName: 'agent-tools' });
let results: Json[] = [];
for (let turn = 0; ; turn += 1) {
  const said = await model(turn, definitions, results);
  console.log(said.text);
  if (said.calls.length === 0) break;
  results = [];
  for (const { name, args } of said.calls) {
    const result = await dispatch(name, args, session);
    console.log(`  ${name}(${JSON.stringify(args)})\n  → ${JSON.stringify(result)}`);
    results.push(result);
  }
}
await backend?.close();
