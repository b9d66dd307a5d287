import { expect, test } from 'vitest';
import { ToolCalls } from '../../src/run/tool-calls.js';
import { collect, data, Service } from './harness.js';

const part = (id: string | undefined, name: string, args = {}) =>
  ({ kind: 'call', id, name, args, longRunning: false }) as const;

test('arguments of a partial event are replaced by those of the whole one, and the call is passed on once', async () => {
  const call = (args: object, id?: string) => ({
    content: { parts: [{ functionCall: { ...(id && { id }), name: 'cut', args } }] },
  });
  for (const id of ['c1', undefined]) {
    const service = new Service({
      run: [
        [
          data({ ...call({ at: 1 }, id), partial: true }),
          data({ ...call({ at: 12 }, id), partial: true }),
          data(call({ at: 120, to: 7 }, id)),
          data({ text: 'Done.' }),
        ],
      ],
    });
    const { events, result } = await collect(service.run());
    expect(events).toMatchObject([{ type: 'tool_call', args: { at: 120, to: 7 } }, { type: 'text' }]);
    expect(result?.toolCalls).toMatchObject([{ name: 'cut', args: { at: 120, to: 7 } }]);
  }
});

test('a call of a partial event that no whole event repeats is passed on before its answer, or at the end', async () => {
  const partial = (name: string) =>
    data({ content: { parts: [{ functionCall: { name, args: {} } }] }, partial: true });
  const service = new Service({
    run: [
      [
        partial('cut'),
        data({ type: 'tool_result', name: 'cut', result: 'ok' }),
        partial('join'),
        data({ text: 'Done.' }),
      ],
    ],
  });
  const { events } = await collect(service.run());
  expect(events.map(({ type }) => type)).toEqual(['tool_call', 'tool_result', 'text', 'tool_call']);
});

test('a partial event without the id of its whole event is the same call', () => {
  const calls = new ToolCalls();
  calls.hold(part(undefined, 'cut', { at: 1 }));
  expect(calls.add(part('c1', 'cut', { at: 2 }))?.call.args).toEqual({ at: 2 });
  expect(calls.release()).toEqual([]);
  expect(calls.list).toHaveLength(1);
});

test('answers find their calls by id, else by name in order', () => {
  const calls = new ToolCalls();
  for (const id of ['a', undefined, undefined]) calls.add(part(id, 'cut'));
  calls.answer('a', 'cut', 1);
  calls.answer(undefined, 'cut', 2);
  calls.answer('unknown', 'cut', 3);
  expect(calls.complete).toBe(false);
  calls.answer(undefined, 'cut', 4);
  expect(calls.list.map(({ result }) => result)).toEqual([1, 2, 4]);
  expect(calls.complete).toBe(true);
});

test('the work per call does not grow with their number', () => {
  const steps = (count: number): number => {
    const calls = new ToolCalls();
    let reads = 0;
    for (let index = 0; index < count; index += 1) {
      const name = 'cut';
      calls.add({
        ...part(undefined, name),
        get args() {
          reads += 1;
          return {};
        },
      });
    }
    for (let index = 0; index < count; index += 1) calls.answer(undefined, 'cut', index);
    expect(calls.list.at(-1)?.result).toBe(count - 1);
    return reads;
  };
  expect(steps(40_000)).toBeLessThanOrEqual(steps(20_000) * 2);
});
