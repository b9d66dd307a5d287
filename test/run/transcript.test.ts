import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/run/index.js';
import { RecentEvents, UsageCount } from '../../src/run/transcript.js';
import { decodeMessage } from '../../src/run/wire-event.js';
import { adkText, baselineWith, collect, data, eventsOf, Service } from './harness.js';

const CLIP = { tt: 0, sg: [{ d: 4000, m: { name: 'city' } }] };
const MUSIC = { tt: 1, sg: [{ d: 4000, m: { name: 'Lo-fi' } }] };
const delta = (stateDelta: unknown) => data({ author: 'nemo_agent', actions: { stateDelta } });
const types = (events: readonly RunEvent[]) => events.map(({ type }) => type);

async function play(...body: readonly string[]) {
  const service = new Service({ run: [body] });
  return service.clock.run(collect(service.run()));
}

describe('text', () => {
  test('an event that comes twice is passed on once, tools and all', async () => {
    const whole = {
      ...adkText('', false, 'e9'),
      content: { parts: [{ text: 'Done.' }, { functionCall: { id: 'c1', name: 'cut', args: {} } }] },
    };
    const { events, result } = await play(data(adkText('Done.', true)), data(whole), data(whole));
    expect(types(events)).toEqual(['text', 'tool_call']);
    expect(result).toMatchObject({ text: 'Done.', toolCalls: [{ id: 'c1' }] });
  });

  test('what a whole event adds stands in its place among the tools', async () => {
    const whole = {
      ...adkText('', false),
      content: { parts: [{ text: 'One and ' }, { functionCall: { name: 'cut' } }, { text: 'two.' }] },
    };
    const { events } = await play(data(adkText('One', true)), data(whole));
    expect(events.map((event) => (event.type === 'text' ? event.delta : event.type))).toEqual([
      'One',
      ' and ',
      'tool_call',
      'two.',
    ]);
  });

  test('where a whole event differs it wins in the result; the deltas stay what they were', async () => {
    const { events, result } = await play(data(adkText('Tow', true)), data(adkText('Two', false)));
    expect(events).toMatchObject([
      { delta: 'Tow', text: 'Tow' },
      { delta: '', text: 'Two', displayText: '', replaced: true },
    ]);
    expect(events[0]).not.toHaveProperty('replaced');
    expect(result?.text).toBe('Two');
  });

  test('however a turn is cut, its deltas put together are its text', async () => {
    const turn = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 4 }), async (turns) => {
        const body = turns.flatMap((pieces, index) => [
          ...pieces.map((piece) => data(adkText(piece, true))),
          data(adkText(pieces.join(''), false, `e${index}`)),
        ]);
        const { events, result } = await play(...body);
        const deltas = events.map((event) => (event.type === 'text' ? event.delta : '')).join('');
        // Text of blanks only is no answer, and then the state is read.
        expect(result?.text).toBe(turns.flat().join(''));
        expect(deltas).toBe(result?.text);
      }),
      { numRuns: 50 },
    );
  });
});

describe('tools', () => {
  test('an answer finds its call by id, else by name, else it stands alone', async () => {
    const { result } = await play(
      data({ type: 'tool_call', name: 'cut', args: { at: 1 } }),
      data({ type: 'tool_call', name: 'cut', args: { at: 2 } }),
      data({ type: 'tool_result', name: 'cut', result: 'first' }),
      data({ type: 'tool_result', name: 'other', result: 'nobody' }),
      data({ text: 'Done.' }),
    );
    expect(result?.toolCalls).toEqual([
      { name: 'cut', args: { at: 1 }, result: 'first' },
      { name: 'cut', args: { at: 2 } },
    ]);
  });

  test('a call that a partial event brought is not passed on again', async () => {
    const content = { parts: [{ functionCall: { id: 'c1', name: 'cut', args: {} } }] };
    const { events } = await play(
      data({ content, partial: true }),
      data({ content, author: 'nemo_agent' }),
      data({ text: 'Done.' }),
    );
    expect(types(events)).toEqual(['tool_call', 'text']);
  });
});

