import { describe, expect, test } from 'vitest';
import { RunFailedError } from '../../src/errors/index.js';
import { Frames } from '../../src/run/frames.js';
import { decodeMessage, heartbeat, type WireEvent } from '../../src/run/wire-event.js';
import { collect, recording, Service } from './harness.js';

// The streams of a real ADK server, byte for byte.

async function play(name: string) {
  const service = new Service({ run: [[recording(name)]] });
  return { ...(await collect(service.run())), service };
}

test('title-edit-streaming: text is not doubled, tool call and response appear, the timeline is reported', async () => {
  const { events, result, service } = await play('title-edit-streaming');
  expect(events.map(({ type }) => type).filter((type) => type !== 'action')).toEqual([
    'text',
    'text',
    'text',
    'tool_call',
    'tool_result',
    'timeline',
    'text',
    'text',
    'text',
  ]);
  expect(events[3]).toMatchObject({
    id: 'adk-5a9ce402-99bd-4ba5-8b03-1b30e197109c',
    name: 'edit_multitrack',
    args: { op: 'add_title', text: 'Urban Dreams' },
  });
  expect(events[5]).toMatchObject({ timeline: { durationMs: 10_000 } });
  expect(result).toMatchObject({
    text: 'Creating your video…Done! Your title is in. Click the Export button to download it, or open the timeline panel to preview.',
    silent: false,
    recovered: false,
    usage: { totalTokenCount: 42 },
    toolCalls: [{ name: 'edit_multitrack', result: { status: 'success' } }],
  });
  expect(result?.timeline?.toString()).toBe(
    'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)',
  );
  expect(service.reads).toBe(0);
  for (const event of events) expect(event.raw).toMatchObject({ author: 'nemo_agent' });
});

test('title-edit-streaming: what asks for a screen becomes actions, and leaves the displayed text', async () => {
  const { events, result } = await play('title-edit-streaming');
  expect(result?.actions.map(({ action }) => action)).toContain('export');
  expect(events.filter(({ type }) => type === 'action')).toMatchObject(result?.actions ?? []);
  expect(result?.displayText).toContain('Your title is in.');
  expect(result?.displayText).not.toMatch(/button|panel/);
});

test('silent-edit: the timeline of the stream shows what changed, and no state is read', async () => {
  const { result, service } = await play('silent-edit');
  expect(result).toMatchObject({ text: '', displayText: '', silent: true, recovered: false });
  expect(result?.summary.join('\n')).toContain('Paradise Found');
  expect(service.reads).toBe(0);
});

test('stream-error: RunFailedError with what had been said', async () => {
  const { error } = await play('stream-error');
  expect(error).toBeInstanceOf(RunFailedError);
  expect(error).toMatchObject({
    agentCode: 'UNKNOWN_ERROR',
    agentMessage: 'upstream model overloaded',
    partialText: 'Working on it… ',
  });
});

/** What the pieces of a body are read into: all that a run knows of them. */
function read(...pieces: readonly Uint8Array[]): { events: WireEvent[]; end: string } {
  const events: WireEvent[] = [];
  const stream = new Frames(
    {
      message: (name, data) => void events.push(decodeMessage(name, data)),
      comment: (text) => void events.push(heartbeat(text)),
    },
    1_000_000,
  );
  for (const piece of pieces) stream.feed(piece);
  return { end: stream.end(), events };
}

describe.each(['title-edit-streaming', 'silent-edit', 'stream-error'])('%s', (name) => {
  const body = recording(name);
  const whole = read(body);

  test('split in two at every byte, it gives the same events', () => {
    const expected = JSON.stringify(whole);
    for (let cut = 1; cut < body.length; cut += 1) {
      const split = read(body.subarray(0, cut), body.subarray(cut));
      if (JSON.stringify(split) !== expected) expect.unreachable(`split at byte ${cut}`);
    }
  });

  test('byte by byte through a run, it gives the same events and the same end', async () => {
    const bytes = Array.from(body, (_, index) => body.subarray(index, index + 1));
    const slow = await collect(new Service({ run: [bytes] }).run());
    const fast = await play(name);
    expect(slow.events).toEqual(fast.events);
    expect(slow.result).toEqual(fast.result);
  });

  test('cut off at any byte, it passes for a clean end only between events', () => {
    for (let cut = 1; cut < body.length; cut += 1) {
      const { end, events } = read(body.subarray(0, cut));
      const rest = body.subarray(body.lastIndexOf(LF, cut - 1) + 1, cut);
      if ((end === 'clean') !== (rest.length === 0 || isEvent(rest)))
        expect.unreachable(`${end} at byte ${cut}`);
      const last = JSON.stringify(whole.events[events.length - 1]);
      if (JSON.stringify(events.at(-1)) !== last) expect.unreachable(`another event at byte ${cut}`);
    }
  });
});

const LF = 10;
const CLOSING_BRACE = 125;

/** Whether a line without its end is a whole event all the same. */
function isEvent(line: Uint8Array): boolean {
  if (line.at(-1) !== CLOSING_BRACE) return false;
  try {
    JSON.parse(new TextDecoder().decode(line).slice('data: '.length));
    return true;
  } catch {
    return false;
  }
}
