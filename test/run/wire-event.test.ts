import { describe, expect, test } from 'vitest';
import { decodeMessage, heartbeat } from '../../src/run/wire-event.js';

const decode = (json: unknown, name?: string) => decodeMessage(name, JSON.stringify(json));
const parts = (json: unknown, name?: string) => decode(json, name).parts;

describe('the form of the recordings', () => {
  test('partial and whole events are distinguished, with author and id', () => {
    const event = { id: 'e1', author: 'nemo_agent', content: { role: 'model', parts: [{ text: 'Hi' }] } };
    expect(decode({ ...event, partial: true })).toMatchObject({
      mode: 'partial',
      author: 'nemo_agent',
      id: 'e1',
    });
    expect(decode(event).mode).toBe('whole');
    expect(decode({ ...event, partial: false }).mode).toBe('whole');
  });

  test('the order of the parts is kept', () => {
    const content = {
      parts: [
        { text: 'First' },
        { functionCall: { id: 'c1', name: 'edit', args: { op: 'cut' } } },
        { functionResponse: { id: 'c1', name: 'edit', response: { ok: true } } },
        { text: 'Last' },
      ],
    };
    expect(parts({ content })).toEqual([
      { kind: 'text', text: 'First' },
      { kind: 'call', id: 'c1', name: 'edit', args: { op: 'cut' }, longRunning: false },
      { kind: 'response', id: 'c1', name: 'edit', result: { ok: true } },
      { kind: 'text', text: 'Last' },
    ]);
  });

  test('a state delta comes after the content, and an empty one says nothing', () => {
    const draft = { t: [] };
    expect(parts({ content: { parts: [{ text: 'x' }] }, actions: { stateDelta: { draft } } })).toEqual([
      { kind: 'text', text: 'x' },
      { kind: 'state', delta: { draft } },
    ]);
    expect(parts({ actions: { stateDelta: {}, artifactDelta: {} } })).toEqual([]);
  });

  test('snake_case says the same', () => {
    expect(
      decode({
        invocation_id: 'i',
        content: {
          parts: [
            { function_call: { name: 'edit', args: {} } },
            { function_response: { name: 'edit', response: 'done' } },
          ],
        },
        actions: { state_delta: { draft: null } },
        usage_metadata: { total_token_count: 7 },
      }),
    ).toMatchObject({
      mode: 'whole',
      parts: [
        { kind: 'call', name: 'edit' },
        { kind: 'response', name: 'edit', result: 'done' },
        { kind: 'state', delta: { draft: null } },
      ],
      usage: { total_token_count: 7 },
    });
  });

  test('what a model thinks, and what the person said, are not the answer', () => {
    expect(parts({ content: { parts: [{ text: 'hm', thought: true }] } })).toEqual([{ kind: 'unknown' }]);
    expect(parts({ author: 'user', content: { parts: [{ text: 'hi' }] } })).toEqual([{ kind: 'unknown' }]);
  });

  test('parts without a name here are unknown, and so are artifacts', () => {
    expect(parts({ content: { parts: [{ inlineData: { data: '' } }, 'odd', null] } })).toHaveLength(3);
    expect(parts({ content: { parts: [] }, actions: { artifactDelta: { 'a.png': 1 } } })).toEqual([
      { kind: 'unknown' },
    ]);
  });

  test('an event that only closes something says nothing, and is not unknown', () => {
    expect(parts({ invocationId: 'i', turnComplete: true })).toEqual([]);
  });
});