describe('a clean end that is none: complete is false', () => {
  test.each([
    ['nothing but signs of life', [': alive\n\n'], false],
    ['words that were not repeated whole', [data(adkText('Working', true))], false],
    ['words that were', [data(adkText('Working', true)), data(adkText('Working', false))], true],
    ['words of a form that never repeats them', [data({ text: 'Working' })], true],
    [
      'a tool that did not answer',
      [data({ type: 'tool_call', name: 'cut' }), data({ text: 'Done.' })],
      false,
    ],
    [
      'a tool that did',
      [
        data({ type: 'tool_call', name: 'cut' }),
        data({ type: 'tool_result', name: 'cut', result: null }),
        data({ text: 'Done.' }),
      ],
      true,
    ],
  ])('%s', async (_, body, complete) => {
    expect((await play(...body)).result).toMatchObject({ complete, recovered: false });
  });
});

describe('the timeline', () => {
  test('each event has what changed since the one before; the result since before the message', async () => {
    const service = new Service({
      run: [
        [delta({ draft: { t: [CLIP, MUSIC] } }), delta({ draft: { t: [CLIP] } }), data({ text: 'Done.' })],
      ],
    });
    const { events, result } = await collect(
      service.run({ baseline: async () => baselineWith({ t: [CLIP] }) }),
    );
    expect(events.map((event) => event.type === 'timeline' && event.changes.length)).toEqual([1, 1, false]);
    expect(result?.changes).toEqual([]);
    expect(result?.timeline?.tracks).toHaveLength(1);
  });

  test('a generation is reported in its two stages, an edit in none', async () => {
    const { events } = await play(
      delta({ draft: { t: [CLIP] } }),
      delta({ draft: { t: [CLIP, MUSIC] } }),
      data({ text: 'Done.' }),
    );
    expect(events).toMatchObject([{ stage: 'clip' }, { stage: 'finish' }, { type: 'text' }]);
    const service = new Service({ run: [[delta({ draft: { t: [CLIP, MUSIC] } }), data({ text: 'Done.' })]] });
    const edit = await collect(service.run({ baseline: async () => baselineWith({ t: [CLIP] }) }));
    expect(edit.events[0]).not.toHaveProperty('stage');
  });

  test('an invalid draft is passed on as it came, and stops nothing', async () => {
    const { events, result } = await play(delta({ draft: { t: 'tracks' } }), data({ text: 'Done.' }));
    expect(events).toMatchObject([{ type: 'unknown', raw: { actions: {} } }, { type: 'text' }]);
    expect(result).not.toHaveProperty('timeline');
  });

  test('a draft that comes as JSON text is a draft, with every number as it came', async () => {
    const id = '1234567890123456789';
    const service = new Service({
      run: [[delta({ draft: `{"t":[{"tt":0,"id":${id},"sg":[{"d":4000}]}]}` })]],
      states: [{ draft: {} }],
    });
    const { events, result } = await service.clock.run(collect(service.run()));
    expect(events).toMatchObject([{ type: 'timeline', changes: [{}], stage: 'clip' }]);
    expect(result).toMatchObject({ silent: true, changes: [{}], timeline: { durationMs: 4000 } });
    expect(JSON.stringify(result?.timeline?.draft.raw)).toContain(id);
    expect(service.reads).toBe(0);
  });

  test('a draft of text that is no JSON is passed on as it came', async () => {
    const { events, result } = await play(delta({ draft: 'none yet' }), data({ text: 'Done.' }));
    expect(events).toMatchObject([{ type: 'unknown' }, { type: 'text' }]);
    expect(result).not.toHaveProperty('timeline');
  });

  test('a state before that cannot be decoded keeps no message from being sent', async () => {
    const service = new Service({ run: [[delta({ draft: { t: [CLIP] } }), data({ text: 'Done.' })]] });
    const { result } = await collect(service.run({ baseline: async () => baselineWith({ t: 'tracks' }) }));
    expect(result?.changes).toHaveLength(1);
  });

  test('other state that changes is unknown, beside the timeline; what was generated is in the result', async () => {
    const { events, result } = await play(
      delta({ draft: { t: [CLIP] }, generated_media: [{ id: 'g1' }], mood: 'happy' }),
      data({ text: 'Done.' }),
    );
    expect(types(events)).toEqual(['timeline', 'unknown', 'text']);
    expect(result?.generated).toEqual([{ id: 'g1' }]);
  });
});

