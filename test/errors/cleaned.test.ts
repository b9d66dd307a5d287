import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cleaned } from '../../src/errors/index.js';

const TOKEN = 'nmv_usr_canary0123456789';
const headers = { authorization: `Bearer ${TOKEN}` };

/** Everything that somebody could print of a value. */
function everything(value: unknown): string {
  const json = (): string => {
    try {
      return JSON.stringify(value) ?? '';
    } catch {
      return '';
    }
  };
  const text = (): string => {
    try {
      return String(value);
    } catch {
      return '';
    }
  };
  return inspect(value, { depth: 20, showHidden: true, getters: true }) + json() + text();
}

describe('cleaned', () => {
  it.each<[string, unknown]>([
    ['a string', `token ${TOKEN}`],
    ['an error', new Error(`wrong: ${TOKEN}`)],
    ['a cause of a cause', new Error('a', { cause: new Error('b', { cause: new Error(TOKEN) }) })],
    ['errors in one', new AggregateError([new Error(TOKEN)], 'all failed')],
    [
      'an error with the request',
      Object.assign(new Error('refused'), { request: new Request('https://x.test', { headers }) }),
    ],
    [
      'an error with its configuration, as some clients throw',
      Object.assign(new Error('refused'), { config: { headers } }),
    ],
    ['an error with hidden fields', Object.defineProperty(new Error('x'), 'secret', { value: TOKEN })],
    ['headers', new Headers(headers)],
    [
      'headers in a plain object, without the word Bearer',
      { headers: { Authorization: 'Basic dXNlcg==', token: TOKEN } },
    ],
    [
      'a response',
      Object.assign(new Error('x'), { response: new Response('', { headers: { 'set-cookie': TOKEN } }) }),
    ],
    ['an address', new URL(`https://x.test/?token=${TOKEN}`)],
    ['a map', new Map([['k', TOKEN]])],
    ['a list', [1, [TOKEN]]],
    [
      'an object of a class',
      new (class Box {
        inside = TOKEN;
      })(),
    ],
    ['a function that has one', Object.assign(() => {}, { token: TOKEN })],
    [
      'an error with such a function',
      Object.assign(new Error('x'), { run: Object.assign(() => {}, { token: TOKEN }) }),
    ],
    ['a DOMException', new DOMException(TOKEN, 'AbortError')],
    [
      'an error with a getter',
      Object.defineProperty(new Error('x'), 'config', { get: () => TOKEN, enumerable: true }),
    ],
    [
      'an error whose message is a getter',
      new (class Own extends Error {
        override get message(): string {
          return TOKEN;
        }
      })(),
    ],
  ])('shows no credential of %s', (_, value) => {
    expect(everything(cleaned(value))).not.toContain(TOKEN);
  });

  it.each<[string, unknown]>([
    ['an error', new Error('plain')],
    ['an object', { a: [1, 'b', null], c: new Date() }],
    ['a string', 'plain'],
    ['a number', 5],
    ['nothing', undefined],
    ['a request without a credential', new Request('https://x.test')],
    ['bytes', new Uint8Array(3)],
    ['a function', () => {}],
    ['a class', class {}],
    ['a signal', new AbortController().signal],
    [
      'an error with what the platform shows',
      Object.assign(new Error('x'), {
        at: new Blob([]),
        url: new URL('https://x.test'),
        body: new Response(),
      }),
    ],
  ])('gives %s back as it is when there is none', (_, value) => {
    expect(cleaned(value)).toBe(value);
  });

  it('keeps of an error its name, code and stack', () => {
    const error = Object.assign(new TypeError(`bad ${TOKEN}`), { code: 'EBAD' });
    const copy = cleaned(error);
    expect(copy).toBeInstanceOf(Error);
    expect(copy).toMatchObject({ name: 'TypeError', message: 'bad [redacted]', code: 'EBAD' });
    expect(copy).toHaveProperty('stack', expect.stringContaining('cleaned.test.ts'));
  });

  it('ends where a value holds itself', () => {
    const loop: Record<string, unknown> = { token: TOKEN };
    loop.self = loop;
    expect(everything(cleaned(loop))).not.toContain(TOKEN);
  });

  it('keeps the stack of an error with a getter, and names the getter', () => {
    const error = Object.defineProperty(new Error('x'), 'config', { get: () => TOKEN, enumerable: true });
    expect(cleaned(error)).toMatchObject({ message: 'x', config: '[Getter]', stack: error.stack });
  });

  it('runs no getter', () => {
    let runs = 0;
    cleaned({
      get trap() {
        runs += 1;
        return TOKEN;
      },
    });
    expect(runs).toBe(0);
  });
});
