import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, edit, fail, lateWrite, Replies, say, silent } from '../../../src/local/agent/index.js';
import { anyCodePoint } from '../../support/code-points.js';
import { eventsOf, serve } from '../support/wire.js';
import { CAFE, lines, tell, upload } from './support.js';

const MEDIA = [...CAFE, upload('01-more.jpg')];
const BEACH = upload('beach.jpg');
/** Their examples ask for what is there already, or for nothing to be changed. */
const UNCHANGING = ['leave'];

/** A backend with its built-in agent instead of the one that tests usually have. */
const open = async () => (await serve('in process', { agent: () => undefined, speed: Infinity })).begin();
const titled = (title: string) =>
  edit((draft) => {
    draft.m.title = title;
  });

describe('scripted replies', () => {
  it('answer what they match, the newest first, until they are removed', async () => {
    const client = await open();
    const { agent } = client.backend;
    const first = agent.on('sale', [titled('one'), say('One.')]);
    const second = agent.on(/summer/g, [titled('two'), say('Two.')]);
    expect(await client.runText('a summer sale')).toContain('Two.');
    expect(await client.runText('a summer sale')).toContain('Two.');
    second.remove();
    expect(await client.runText('a summer sale')).toContain('One.');
    expect([first.hits, second.hits]).toEqual([1, 2]);
    agent.clear();
    expect(await client.runText('a summer sale')).toContain('did not understand');
  });

  it('come before the agent of the options, and that before the table', async () => {
    const client = await (
      await serve('in process', {
        speed: Infinity,
        agent: ({ message }) => (message.includes('mine') ? say('From the option.') : undefined),
      })
    ).begin();
    client.backend.agent.on(({ message }) => message === 'mine first', say('Scripted.'));
    expect(await client.runText('mine first')).toContain('Scripted.');
    expect(await client.runText('mine')).toContain('From the option.');
    expect(await client.runText('Create a 10-second video about the sea')).toContain('generate_clip');
  });

  it('refuse a match and a plan that are neither', async () => {
    const { agent } = (await serve('in process')).backend;
    expect(() => Reflect.apply(agent.on, agent, [5, say('x')])).toThrow(
      expect.objectContaining({ field: 'match' }),
    );
    expect(() => agent.on('x', [])).toThrow(expect.objectContaining({ field: 'plan' }));
  });

  it('cost 50 for the first timeline, 10 for a change, and nothing for words', async () => {
    const client = await open();
    client.backend.agent.on('talk', say('Hello.'));
    client.backend.agent.on('edit', [titled('x'), say('Done.')]);
    client.backend.agent.on('dear', [edit((draft) => draft, { credits: 7 }), say('Done.')]);
    for (const message of ['talk', 'edit', 'edit', 'dear']) await client.runText(message);
    expect(client.backend.charges.map(({ credits }) => credits)).toEqual([50, 10, 7]);
  });

  it('take any JSON for a timeline, and start from an empty one', async () => {
    const client = await open();
    client.backend.agent.on(
      'x',
      edit((draft) => ({ ...draft, extra: { id: 'abc' }, t: [{ tt: 3, sg: [] }] })),
    );
    await client.runText('x');
    const { body } = await client.state();
    expect(body.data?.state?.draft).toMatchObject({ t: [{ tt: 3 }], extra: { id: 'abc' }, d: 0 });
  });
});

describe('ask()', () => {
  it('emits the call of the service, ends the stream without an answer, and charges nothing', async () => {
    const client = await open();
    const questions = [
      {
        id: 'mood',
        prompt: 'Which mood?',
        options: [
          { id: 'a', label: 'Calm' },
          { id: 'b', label: 'Loud' },
        ],
        allowMultiple: true,
      },
    ];
    client.backend.agent.on('film', ask({ title: 'Before I begin', questions }));
    client.backend.agent.on('1. Which mood?: Calm', [titled('Calm'), say('Done.')]);
    const [event, ...more] = eventsOf(await client.runText('a film'));
    expect(more).toEqual([]);
    const content = event?.content as unknown as { parts?: { functionCall?: { id: string } }[] } | undefined;
    const [part] = content?.parts ?? [];
    expect(part?.functionCall).toMatchObject({
      name: 'ask_question',
      args: {
        title: 'Before I begin',
        questions: [
          { id: 'mood', prompt: 'Which mood?', allow_multiple: true, options: questions[0]?.options },
        ],
      },
    });
    expect(event?.longRunningToolIds).toEqual([part?.functionCall?.id]);
    expect(client.backend.charges).toEqual([]);
    expect((await client.state()).body.data?.state?.draft).toBeNull();
    await client.runText('1. Which mood?: Calm');
    expect((await client.state()).body.data?.state?.draft?.m?.title).toBe('Calm');
  });

  it('takes a text for one open question', async () => {
    const client = await open();
    client.backend.agent.on('film', [say('Wait.'), ask('What is it about?')]);
    const text = await client.runText('a film');
    expect(text).toContain('"prompt":"What is it about?","options":[]');
  });
});