describe('every form of the wire', () => {
  test.each([
    ['an event called heartbeat', 'event: heartbeat\ndata: {}\n\n', {}],
    ['the simplified form', data({ type: 'heartbeat' }), { type: 'heartbeat' }],
    ['a comment', ': still working\n\n', 'still working'],
    ['empty data', 'data:\n\n', ''],
    ['empty data with a blank', 'data: \n\n', ''],
  ])('%s is a heartbeat', async (_, body, raw) => {
    const events = await eventsOf(body, data({ text: 'x' }));
    expect(events[0]).toEqual({ type: 'heartbeat', raw });
    expect(types(events)).toEqual(['heartbeat', 'text']);
  });

  test('an unknown event comes out once, whole, after what is known of it', async () => {
    const raw = {
      author: 'nemo_agent',
      content: {
        parts: [{ text: 'Look: ' }, { inlineData: { mimeType: 'image/png' } }, { executableCode: {} }],
      },
    };
    expect(await eventsOf(data(raw))).toEqual([
      { type: 'text', delta: 'Look: ', text: 'Look: ', displayDelta: '', displayText: '', raw },
      { type: 'unknown', raw },
    ]);
  });

  test('unknown fields change nothing', async () => {
    const known = [
      adkText('Hel', true),
      adkText('lo', true),
      adkText('Hello', false, 'e1'),
      { type: 'heartbeat' },
    ];
    const plain = await eventsOf(...known.map(data));
    const odd = fc
      .string({ minLength: 1, maxLength: 6 })
      .filter(
        (key) => !/^(type|text|id|author|content|actions|partial|error.*|__proto__|usage.*)$/.test(key),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(odd, fc.jsonValue()), { minLength: 4, maxLength: 4 }),
        fc.array(fc.nat(400), { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        async (extras, cuts, eol) => {
          // By way of JSON, which knows no -0.
          const events: unknown[] = known.map((event, index) =>
            JSON.parse(JSON.stringify({ ...extras[index], ...event })),
          );
          const body = new TextEncoder().encode(events.map(data).join('').replaceAll('\n', eol));
          const points = [0, ...cuts.filter((cut) => cut < body.length).sort((a, b) => a - b), body.length];
          const chunks = points.slice(1).map((end, index) => body.subarray(points[index], end));
          const seen = await eventsOf(...chunks.filter((chunk) => chunk.length > 0));
          expect(seen.map(({ raw, ...event }) => event)).toEqual(plain.map(({ raw, ...event }) => event));
          expect(seen.map(({ raw }) => raw)).toEqual([events[0], events[1], events[3]]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('events that come again', () => {
  const event = (json: unknown) => decodeMessage(undefined, JSON.stringify(json));

  test('a whole event that comes again is known by its id and content', () => {
    const recent = new RecentEvents();
    expect(recent.repeats(event(adkText('Done.', false, 'e1')))).toBe(false);
    expect(recent.repeats(event(adkText('Next', true, 'e2')))).toBe(false);
    expect(recent.repeats(event(adkText('Done.', false, 'e1')))).toBe(true);
  });

  test('the same words under another id, or other words under the same id, are new', () => {
    const recent = new RecentEvents();
    recent.repeats(event(adkText('Done.', false, 'e1')));
    expect(recent.repeats(event(adkText('Done.', false, 'e2')))).toBe(false);
    expect(recent.repeats(event(adkText('Done, too.', false, 'e1')))).toBe(false);
  });

  test('without ids, an event that follows itself is a repetition, unless something came between', () => {
    const recent = new RecentEvents();
    const done = adkText('Done.', false);
    expect(recent.repeats(event(done))).toBe(false);
    expect(recent.repeats(event(done))).toBe(true);
    recent.repeats(event(adkText('Then', true)));
    expect(recent.repeats(event(done))).toBe(false);
  });

  test('deltas may repeat themselves', () => {
    const recent = new RecentEvents();
    expect(recent.repeats(event({ text: 'ha' }))).toBe(false);
    expect(recent.repeats(event({ text: 'ha' }))).toBe(false);
  });
});

describe('usage', () => {
  test('whole events are added up; a partial one does not count beside them', () => {
    const usage = new UsageCount();
    usage.add({ totalTokenCount: 3 }, true);
    usage.add({ totalTokenCount: 10, model: 'a' }, false);
    usage.add({ totalTokenCount: 5, promptTokenCount: 2, model: 'b' }, false);
    expect(usage.total).toEqual({ totalTokenCount: 15, promptTokenCount: 2, model: 'b' });
  });

  test('without a whole event the last partial one is believed; without any, nothing is said', () => {
    const usage = new UsageCount();
    expect(usage.total).toBeUndefined();
    usage.add({ totalTokenCount: 3 }, true);
    usage.add({ totalTokenCount: 8 }, true);
    expect(usage.total).toEqual({ totalTokenCount: 8 });
  });
});
