import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, readText, Utf8Decoder } from '../../src/transport/body.js';
import { failure } from './harness.js';

const about = { operation: 'state', facts: { attempts: 2, sessionId: 's-1' } } as const;

/** A body of chunks that reports whether it was given up. */
function chunked(chunks: readonly (string | Uint8Array | Error)[], headers: Record<string, string> = {}) {
  const state = { cancelled: false };
  const encoder = new TextEncoder();
  const left = [...chunks];
  const body = new ReadableStream({
    pull(controller) {
      const chunk = left.shift();
      if (chunk === undefined) controller.close();
      else if (chunk instanceof Error) controller.error(chunk);
      else controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { state, response: new Response(body, { headers }) };
}

describe('readText', () => {
  it('reads a body of unknown length, also when a character is split over chunks', async () => {
    const bytes = new TextEncoder().encode('素材');
    const { response } = chunked(['a', bytes.slice(0, 2), bytes.slice(2, 4), bytes.slice(4)]);
    expect(await readText({ ...about, response })).toBe('a素材');
  });

  it('reads a body of known length', async () => {
    const response = new Response('hello', { headers: { 'content-length': '5' } });
    expect(await readText({ ...about, response })).toBe('hello');
  });

  it.each([
    ['none', undefined],
    ['a stream of Node', Readable.from([])],
  ])(
    'reads the text where the body is %s, as in React Native and older stand-ins for fetch',
    async (_, body) => {
      const response = Object.defineProperty(new Response('hello'), 'body', { value: body });
      expect(await readText({ ...about, response })).toBe('hello');
    },
  );

  it('gives up above the limit and ends the connection', async () => {
    const { response, state } = chunked(['1234', '5678', '9']);
    expect(await failure(readText({ ...about, response, limitBytes: 6 }))).toMatchObject({
      name: 'ResponseFormatError',
      message: expect.stringContaining('at most 6 bytes'),
      attempts: 2,
      sessionId: 's-1',
    });
    expect(state.cancelled).toBe(true);
  });

  it('reads nothing of a body that declares too much', async () => {
    const { response, state } = chunked(['x'], { 'content-length': '7' });
    expect(await failure(readText({ ...about, response, limitBytes: 6 }))).toMatchObject({
      name: 'ResponseFormatError',
    });
    expect(state.cancelled).toBe(true);
  });

  it('does not trust the declared length of what is compressed', async () => {
    const { response } = chunked(['123456789'], { 'content-length': '2', 'content-encoding': 'gzip' });
    expect(await failure(readText({ ...about, response, limitBytes: 6 }))).toMatchObject({
      name: 'ResponseFormatError',
    });
  });

  it('takes a body that breaks off for a failure of the network', async () => {
    const broken = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
    const { response } = chunked(['{"a":', new TypeError('terminated', { cause: broken })]);
    expect(await failure(readText({ ...about, response }))).toMatchObject({
      name: 'NetworkError',
      sent: 'unknown',
      attempts: 2,
      message: expect.stringContaining('UND_ERR_SOCKET'),
    });
  });
});

it('parseJson distinguishes JSON from everything else', () => {
  expect(parseJson('null')).toEqual({ json: null });
  expect(parseJson('')).toBeUndefined();
  expect(parseJson('<html>')).toBeUndefined();
});

function decoded(pieces: readonly Uint8Array[]): string {
  const decoder = new Utf8Decoder();
  return pieces.map((piece) => decoder.decode(piece)).join('') + decoder.end();
}

/** What the platform's decoder makes of the whole. */
function expected(pieces: readonly Uint8Array[]): string {
  return new TextDecoder().decode(Buffer.concat(pieces));
}

/** Bytes as they come, right and wrong: whole characters, halves of them, byte order marks, anything. */
const bytes = fc.oneof(
  fc.string().map((text) => Buffer.from(text)),
  fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
  fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => Buffer.from(text).subarray(1)),
  fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => Buffer.from(text).subarray(0, -1)),
  fc.constantFrom([0xef, 0xbb, 0xbf], [0xef], [0xbb, 0xbf], [0xf0, 0x9f], [0x8e, 0xac], []).map(Buffer.from),
  fc.uint8Array({ maxLength: 12 }),
);

describe('the decoder of UTF-8', () => {
  it('gives of any pieces what the platform gives of the whole', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 8 }), (pieces) => {
        expect(decoded(pieces)).toBe(expected(pieces));
      }),
      { numRuns: 3_000 },
    );
  });

  it('drops a byte order mark only where it is the first character', () => {
    const mark = Buffer.from('\uFEFF');
    expect(decoded([mark.subarray(0, 1), mark.subarray(1), mark, Buffer.from('a'), mark])).toBe(
      '\uFEFFa\uFEFF',
    );
  });

  it('gives every character as soon as its last byte is there', () => {
    const decoder = new Utf8Decoder();
    expect(decoder.decode(Buffer.from('a'))).toBe('a');
    const [film, rest] = [Buffer.from('🎬b').subarray(0, 3), Buffer.from('🎬b').subarray(3)];
    expect(decoder.decode(film)).toBe('');
    expect(decoder.decode(rest)).toBe('🎬b');
  });
});
