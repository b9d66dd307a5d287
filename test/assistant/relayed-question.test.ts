import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/assistant/relayed-question.js';
import { ask, edit, say } from '../../src/local/agent/index.js';
import { openStage, type Stage, textsOf } from './support/conversation.js';
import { type Line, transcribe } from './support/transcript.js';

const UPDATE = process.env.UPDATE_TRANSCRIPTS === '1';

const CONVERSATIONS: Readonly<
  Record<string, { readonly asks: readonly Parameters<typeof ask>[0][]; readonly lines: readonly Line[] }>
> = {
  'questions.en': {
    asks: [
      {
        title: 'Before I start',
        questions: [
          {
            id: 'mood',
            prompt: 'Which mood should it have?',
            options: [
              { id: 'calm', label: 'Calm' },
              { id: 'bold', label: 'Bold and fast' },
            ],
          },
          {
            id: 'extras',
            prompt: 'What should be on it?',
            options: [
              { id: 'title', label: 'Title' },
              { id: 'captions', label: 'Captions' },
              { id: 'music', label: 'Music' },
            ],
            allowMultiple: true,
          },
        ],
      },
      { questions: [{ id: 'name', prompt: 'What is the café called?', options: [] }] },
    ],
    lines: [
      { say: 'Make a 10-second video for my café, but do not export yet', files: ['mug.png'] },
      { say: 'thanks' },
      { say: 'how many credits do I have?' },
      { say: 'the second one please' },
      { say: 'title and music' },
      { say: 'Blue Door' },
    ],
  },
  'questions.zh': {
    asks: [
      {
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
      { questions: [{ id: 'name', prompt: '咖啡馆叫什么名字？', options: [] }] },
    ],
    lines: [
      { say: '给我的咖啡馆做一个10秒的视频，先不要导出', files: ['mug.png'] },
      { say: '我要活泼的' },
      { say: '随便' },
    ],
  },
};

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(() => stage.close());

const messages = (): string[] =>
  stage.backend.requests
    .filter(({ operation }) => operation === 'run')
    .map(({ body }) => JSON.parse(JSON.stringify(body)).new_message.parts[0].text);

/** Lets the agent answer its next messages with these questions. */
function letAsk(asks: readonly Parameters<typeof ask>[0][]): void {
  const left = [...asks];
  const shots = { tt: 0, sg: [{ d: 10_000, m: { name: 'mug.png', file: 'mug.png' } }] };
  stage.backend.agent.on(/What is the café called\?|咖啡馆叫什么名字？/, ({ message }) => [
    say(/café/.test(message) ? 'The video of your café is ready.' : '咖啡馆的视频做好了。'),
    edit(() => ({ d: 10_000, t: [shots], m: { title: 'Café' } })),
  ]);
  stage.backend.agent.on(
    () => left.length > 0,
    () => ask(left.shift() ?? ''),
  );
}

describe('a conversation in which the agent asks', () => {
  it.each(Object.entries(CONVERSATIONS))(
    '%s reads as it was read and approved',
    async (name, { asks, lines }) => {
      letAsk(asks);
      const path = new URL(`../fixtures/transcripts/${name}.txt`, import.meta.url);
      const transcript = await transcribe(stage, stage.assistant({ downloads: stage.folder }), lines);
      if (UPDATE) await writeFile(path, transcript);
      expect(transcript).toBe(await readFile(path, 'utf8'));
      expect(transcript).not.toMatch(/Nothing changed|没有变化/);
    },
  );

  it('sends the answers in the documented form, once all parts are answered', async () => {
    const { asks = [], lines = [] } = CONVERSATIONS['questions.en'] ?? {};
    letAsk(asks);
    await transcribe(stage, stage.assistant(), lines);
    expect(messages().slice(1)).toEqual([
      '1. Which mood should it have?: Bold and fast\n2. What should be on it?: Title, Music',
      '1. What is the café called?: Blue Door',
    ]);
  });

  it('can be continued in another process', async () => {
    letAsk(['Which mood should it have?']);
    const first = stage.assistant();
    await stage.say(first, 'Make a 10-second video of the sea, but do not export yet');
    const snapshot = JSON.parse(JSON.stringify(first));
    const replies = await stage.say(stage.assistant({ snapshot }), 'Calm');
    expect(replies.some(({ type }) => type === 'question')).toBe(false);
    expect(messages()[1]).toBe('1. Which mood should it have?: Calm');
  });

  it('leaves the question when the person does', async () => {
    letAsk(['Which mood should it have?']);
    const assistant = stage.assistant();
    await stage.say(assistant, 'Make a 10-second video of the sea, but do not export yet');
    expect(textsOf(await stage.say(assistant, 'never mind'))).toEqual([
      'All right, I leave that question. What would you like instead?',
    ]);
    await stage.say(assistant, 'Make a 10-second video of a forest, but do not export yet');
    expect(messages()[1]).toMatch(/forest/);
  });

  it('keeps the question when the answer never leaves', async () => {
    letAsk(['Which mood should it have?']);
    const assistant = stage.assistant();
    await stage.say(assistant, 'Make a 10-second video of the sea, but do not export yet');
    stage.backend.faults.add({ on: 'run', do: 'refuse', times: 3 });
    const failed = await stage.say(assistant, 'Calm');
    expect(failed.at(-1)?.type).toBe('error');
    await stage.say(assistant, 'Calm');
    expect(messages().at(-1)).toBe('1. Which mood should it have?: Calm');
  });
});

describe('an answer', () => {
  const part = {
    id: 'p',
    prompt: 'Which?',
    options: [
      { id: 'calm', label: 'Calm' },
      { id: 'bold', label: 'Bold and fast' },
      { id: 'quiet', label: '安静' },
    ],
    allowMultiple: false,
  };

  it.each([
    ['1', 'calm'],
    ['Option 2.', 'bold'],
    ['the second one, please', 'bold'],
    ['选项1吧', 'calm'],
    ['calm', 'calm'],
    ['I think calm would be best', 'calm'],
    ['我要安静的', 'quiet'],
    ['第三个', 'quiet'],
    ['7', '7'],
    ['something sad', 'something sad'],
    ['calmer than last time', 'calmer than last time'],
    ['calm or 安静', 'calm or 安静'],
    ['skip', ''],
    ['随便', ''],
  ])('%j is %j', (message, answer) => {
    expect(readAnswer(part, message)).toBe(answer);
  });

  it.each([
    ['1, 2', ['calm', 'bold']],
    ['calm and 安静', ['calm', 'quiet']],
    ['1、3', ['calm', 'quiet']],
    ['2', ['bold']],
  ])('%j is several: %j', (message, answer) => {
    expect(readAnswer({ ...part, allowMultiple: true }, message)).toEqual(answer);
  });
});
