import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  Assistant,
  type AssistantSnapshot,
  CHINESE,
  ENGLISH,
  type IntentRule,
} from '../../src/assistant/index.js';
import { NemoVideo } from '../../src/client.js';
import { ask, edit, fail, say, silent } from '../../src/local/agent/index.js';
import { collect, openStage, photo, type Stage, textsOf } from './support/conversation.js';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(() => stage.close());

const count = (operation: string): number =>
  stage.backend.requests.filter((request) => request.operation === operation).length;
const submissions = (): number => count('render');
const VIDEO = 'Make a 10-second video of the sea, but do not export yet';

describe('Assistant', () => {
  it('takes a session, connects to nothing, and answers from it', async () => {
    const session = await stage.nemo.sessions.create();
    const assistant = new Assistant(session);
    const replies = await stage.say(assistant, 'credits');
    expect(textsOf(replies)).toEqual(['You have 100 credits left.']);
    expect(replies[0]).toMatchObject({ type: 'credits', credits: { available: 100 } });
  });

  it('connects when it is first spoken to, in the language of the person', async () => {
    const languages: string[] = [];
    const assistant = new Assistant(({ language, signal }) => {
      languages.push(language);
      return stage.nemo.sessions.create({ language, signal });
    });
    expect(count('session')).toBe(0);
    const replies = await stage.say(assistant, '我还有多少积分？');
    expect(replies.map(({ type }) => type)).toEqual(['status', 'credits']);
    expect(languages).toEqual(['zh']);
    await stage.say(assistant, 'credits');
    expect(count('session')).toBe(1);
  });

  it('does nothing until its replies are iterated', async () => {
    stage.assistant().say('credits');
    await stage.clock.advance(60_000);
    expect(stage.backend.requests).toHaveLength(0);
  });

  it('says nothing that a terminal would act on, whatever the service or a file is called', async () => {
    const evil = '\u001b[31m\u001b]0;owned\u0007\u009b2J\u202E';
    const title = `Sea${evil} side`;
    const draft = { d: 4000, t: [{ tt: 0, sg: [{ d: 4000, m: { name: title } }] }], m: { title } };
    const asked = { id: 'q', prompt: `Which${evil} mood?`, options: [{ id: 'a', label: `Ca${evil}lm` }] };
    stage.backend.agent.on(/blue/, () => [say(`Working${evil} on it. Drag the ${title} to the front.`)]);
    stage.backend.agent.on(/red/, () => [edit(() => draft), silent()]);
    stage.backend.agent.on(/green/, () => fail({ message: `No${evil}.` }));
    stage.backend.agent.on(/yellow/, () => ask({ title, questions: [asked] }));
    const assistant = stage.assistant({ guiActions: 'offer' });
    const files = [{ name: `a${evil}b.png`, data: photo('x', 9).data }];
    const replies = await stage.say(assistant, 'make it red', { files });
    for (const message of ['make it blue', 'show me the tracks', 'make it green', 'make it yellow', 'calm'])
      replies.push(...(await stage.say(assistant, message)));
    expect(replies.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['text', 'timeline', 'suggestion', 'error', 'question']),
    );
    expect(textsOf(replies)).toEqual(expect.arrayContaining(['Got ab.png.', 'Working on it.']));
    const labels = replies.flatMap((reply) =>
      reply.type === 'question' ? reply.options : reply.type === 'suggestion' ? reply.suggestions : [],
    );
    expect(labels).toContain('Calm');
    expect([...textsOf(replies), ...labels].join('')).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
  });

  it('exports once for a message, also when the editor asks for it as well, and forwards no export', async () => {
    const replies = await stage.say(stage.assistant(), 'Make a 10-second video of the sea and export it');
    expect(replies.filter(({ type }) => type === 'file')).toHaveLength(1);
    expect(submissions()).toBe(1);
    const [run] = stage.backend.requests.filter(({ operation }) => operation === 'run');
    expect(JSON.stringify(run?.body)).not.toContain('export');
  });

  it('exports when the editor names the button, and not when the person refused', async () => {
    const asked = await stage.say(stage.assistant(), 'Make a 10-second video of the sea');
    expect(asked.some(({ type }) => type === 'file')).toBe(true);
    stage.backend.issueToken();
    const refusing = await openStage();
    const refused = await refusing.say(refusing.assistant(), VIDEO);
    expect(refused.some(({ type }) => type === 'file')).toBe(false);
    await refusing.close();
  });

  it('delivers the address, size, length and claim link without a folder', async () => {
    const { backend, clock } = stage;
    const nemo = new NemoVideo({
      baseUrl: backend.url,
      webUrl: 'http://localhost:3000',
      fetch: backend.fetch,
      clock,
      credentialStore: false,
    });
    const assistant = new Assistant((request) => nemo.sessions.create(request));
    const replies = await stage.say(assistant, 'Make a 10-second video of the sea');
    const file = replies.find((reply) => reply.type === 'file');
    expect(file).toMatchObject({ durationMs: 10_000, url: expect.stringContaining(stage.backend.url) });
    expect(file?.bytes).toBeGreaterThan(60_000);
    expect(file?.claimUrl).toContain('/workspace/claim?ct=');
    expect(file).not.toHaveProperty('path');
  });

  it('offers no link of the real website to a project of a local backend', async () => {
    const replies = await stage.say(stage.assistant(), 'Make a 10-second video of the sea');
    expect(replies.find((reply) => reply.type === 'file')).not.toHaveProperty('claimUrl');
    expect(count('claim')).toBe(0);
    expect(textsOf(replies).join('\n')).not.toContain('nemovideo.com');
  });

  it('puts a silent edit in words', async () => {
    const assistant = stage.assistant();
    await stage.say(assistant, 'Make a slideshow with music, no export yet', {
      files: [photo('a.png', 1), photo('b.png', 90)],
    });
    stage.backend.faults.add({ on: 'run', do: 'silent' });
    const replies = await stage.say(assistant, 'Set the music to 20%');
    const told = replies.find((reply) => reply.type === 'timeline');
    expect(told?.text).toMatch(/^Done/);
    expect(told?.text).toContain('20%');
    expect(told?.changes).not.toHaveLength(0);
  });

  it('says every two minutes that work continues', async () => {
    await stage.close();
    stage = await openStage({ speed: 0.2 });
    const replies = await stage.say(stage.assistant(), VIDEO);
    const still = textsOf(replies, 'status').filter((text) => text.startsWith('Still working'));
    expect(still.slice(0, 2)).toEqual([
      'Still working… (2 minutes so far)',
      'Still working… (4 minutes so far)',
    ]);
  });

  it('keeps what is said meanwhile for afterwards', async () => {
    const assistant = stage.assistant();
    const first = collect(assistant.say(`${VIDEO} with the title "The Sea"`));
    const second = collect(assistant.say('Show me the tracks'));
    const [, replies] = await stage.clock.run(Promise.all([first, second]));
    expect(replies[0]).toMatchObject({ type: 'status', text: expect.stringContaining('as soon as') });
    expect(replies.at(-1)).toMatchObject({ type: 'timeline', text: expect.stringContaining('Title') });
  });

  it('stops by its signal with a word, leaves no timer, and continues with the next message', async () => {
    const assistant = stage.assistant();
    const stopping = new AbortController();
    const first = collect(assistant.say(VIDEO, { signal: stopping.signal }));
    await stage.clock.advance(500);
    stopping.abort();
    const replies = await stage.clock.run(first);
    expect(replies.at(-1)).toMatchObject({ type: 'text', text: expect.stringMatching(/^Stopped/) });
    expect(textsOf(await stage.say(assistant, 'credits')).at(-1)).toMatch(/credits/);
  });

  it('ends everything when its loop is left', async () => {
    const assistant = stage.assistant();
    const leaving = (async () => {
      for await (const { type } of assistant.say('Make a 10-second video of the sea'))
        if (type === 'text') break;
    })();
    await stage.clock.run(leaving);
    const sent = stage.backend.requests.length;
    await stage.clock.advance(600_000);
    expect(stage.backend.requests).toHaveLength(sent);
    expect(submissions()).toBe(0);
  });

  it('remembers the project across restarts, without a token', async () => {
    const kept: AssistantSnapshot[] = [];
    const first = stage.assistant({ onChange: (snapshot) => void kept.push(snapshot) });
    await stage.say(first, VIDEO);
    expect(JSON.stringify(kept)).not.toContain('nmv_');
    expect(first.toJSON()).toEqual(kept.at(-1));
    const second = stage.assistant({ snapshot: JSON.parse(JSON.stringify(kept.at(-1))) });
    const replies = await stage.say(second, 'Show me the tracks');
    expect(replies[0]?.text).toMatch(/where we left it/);
    expect(replies.at(-1)?.type).toBe('timeline');
    expect(count('session')).toBe(1);
  });

  it('asks after a restart what came of the message that was under way, and does not send it again', async () => {
    const kept: AssistantSnapshot[] = [];
    const first = stage.assistant({
      onChange: (snapshot) => {
        kept.push(snapshot);
      },
    });
    const leaving = first.say(VIDEO);
    const gone = (async () => {
      for await (const { type } of leaving) if (type === 'text') break;
    })();
    await stage.clock.run(gone);
    const underWay = kept.find(({ run }) => run !== undefined);
    await stage.clock.advance(60_000);
    const second = stage.assistant({ ...(underWay && { snapshot: underWay }) });
    const replies = await stage.say(second, 'credits');
    expect(textsOf(replies, 'status').join()).toContain('your last request');
    expect(replies.some(({ type }) => type === 'timeline')).toBe(true);
    expect(count('run')).toBe(1);
    expect(second.toJSON()).not.toHaveProperty('run');
  });

  it('starts anew after the project is gone', async () => {
    const assistant = stage.assistant();
    await stage.say(assistant, 'credits');
    stage.backend.faults.add({ on: 'state', do: 'status', status: 404, code: 1002 });
    const [error] = await stage.say(assistant, 'Show me the tracks');
    expect(error).toMatchObject({ type: 'error', text: expect.stringContaining('new one') });
    await stage.say(assistant, 'Show me the tracks');
    expect(count('session')).toBe(2);
  });

  it('throws what the host throws, and is not stuck afterwards', async () => {
    let full = true;
    const assistant = stage.assistant({
      onChange: () => {
        if (full) throw new Error('the disk is full');
      },
    });
    await expect(stage.say(assistant, 'credits')).rejects.toThrow('the disk is full');
    full = false;
    expect((await stage.say(assistant, 'credits')).at(-1)?.type).toBe('credits');
  });

  it.each([
    ['a source that is none', () => Reflect.construct(Assistant, [{}]), 'session'],
    [
      'a snapshot of another version',
      () => stage.assistant({ snapshot: JSON.parse('{"version":2}') }),
      'snapshot.version',
    ],
  ])('refuses %s', (_, make, field) => {
    expect(make).toThrow(expect.objectContaining({ name: 'OptionError', field }));
  });

  it.each<[string, unknown]>([
    ['language', 5],
    ['language', ''],
    ['catalogues', 5],
    ['catalogues.de', { de: 'Hallo' }],
    ['catalogues.en.working', { en: { ...ENGLISH, working: undefined } }],
    ['catalogues.en.uploading', { en: { ...ENGLISH, uploading: 'text' } }],
    ['catalogues.en.errors.credits', { en: { ...ENGLISH, errors: {} } }],
    ['catalogues.en.suggestions.create', { en: { ...ENGLISH, suggestions: {} } }],
    ['rules', 5],
    ['rules[0]', [null]],
    ['rules[0].intent', [{ name: 'mine', intent: 'dance', when: /x/ }]],
    ['rules[0].when', [{ name: 'mine', intent: 'run' }]],
    ['rules[0].name', [{ intent: 'run', when: /x/ }]],
    ['downloads', ''],
    ['downloads', 42],
    ['downloads', null],
  ])('refuses a wrong `%s` before anything is said: %o', (field, value) => {
    const option = field.split(/[.[]/)[0] ?? '';
    expect(() => Reflect.construct(Assistant, [() => {}, { [option]: value }])).toThrow(
      expect.objectContaining({ name: 'OptionError', field }),
    );
  });

  it('takes catalogues that are whole, and rules of both kinds', () => {
    const rules: IntentRule[] = [
      { name: 'a', intent: 'run', when: /a/ },
      { name: 'b', intent: 'export', when: () => false },
    ];
    expect(() =>
      stage.assistant({ rules, catalogues: { 'en-GB': ENGLISH, 'zh-TW': CHINESE } }),
    ).not.toThrow();
  });

  it.each<[string, unknown]>([
    ['files', null],
    ['files', 5],
    ['files', { name: 'a.jpg' }],
    ['files[0]', [null]],
    ['files[1]', ['a.jpg', 5]],
  ])('refuses wrong `%s` before anything is sent: %o', (field, files) => {
    const assistant = stage.assistant();
    expect(() => Reflect.apply(assistant.say, assistant, ['Hello', { files }])).toThrow(
      expect.objectContaining({ name: 'OptionError', field }),
    );
    expect(stage.backend.requests).toEqual([]);
  });

  it.each([undefined, null, {}, 's1'])('throws when the function that connects gives %o', async (value) => {
    const assistant: Assistant = Reflect.construct(Assistant, [() => value]);
    await expect(stage.say(assistant, 'credits')).rejects.toMatchObject({
      name: 'OptionError',
      field: 'connect',
    });
    expect(assistant.session).toBeUndefined();
  });
});
