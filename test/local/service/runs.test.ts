import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AgentPlan, edit } from '../../../src/local/agent/index.js';
import { CLOSING, draftOf, OPENING, scriptedPlan } from '../support/script.js';
import { eventsOf, eventually, type Json, serve, TRANSPORTS } from '../support/wire.js';

const recorded = (name: string): Json[] =>
  eventsOf(readFileSync(new URL(`../../fixtures/recordings/${name}.sse`, import.meta.url), 'utf8'));

/** The fields of an event in their order, and of what lies in it. */
function shape(event: Json): string {
  const parts = (event.content as unknown as { parts?: object[] })?.parts ?? [];
  return `${Object.keys(event).join(' ')} | ${parts.flatMap((part) => Object.keys(part)).join(' ')}`;
}

const words = (event: Json): string =>
  ((event.content as unknown as { parts?: { text?: string }[] })?.parts ?? [])
    .map((p) => p.text ?? '')
    .join('');

describe.each(TRANSPORTS)('a run, %s', (transport) => {
  it('has the events of the recording: the same fields in the same order', async () => {
    const client = await (await serve(transport)).begin();
    const events = eventsOf(await client.runText('Urban Dreams'));
    const recording = recorded('title-edit-streaming');
    const kinds = [...new Set(recording.map(shape))];
    expect(new Set(events.map(shape))).toEqual(
      // The recording has one tool call with words before it; the second stage of the script has none.
      new Set([...kinds, ...recorded('silent-edit').slice(0, 1).map(shape)]),
    );
    const ids = events.map((event) => event.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(events.map((event) => event.invocationId)).size).toBe(1);
  });

  it('says its words in part, then once more whole beside the tool call', async () => {
    const client = await (await serve(transport)).begin();
    const events = eventsOf(await client.runText());
    const call = events.findIndex((event) => event.partial === undefined);
    const partial = events.slice(0, call);
    expect(partial.length).toBeGreaterThan(1);
    expect(partial.map(words).join('')).toBe(OPENING);
    expect(events[call]?.content).toMatchObject({
      role: 'model',
      parts: [{ text: OPENING }, { functionCall: { name: 'generate_clip', args: { words: 'harbour' } } }],
    });
    const last = events.at(-1);
    expect(last).toMatchObject({ finishReason: 'STOP', content: { parts: [{ text: CLOSING }] } });
    expect(Number(last?.usageMetadata?.totalTokenCount)).toBeGreaterThan(0);
  });

  it('answers the tool as a user, with the draft as the state that changed', async () => {
    const client = await (await serve(transport)).begin();
    const events = eventsOf(await client.runText('Hello'));
    const answers = events.filter((event) => (event.content?.role as unknown) === 'user');
    expect(answers.map((event) => event.actions?.stateDelta?.draft)).toEqual([
      draftOf('Untitled'),
      draftOf('Hello'),
    ]);
    expect((await client.state()).body.data?.state).toMatchObject({
      draft: draftOf('Hello'),
      canvas_config: { width: 1920, height: 1080, fps: 30 },
      generated_media: [{ filename: 'a harbour', file_type: 'video', duration: 4 }],
    });
  });

  it('shows every 10 seconds of work that it is alive, in less time at a higher speed', async () => {
    const client = await (await serve(transport, { speed: 10 })).begin();
    const start = client.clock.now();
    const text = await client.runText();
    // 105 s of work are 9 heartbeats in the first stage and none in the second; then there are the words.
    expect(text.match(/^data:$/gm)).toHaveLength(9);
    const elapsed = client.clock.now() - start;
    expect(elapsed).toBeGreaterThanOrEqual(10_500);
    expect(elapsed).toBeLessThan(12_000);
  });

  it.each([
    ['snake', ': {', '"state_delta"', '"function_call"', '"invocation_id"'],
    [
      'simple',
      '{"type":"text","content":"',
      '"type":"tool_call"',
      '"type":"tool_result"',
      '{"type":"heartbeat"}',
    ],
    ['text', '{"text":"', ': still working'],
  ] as const)('is told in the form %j where a fault wants it', async (form, ...signs) => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'run', do: 'form', form });
    const text = await client.runText();
    for (const sign of signs) expect(text).toContain(sign);
    expect(text).not.toContain('stateDelta');
    if (form === 'snake') return;
    const said = eventsOf(text).map((event) => event.content ?? event.text ?? '');
    expect(said.join('')).toBe(OPENING + CLOSING);
  });

  it('ends a silent edit with an empty part or with nothing', async () => {
    const endings = new Set<string>();
    for (let seed = 0; seed < 8; seed += 1) {
      const client = await (await serve(transport, { seed, speed: Infinity })).begin();
      client.backend.faults.add({ on: 'run', do: 'silent' });
      const last = eventsOf(await client.runText()).at(-1);
      endings.add(last?.content?.parts?.[0]?.text === undefined ? 'nothing' : `text ${words(last)}`);
    }
    expect([...endings].sort()).toEqual(['nothing', 'text ']);
  });

  it('continues when its reader has gone, and is recorded as aborted', async () => {
    const client = await (await serve(transport)).begin();
    const gone = new AbortController();
    const response = await client.run('Hello', { signal: gone.signal });
    const reader = response.body?.getReader();
    await client.clock.run(reader?.read() ?? Promise.reject(new Error('no body')));
    gone.abort();
    await expect(reader?.read()).rejects.toThrow();
    await client.clock.advance(60_000);
    expect((await client.state()).body.data?.state?.draft).toEqual(draftOf('Hello'));
    const record = client.backend.requests.find(({ operation }) => operation === 'run');
    expect(record).toMatchObject({ aborted: true, status: 200 });
  });

  it('refuses a second message while one is at work, and takes it afterwards', async () => {
    const client = await (await serve(transport)).begin();
    const first = client.run('first').then((response) => response.text());
    await client.clock.advance(1000);
    const busy = await client.run('second');
    expect(busy.status).toBe(409);
    expect(await busy.text()).toContain('already has a turn running');
    await client.clock.run(first);
    await client.runText('third');
    expect((await client.state()).body.data?.state?.draft).toEqual(draftOf('third'));
    expect(client.backend.charges.map(({ message }) => message)).toEqual(['first', 'third']);
  });

  it('names session and task beside the state', async () => {
    const client = await (await serve(transport)).begin();
    expect((await client.state()).body.data).toMatchObject({
      session_id: client.sessionId,
      task_id: client.taskId,
      task_name: 'test',
      state: { draft: null },
    });
  });

  it.each([
    ['continue', draftOf('Hello')],
    ['abort', null],
  ] as const)('does with a closed stream as the options say: %s', async (onDisconnect, draft) => {
    const client = await (await serve(transport, { onDisconnect })).begin();
    const gone = new AbortController();
    const response = await client.run('Hello', { signal: gone.signal });
    const reader = response.body?.getReader();
    await client.clock.run(reader?.read() ?? Promise.reject(new Error('no body')));
    gone.abort();
    await expect(reader?.read()).rejects.toThrow();
    await eventually(() => client.backend.requests.some(({ aborted }) => aborted), true);
    await client.clock.advance(200_000);
    expect((await client.state()).body.data?.state?.draft).toEqual(draft);
    // Either way the session takes the next message.
    expect((await client.run('again')).status).toBe(200);
  });

  it('gives the agent the message, the language, the draft and the media', async () => {
    const seen: unknown[] = [];
    const client = await serve(transport, {
      speed: Infinity,
      agent: (turn) => {
        seen.push({ ...turn, random: turn.random() });
        return scriptedPlan(turn);
      },
    });
    await client.begin();
    await client.runText('one');
    await client.runText('two');
    expect(seen).toMatchObject([
      { message: 'one', language: 'en', draft: null, media: [], credits: 100 },
      { message: 'two', draft: draftOf('one'), credits: 50 },
    ]);
  });

  it('reports an agent that broke as a failure inside the stream', async () => {
    const agent = (): AgentPlan =>
      edit(() => {
        throw new Error('out of ideas');
      });
    const client = await serve(transport, { agent });
    await client.begin();
    expect(eventsOf(await client.runText()).at(-1)).toMatchObject({
      errorCode: 'INTERNAL',
      errorMessage: 'Error: out of ideas',
    });
  });
});
