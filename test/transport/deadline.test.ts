import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { AbortError } from '../../src/errors/index.js';
import { systemClock } from '../../src/platform/clock.js';
import { abortable, type Deadline, pause, withDeadline } from '../../src/transport/deadline.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { failure } from './harness.js';

const never = () => new Promise<never>(() => {});

function deadline(more: Partial<Deadline> = {}): Deadline & { readonly clock: VirtualClock } {
  return {
    operation: 'state',
    limitMs: 1_000,
    limit: 'timeouts.request',
    signal: undefined,
    ...more,
    clock: new VirtualClock(),
  };
}

describe('withDeadline', () => {
  it('gives what the work gives, and leaves no timer', async () => {
    const limit = deadline();
    expect(await withDeadline(limit, async () => 5)).toBe(5);
    expect(limit.clock.pending).toBe(0);
  });

  it('gives the failure of the work, and leaves no timer', async () => {
    const limit = deadline();
    const wrong = new Error('wrong');
    expect(
      await failure(
        withDeadline(limit, () => {
          throw wrong;
        }),
      ),
    ).toBe(wrong);
    expect(limit.clock.pending).toBe(0);
  });

  it('ends work that takes too long, and names the limit', async () => {
    const limit = deadline({ facts: { attempts: 2, sessionId: 's-1' } });
    let reason: unknown;
    const ended = failure(
      withDeadline(limit, (signal) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
        });
        return never();
      }),
    );
    const error = await limit.clock.run(ended);
    expect(error).toMatchObject({ name: 'TimeoutError', limitMs: 1_000, attempts: 2, sessionId: 's-1' });
    expect(error).toHaveProperty('message', expect.stringContaining('timeouts.request'));
    expect(reason).toBe(error);
  });

  it('waits on while its end moves', async () => {
    const clock = new VirtualClock();
    let dueAt = clock.now() + 1_000;
    const begun = clock.now();
    const ended = failure(withDeadline({ ...deadline(), dueAt: () => dueAt, clock }, never));
    await clock.advance(900);
    dueAt = clock.now() + 1_000;
    expect(await clock.run(ended)).toMatchObject({ name: 'TimeoutError', limitMs: 1_000 });
    expect(clock.now() - begun).toBe(1_900);
  });

  it('ends with the signal of the caller, also when the work does not listen', async () => {
    const caller = new AbortController();
    const limit = deadline({ signal: caller.signal });
    const ended = failure(withDeadline(limit, never));
    caller.abort('why');
    expect(await ended).toMatchObject({ name: 'AbortError', cause: 'why' });
    expect(limit.clock.pending).toBe(0);
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  });

  it('begins nothing under a signal that is aborted already', async () => {
    let begun = false;
    const limit = deadline({ signal: AbortSignal.abort() });
    await failure(
      withDeadline(limit, async () => {
        begun = true;
      }),
    );
    expect(begun).toBe(false);
  });

  it('leaves no timer of the machine either', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    await withDeadline({ ...deadline(), clock: systemClock, limitMs: 3_600_000 }, async () => 5);
    expect(timers()).toBe(before);
  });

  it('warns of no leak when a thousand calls share a signal', async () => {
    const warnings: unknown[] = [];
    const onWarning = (warning: unknown) => warnings.push(warning);
    process.on('warning', onWarning);
    const { signal } = new AbortController();
    const gates: (() => void)[] = [];
    const calls = Array.from({ length: 1_000 }, () =>
      withDeadline({ ...deadline(), signal }, () => new Promise<void>((resolve) => gates.push(resolve))),
    );
    for (const open of gates) open();
    await Promise.all(calls);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

it('pause turns an abort into its error', async () => {
  const caller = new AbortController();
  const ended = failure(pause(new VirtualClock(), 5_000, caller.signal, 'render'));
  caller.abort('why');
  expect(await ended).toMatchObject({ name: 'AbortError', cause: 'why', message: 'render was aborted' });
});

describe('abortable', () => {
  it('settles with the promise, and leaves no listener', async () => {
    const { signal } = new AbortController();
    expect(await abortable(Promise.resolve(5), signal, { operation: 'export' })).toBe(5);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('rejects with an AbortError that names the operation, also when the promise never settles', async () => {
    const stop = new AbortController();
    const waiting = failure(abortable(never(), stop.signal, { operation: 'export', sessionId: 's1' }));
    const reason = new Error('enough');
    stop.abort(reason);
    const error = await waiting;
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ message: 'export was aborted', sessionId: 's1', cause: reason });
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
  });

  it('leaves a failure of the promise as it is', async () => {
    const wrong = new Error('wrong');
    const { signal } = new AbortController();
    expect(await failure(abortable(Promise.reject(wrong), signal, { operation: 'export' }))).toBe(wrong);
  });
});
