import { describe, expect, it } from 'vitest';
import { checkSnapshot } from '../../src/errors/index.js';
import { NemoVideo } from '../../src/index.js';

const check = (value: unknown) => () => checkSnapshot(value, 'what `made()` gave', 'session');

describe('what should be a snapshot', () => {
  it('passes in this version', () => {
    expect(check({ version: 1, more: true })).not.toThrow();
  });

  it.each(['{"version":1}', null, undefined, 5, [1]])(
    'is no snapshot, and the hint says what is: %j',
    (value) => {
      const hint = 'Pass what `made()` gave; of its JSON, what `JSON.parse` gives.';
      expect(check(value)).toThrow(expect.objectContaining({ name: 'OptionError', field: 'session', hint }));
    },
  );

  it.each([{}, { version: '1' }])('has no version: %j', (value) => {
    const hint = expect.stringContaining('made()');
    expect(check(value)).toThrow(expect.objectContaining({ field: 'session.version', hint }));
  });

  it('is of another version, which only that one can open', () => {
    const hint = 'Open it with the version of this library that made it.';
    expect(check({ version: 2 })).toThrow(expect.objectContaining({ field: 'session.version', hint }));
  });
});

describe('a snapshot as it was stored, not parsed', () => {
  const nemo = new NemoVideo({ credentialStore: false });
  it.each([
    ['a video', (json: never) => nemo.openVideo(json), 'onCheckpoint'],
    ['a session', (json: never) => nemo.sessions.open(json), 'session.toJSON()'],
    ['a render', (json: never) => nemo.renders.open(json), 'job.toJSON()'],
    ['a run', (json: never) => nemo.runs.open(json), 'onSend'],
  ])('is refused with where to take it from: %s', (_, open, made) => {
    const hint = expect.stringContaining(made);
    expect(() => open('{"version":1}' as never)).toThrow(
      expect.objectContaining({ name: 'OptionError', hint }),
    );
  });
});