describe('the simplified forms', () => {
  test.each([
    [
      { type: 'text', content: 'Hi' },
      { kind: 'text', text: 'Hi' },
    ],
    [{ text: 'Hi' }, { kind: 'text', text: 'Hi' }],
    [
      { type: 'tool_call', name: 'edit', args: { a: 1 } },
      { kind: 'call', id: undefined, name: 'edit', args: { a: 1 } },
    ],
    [
      { type: 'tool_result', name: 'edit', result: [1] },
      { kind: 'response', id: undefined, name: 'edit', result: [1] },
    ],
    [{ type: 'heartbeat' }, { kind: 'heartbeat' }],
  ])('%j', (json, part) => {
    expect(decode(json)).toMatchObject({ mode: 'delta', parts: [part], raw: json });
  });

  test.each([
    [{ type: 'applause', volume: 11 }],
    [{ type: 'text' }],
    [{ type: 'tool_call' }],
    [{ something: 'else' }],
    [[1, 2]],
    [42],
    [null],
  ])('%j is unknown, and kept', (json) => {
    expect(decode(json)).toMatchObject({ parts: [{ kind: 'unknown' }], raw: json });
  });

  test('what is not JSON is unknown, and kept as it came', () => {
    expect(decodeMessage(undefined, '[DONE]')).toMatchObject({ parts: [{ kind: 'unknown' }], raw: '[DONE]' });
    expect(decodeMessage('surprise', 'ta-da')).toMatchObject({ parts: [{ kind: 'unknown' }], raw: 'ta-da' });
  });

  test.each(['{"broken', 'ab\0cd', 'text with \uFFFD'])('%j was spoilt on the way', (data) => {
    expect(decodeMessage(undefined, data)).toMatchObject({ parts: [{ kind: 'damaged' }], raw: data });
  });
});

describe('signs of life', () => {
  test('an event of that name, whatever it carries, empty data and comments', () => {
    for (const event of [
      decodeMessage('heartbeat', '{}'),
      decodeMessage('heartbeat', 'ping'),
      decodeMessage(undefined, ''),
      heartbeat(' still working'),
    ])
      expect(event.parts).toEqual([{ kind: 'heartbeat' }]);
  });
});

describe('failures', () => {
  test.each([
    [{ errorCode: 'UNKNOWN_ERROR', errorMessage: 'overloaded' }, 'UNKNOWN_ERROR', 'overloaded'],
    [{ error_code: 'SAFETY' }, 'SAFETY', 'SAFETY'],
    [{ errorMessage: 'no words' }, undefined, 'no words'],
    [{ errorCode: 503, errorMessage: 'busy' }, '503', 'busy'],
    [{ error: 'it broke' }, undefined, 'it broke'],
    [{ error: { code: 429, message: 'slow down' } }, '429', 'slow down'],
    [{ error: { odd: true } }, undefined, '{"odd":true}'],
    [{ type: 'error', content: 'it broke' }, undefined, 'it broke'],
    [{ type: 'error', code: 'E1', message: 'it broke' }, 'E1', 'it broke'],
  ])('%j', (json, code, message) => {
    expect(parts(json)).toEqual([{ kind: 'failure', code, message }]);
  });

  test('an event called error is one', () => {
    expect(parts({ message: 'gone' }, 'error')).toEqual([
      { kind: 'failure', code: undefined, message: 'gone' },
    ]);
    expect(decodeMessage('error', 'gone').parts).toEqual([
      { kind: 'failure', code: undefined, message: 'gone' },
    ]);
  });

  test('what was said before the failure in the same event comes first', () => {
    const event = { content: { parts: [{ text: 'Almost' }] }, errorCode: 'E', errorMessage: 'no' };
    expect(parts(event).map(({ kind }) => kind)).toEqual(['text', 'failure']);
  });

  test.each([
    [{ errorCode: 'STOP', content: { parts: [] } }],
    [{ errorCode: null, errorMessage: '', content: { parts: [] } }],
    [{ error: null, content: { parts: [] } }],
    [{ errorCode: 0, content: { parts: [] } }],
  ])('%j is none: ADK puts the finish reason of an empty answer there', (json) => {
    expect(parts(json)).toEqual([]);
  });
});

describe('an envelope in place of an event', () => {
  test.each([
    [{ code: 2001, message: 'out of credits' }, '2001', 'out of credits'],
    [{ code: '1002', msg: 'no such session' }, '1002', 'no such session'],
    [{ code: 5000 }, '5000', '{"code":5000}'],
  ])('is a failure: %o', (json, code, message) => {
    expect(parts(json)).toEqual([{ kind: 'failure', code, message }]);
  });

  test.each([{ code: 0, message: 'ok' }, { code: 'later' }, { type: 'text', content: 'Hi', code: 7 }])(
    'is none without a code of failure, or with something to say: %o',
    (json) => {
      expect(parts(json).every(({ kind }) => kind !== 'failure')).toBe(true);
    },
  );
});
