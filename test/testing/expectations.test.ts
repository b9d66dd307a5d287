import { describe, expect, it } from 'vitest';
import { createTestClient, edit, expectChargedOnce, expectSentOnce, say } from '../../src/testing/index.js';
import { draftOf } from '../local/support/script.js';

const SEA = 'Make a 10-second video about the sea';
const TITLE = 'Change the title to "Sale"';

/** A backend that was sent these messages. */
async function backendOf(...messages: readonly string[]) {
  const agent = ({ message }: { message: string }) => [
    edit(() => draftOf(message), { credits: message === SEA ? 50 : 10 }),
    say('Done!'),
  ];
  const test = await createTestClient({ agent });
  const session = await test.nemo.sessions.create();
  for (const message of messages) await session.send(message);
  return Object.assign(test.backend, { [Symbol.asyncDispose]: () => test.backend.close() });
}

const failureOf = (check: () => unknown): unknown => {
  try {
    return check();
  } catch (error) {
    return error;
  }
};

describe('expectChargedOnce', () => {
  it('returns the charge', async () => {
    await using backend = await backendOf(SEA);
    expect(expectChargedOnce(backend)).toMatchObject({ credits: 50, message: SEA });
  });

  it('says what was charged and sent, where it was charged twice', async () => {
    await using backend = await backendOf(SEA, TITLE);
    expect(failureOf(() => expectChargedOnce(backend))).toMatchObject({
      name: 'AssertionError',
      code: 'ERR_ASSERTION',
      message: `Expected one charge, found 2: 50 credits for “${SEA}”, 10 credits for “${TITLE}”. Messages sent: “${SEA}”, “${TITLE}”.`,
      actual: [`50 credits for “${SEA}”`, `10 credits for “${TITLE}”`],
    });
    expect(expectChargedOnce(backend, 'title').credits).toBe(10);
    expect(expectChargedOnce(backend, /sea$/).credits).toBe(50);
  });

  it('says so, where nothing was charged', async () => {
    await using backend = await backendOf();
    expect(failureOf(() => expectChargedOnce(backend, 'sea'))).toMatchObject({
      message: 'Expected one charge for “sea”, found none. Messages sent: none.',
    });
  });

  it('points at the line of the test', async () => {
    await using backend = await backendOf();
    const error = failureOf(() => expectChargedOnce(backend));
    expect(String(Reflect.get(Object(error), 'stack')).split('\n')[1]).toContain('expectations.test.ts');
  });
});

describe('expectSentOnce', () => {
  it('returns the request', async () => {
    await using backend = await backendOf(SEA);
    expect(expectSentOnce(backend)).toMatchObject({ operation: 'run', status: 200 });
  });

  it('counts a message that was refused, and shows the answers', async () => {
    await using test = await createTestClient({ faults: { on: 'run', do: 'status', status: 402 } });
    const session = await test.nemo.sessions.create();
    await session.send(SEA).catch(() => {});
    await session.send(SEA);
    expect(failureOf(() => expectSentOnce(test.backend, SEA))).toMatchObject({
      message: `Expected one message for “${SEA}”, found 2: “${SEA}” (402, fault status), “${SEA}” (200).`,
    });
    expectChargedOnce(test.backend);
  });

  it('shows the other messages, where none matches', async () => {
    await using backend = await backendOf(SEA);
    expect(failureOf(() => expectSentOnce(backend, /moon/))).toMatchObject({
      message: `Expected one message for /moon/, found none. Messages in all: “${SEA}” (200).`,
    });
  });
});

it.each([
  [{}, undefined, 'backend'],
  [{ requests: [], charges: [] }, 7, 'message'],
])('refuses wrong arguments: %j, %j', (backend, message, field) => {
  for (const check of [expectChargedOnce, expectSentOnce])
    expect(() => Reflect.apply(check, undefined, [backend, message])).toThrow(
      expect.objectContaining({ name: 'OptionError', field }),
    );
});
