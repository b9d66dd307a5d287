import { expect, test } from 'vitest';
import { ResponseFormatError } from '../../src/errors/index.js';
import { Frames } from '../../src/run/frames.js';
import { bytes } from './harness.js';

interface Read {
  readonly seen: string[];
  readonly end: string;
}

/** What comes of a body that arrives in these pieces. */
function read(...pieces: readonly (string | Uint8Array)[]): Read {
  const seen: string[] = [];
  const stream = new Frames(
    {
      message: (name, data) => void seen.push(`${name ?? ''}|${data}`),
      comment: (text) => void seen.push(`: ${text}`),
    },
    1_000,
  );
  for (const piece of pieces) stream.feed(typeof piece === 'string' ? bytes(piece) : piece);
  return { end: stream.end(), seen };
}

test('several events in a chunk are several messages, and one event over many chunks is one', () => {
  expect(read('data: 1\n\ndata: 2\n\n').seen).toEqual(['|1', '|2']);
  expect(read('da', 'ta', ': {"a":', '1}', '\n', '\n').seen).toEqual(['|{"a":1}']);
});

test.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
])('lines may end in %s', (_, eol) => {
  const body = ['event: heartbeat', 'data: {}', '', ': hello', '', 'data: {"a":', 'data: 1}', '', ''].join(
    eol,
  );
  expect(read(body)).toEqual({ seen: ['heartbeat|{}', ': hello', '|{"a":\n1}'], end: 'clean' });
});

test.each(['event: heartbeat\n\n', 'event:heartbeat\r\n\r\n', 'event: heartbeat\ndata:\n\n'])(
  'a heartbeat needs no data, wherever its bytes are split: %j',
  (beat) => {
    const body = bytes(`data: 1\n\n${beat}data: event: heartbeat\n\n${beat}event: heartbeats\n\ndata: 2\n\n`);
    const whole = read(body);
    expect(whole.seen).toEqual(['|1', 'heartbeat|', '|event: heartbeat', 'heartbeat|', '|2']);
    for (let cut = 1; cut < body.length; cut += 1) {
      expect(read(body.subarray(0, cut), body.subarray(cut))).toEqual(whole);
    }
    expect(read(beat).seen).toEqual(['heartbeat|']);
  },
);

test('a byte order mark is no part of the first line', () => {
  expect(read(new Uint8Array([0xef, 0xbb]), new Uint8Array([0xbf]), 'data: 1\n\n').seen).toEqual(['|1']);
});

test('characters survive a cut through the middle of their bytes', () => {
  const body = bytes('data: 视频…🎬\n\n');
  for (let cut = 0; cut <= body.length; cut += 1) {
    expect(read(body.subarray(0, cut), body.subarray(cut)).seen).toEqual(['|视频…🎬']);
  }
});

test.each([
  ['nothing at all', ''],
  ['a whole event', 'data: {"a":1}\n\n'],
  ['complete JSON whose blank line is missing', 'data: {"a":1}\n'],
  ['complete JSON whose line break is missing, too', 'data: {"a":1}'],
  ['complete JSON after a bare CR', 'data: {"a":1}\r'],
  ['an empty event whose blank line is missing', 'data: {"a":1}\n\ndata:\n'],
])('the end is clean after %s', (_, body) => {
  const { end, seen } = read(body);
  expect(end).toBe('clean');
  if (body !== '') expect(seen[0]).toBe('|{"a":1}');
});

test.each([
  ['half of an object', '{"a":'],
  ['a text without its end', '"hello'],
  ['a number that may have been longer', '12'],
])('the end is torn when what is left over is %s', (_, rest) => {
  expect(read('data: {"a":1}\n\n', `data: ${rest}`)).toEqual({ seen: ['|{"a":1}'], end: 'torn' });
  expect(read(`data: ${rest}\n`)).toEqual({ seen: [], end: 'torn' });
});

test.each(['d', 'dat', 'data:', 'data: ', 'event: heart', ': still wor', 'id: 7'])(
  'the end is torn after %j, whose line might have gone on',
  (rest) => {
    expect(read('data: {"a":1}\n\n', rest)).toEqual({ seen: ['|{"a":1}'], end: 'torn' });
  },
);

test('an event that is complete before a torn line is still passed on', () => {
  expect(read('data: {"a":1}\nda')).toEqual({ seen: ['|{"a":1}'], end: 'torn' });
});

test('a character without its last byte makes a torn end', () => {
  expect(read(bytes('data: {"a":"视').subarray(0, -1)).end).toBe('torn');
});

test('a body that is no event stream, such as the page of a proxy, is torn and not an empty answer', () => {
  expect(read('<html>\n<body>Sign in to the network</body>\n</html>\n').end).toBe('torn');
});

test('an unknown field between events is ignored, as the standard says', () => {
  expect(read('flavour: new\ndata: {"a":1}\n\n')).toEqual({ seen: ['|{"a":1}'], end: 'clean' });
});

test('a line above the limit is an error at once, before its end is there', () => {
  const stream = new Frames({ message() {}, comment() {} }, 100);
  stream.feed(bytes(`data: ${'x'.repeat(80)}`));
  expect(() => stream.feed(bytes('x'.repeat(20)))).toThrow(ResponseFormatError);
});

test('an event of many lines is held to the limit as well', () => {
  const stream = new Frames({ message() {}, comment() {} }, 100);
  const line = bytes(`data: ${'x'.repeat(40)}\n`);
  stream.feed(line);
  stream.feed(line);
  expect(() => stream.feed(line)).toThrow(/lines of at most 100 characters/);
});