describe('the other steps', () => {
  it('silent() ends without a word', async () => {
    const client = await open();
    client.backend.agent.on('x', [titled('quiet'), silent()]);
    const events = eventsOf(await client.runText('x'));
    const words = JSON.stringify(events).match(/"text":"[^"]+"/g);
    expect(words).toBeNull();
    expect((await client.state()).body.data?.state?.draft?.m?.title).toBe('quiet');
  });

  it('fail() fails inside the stream', async () => {
    const client = await open();
    client.backend.agent.on('x', fail({ code: 'SAFETY', message: 'not this' }));
    expect(eventsOf(await client.runText('x')).at(-1)).toMatchObject({
      errorCode: 'SAFETY',
      errorMessage: 'not this',
    });
    expect(client.backend.charges).toEqual([]);
  });

  it('lateWrite() changes the timeline some time after the stream has ended', async () => {
    const client = await open();
    client.backend.agent.on('x', [
      say('Done.'),
      lateWrite((draft) => ({ ...draft, late: true }), { afterMs: 2000 }),
    ]);
    await client.clock.run(client.run('x').then((response) => response.text()));
    expect((await client.state()).body.data?.state?.draft).toBeNull();
    await client.clock.advance(2001);
    expect((await client.state()).body.data?.state?.draft).toMatchObject({ late: true });
    expect(client.backend.charges.map(({ credits }) => credits)).toEqual([50]);
  });
});

describe('the table of commands', () => {
  const { commands } = new Replies(undefined);

  it('is what the docs print', () => {
    const page = readFileSync(new URL('../../../docs/local-agent.md', import.meta.url), 'utf8');
    const rows = commands.map(({ name, example: { en, zh } }) => `| ${name} | ${en} | ${zh} |`);
    const [, table = ''] = page.split('| command | in English | in Chinese |\n|---|---|---|\n');
    expect(table.trim().split('\n')).toEqual(rows);
  });

  it.each(commands)('understands its own examples: $name', async ({ name, example }) => {
    const opening = await tell(
      'Create a 20-second video with ambient music at 20%, the title "Opening" and the text "Summer Sale" at the end',
      { media: MEDIA },
    );
    const { draft } = await tell('Caption the first photo "Hello"', { draft: opening.draft, media: MEDIA });
    for (const message of [example.en, example.zh]) {
      const { reply, draft: after } = await tell(message, { draft, media: [...MEDIA, BEACH] });
      expect(reply).not.toMatch(/did not|没有做|没有看懂/);
      expect(lines(after).join() === lines(draft).join()).toBe(UNCHANGING.includes(name));
    }
  });
});

describe('a message of any kind', () => {
  const hostile = [
    'x"y',
    '"',
    '“',
    "'a",
    '(',
    'a,',
    '第',
    '第一',
    'the ',
    'photo 1 and ',
    '1:',
    '1-',
    'a.jpg ',
    '的',
    '到5秒',
    'with ',
    'to ',
  ];

  it.each(hostile)('of 1 MB does not hold the backend up: %j repeated', async (piece) => {
    const { draft } = await tell('Make a video');
    const { reply, credits } = await tell(piece.repeat(Math.ceil(1_000_000 / piece.length)), { draft });
    expect(credits).toBe(0);
    expect(reply.length).toBeLessThan(5000);
  });

  it('changes nothing and costs nothing where no part is understood', async () => {
    const { draft } = await tell('Make a video');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: anyCodePoint, maxLength: 200 }), async (message) => {
        const { credits, draft: after } = await tell(message, { draft });
        expect(credits > 0).toBe(JSON.stringify(after) !== JSON.stringify(draft));
      }),
    );
  });

  it.each([
    ['a frame', { t: [{ tt: 0, m: {}, sg: [{ d: 4000, m: { name: 'fjord' } }] }], d: 4000 }],
    [
      'anything about its tracks',
      { t: [{ tt: 0, sg: [{ d: 4000, m: { name: 'fjord' } }] }], d: 4000, m: {} },
    ],
    ['anything about its pictures', { t: [{ tt: 0, m: {}, sg: [{ d: 4000 }] }], d: 4000, m: {} }],
  ])('leaves a scripted timeline without %s as it is, and says so', async (_, json) => {
    const draft = JSON.parse(JSON.stringify(json));
    const { draft: after, credits, reply } = await tell('Add the title "Fjord"', { draft, media: [] });
    expect(after).toEqual(json);
    expect(credits).toBe(0);
    expect(reply).not.toBe('');
  });
});
