import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { NemoVideo } from '../../src/client.js';
import { isNemoVideoError } from '../../src/errors/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

const clock = new VirtualClock();

/** A client of a service that refuses everything. */
const nemo = new NemoVideo({
  token: 'nmv_usr_caller',
  credentialStore: false,
  clock,
  fetch: async () => {
    // Behind a timer, as a socket is: here the stack begins anew.
    await new Promise((resolve) => setImmediate(resolve));
    return Response.json({ code: 2001, message: 'no credits' });
  },
});
const session = nemo.sessions.open({ sessionId: 's-1' });
const file = { name: 'a.png', data: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) };

describe('the caller’s own line', () => {
  it.each<[string, () => PromiseLike<unknown>]>([
    ['a call', () => nemo.credits.balance()],
    ['a new session', () => nemo.sessions.create()],
    ['a state', () => session.state()],
    ['an upload', () => session.upload(file)],
    ['a message', () => session.run('hello')],
    ['a video', () => nemo.createVideo({ prompt: 'a promo' })],
    ['a render', () => nemo.renders.open('render_1').result()],
    ['an option', async () => nemo.createVideo(JSON.parse('{"promt":"x"}'))],
  ])('is in the error of %s, however late it is made', async (_, call) => {
    const thrown = await clock.run(
      Promise.resolve(call()).then(
        () => undefined,
        (error: unknown) => error,
      ),
    );
    if (!isNemoVideoError(thrown)) throw thrown;
    for (const shown of [inspect(thrown), String(thrown), thrown.stack]) {
      expect(shown).toMatch(/at .*caller\.test\.ts:\d+/);
    }
    expect(JSON.parse(JSON.stringify(thrown)).at).toMatch(/caller\.test\.ts:\d+/);
    // The first frame that is shown is the caller's, not one of this library.
    expect(/^ {4}at .*$/m.exec(inspect(thrown))?.[0]).toContain('caller.test.ts');
  });
});
