import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, edit, say } from '../../src/local/agent/index.js';
import { createLocalBackend, type LocalBackend } from '../../src/local/index.js';
import { bundleScripts } from '../support/bundle-scripts.js';
import { fastClock } from '../support/fast-clock.js';

const GUIDE = 'docs/questions.md';

interface Conversation {
  readonly prompt: string;
  readonly mood: Parameters<typeof ask>[0];
  readonly name: string;
  readonly answers: readonly [mood: string, name: string];
  readonly closing: string;
}

const CONVERSATIONS: Readonly<Record<string, Conversation>> = {
  en: {
    prompt: 'A 10-second promo for my café',
    mood: {
      questions: [
        {
          id: 'mood',
          prompt: 'Which mood should it have?',
          options: [
            { id: 'calm', label: 'Calm' },
            { id: 'bold', label: 'Bold and fast' },
          ],
        },
      ],
    },
    name: 'What is the café called?',
    answers: ['bold', 'Blue Door'],
    closing: 'The promo of your café is ready. ',
  },
  zh: {
    prompt: '给我的咖啡馆做一个10秒的宣传视频',
    mood: {
      questions: [
        {
          id: 'mood',
          prompt: '想要什么样的氛围？',
          options: [
            { id: 'calm', label: '安静' },
            { id: 'bold', label: '活泼' },
          ],
        },
      ],
    },
    name: '咖啡馆叫什么名字？',
    answers: ['bold', '蓝门'],
    closing: '咖啡馆的宣传视频做好了。\n',
  },
};

/** The transcripts of the guide, by name. */
const transcripts = new Map<string, string>();
const backends: LocalBackend[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemovideo-asked-'));
  await bundleScripts(['test/video/asked.ts'], folder);
}, 60_000);

afterAll(async () => {
  for (const backend of backends) await backend.close();
  await rm(folder, { recursive: true, force: true });
});

/** A backend whose agent asks twice, and what runs the program against it and writes down what is seen. */
async function open(name: string, { prompt, mood, name: second, closing }: Conversation) {
  const backend = await createLocalBackend({ render: 'off', clock: fastClock(100) });
  backends.push(backend);
  await backend.listen();
  const shots = { tt: 0, sg: [{ d: 10_000, m: { name: 'café' } }] };
  backend.agent.on(() => true, ask(mood));
  backend.agent.on(/mood|氛围/, ask(second));
  backend.agent.on(/called|名字/, [
    edit(() => ({ d: 10_000, t: [shots], m: { title: 'Café' } })),
    say(closing),
  ]);
  const seen: string[] = [];
  const env = { ...process.env, TEST_TOKEN: backend.issueToken() };
  const file = join(folder, name);
  /** Runs the program with these answers to its end, or until it has asked once: then it is killed. */
  const run = (answers: readonly string[], isKilled: boolean): Promise<string | null> =>
    new Promise((resolve) => {
      const child = spawn(
        process.execPath,
        [join(folder, 'asked.mjs'), backend.url, file, prompt, ...answers],
        {
          env,
        },
      );
      let output = '';
      child.stderr.on('data', (bytes) => seen.push(String(bytes)));
      child.stdout.on('data', (bytes) => {
        output += String(bytes);
        // The question is kept before it is shown.
        // The question is kept before it is shown.
        if (isKilled && /^\? /m.test(output)) child.kill('SIGKILL');
      });
      child.on('close', (_, signal) => {
        seen.push(
          ...output.replaceAll(folder, '.').trimEnd().split('\n'),
          ...(signal === null ? [] : [`(${signal})`]),
        );
        resolve(signal);
      });
    });
  const sent = () =>
    backend.requests
      .filter(({ operation }) => operation === 'run')
      .map(({ body }) => JSON.parse(JSON.stringify(body)).new_message.parts[0].text);
  const renders = () =>
    backend.requests.filter(({ operation, method }) => operation === 'render' && method === 'POST');
  return { backend, run, seen, sent, renders };
}

it.each(Object.entries(CONVERSATIONS))(
  'the agent asks twice (%s), and onQuestion answers',
  async (language, said) => {
    const { backend, run, seen, sent, renders } = await open(`asked-${language}`, said);
    expect(await run(said.answers, false)).toBeNull();
    transcripts.set(`on-question.${language}`, `$ node video.mjs "${said.prompt}"\n${seen.join('\n')}`);
    expect(sent()).toHaveLength(3);
    expect(backend.charges).toHaveLength(1);
    expect(renders()).toHaveLength(1);
  },
  60_000,
);

it.each(Object.entries(CONVERSATIONS))(
  'the agent asks twice (%s), and is answered by openVideo in a new process after SIGKILL: one charge, one video',
  async (language, said) => {
    const { backend, run, seen, sent, renders } = await open(`killed-${language}`, said);
    const [mood, name] = said.answers;
    seen.push(`$ node video.mjs "${said.prompt}"`);
    expect(await run([], true)).toBe('SIGKILL');
    expect(backend.charges).toHaveLength(0);
    seen.push(`$ node video.mjs --answer "${mood}"`);
    expect(await run([mood], true)).toBe('SIGKILL');
    expect(backend.charges).toHaveLength(0);
    expect(renders()).toHaveLength(0);
    seen.push(`$ node video.mjs --answer "${name}"`);
    expect(await run([name], false)).toBeNull();
    const label = language === 'zh' ? '活泼' : 'Bold and fast';
    const prompt = language === 'zh' ? '想要什么样的氛围？' : 'Which mood should it have?';
    expect(sent()).toEqual([said.prompt, `1. ${prompt}: ${label}`, `1. ${said.name}: ${name}`]);
    expect(backend.charges).toHaveLength(1);
    expect(renders()).toHaveLength(1);
    transcripts.set(`killed.${language}`, seen.join('\n'));
  },
  60_000,
);

it('the transcripts in docs/questions.md are these', async () => {
  for (const language of Object.keys(CONVERSATIONS)) {
    const chat = await readFile(`test/fixtures/transcripts/questions.${language}.txt`, 'utf8');
    transcripts.set(`chat.${language}`, chat.trimEnd());
  }
  const guide = await readFile(GUIDE, 'utf8');
  let made = guide;
  for (const [name, text] of transcripts) {
    const place = new RegExp(`(<!-- ${name}: made by test/video/asked.test.ts -->\n)[^]*?(<!-- end -->)`);
    expect(guide).toMatch(place);
    made = made.replace(
      place,
      (_, head: string, tail: string) => `${head}\`\`\`text\n${text}\n\`\`\`\n${tail}`,
    );
  }
  if (process.env.UPDATE_DOCS === '1') await writeFile(GUIDE, made);
  else expect(guide).toBe(made);
});
