import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OptionError } from '../../src/errors/index.js';
import { checkIdentity, readRunSnapshot } from '../../src/run/run-snapshot.js';

const SNAPSHOT = {
  version: 1,
  sessionId: 's1',
  taskId: 't1',
  clientId: 'c1',
  message: 'hello',
  sentAt: 5,
  before: { draft: { t: [] }, media: [], generated: [{ id: 1 }] },
} as const;

test('a snapshot survives JSON', () => {
  expect(readRunSnapshot(JSON.parse(JSON.stringify(SNAPSHOT)))).toEqual(SNAPSHOT);
});

test('what need not be known may be missing', () => {
  const { taskId, clientId, ...rest } = SNAPSHOT;
  expect([taskId, clientId]).toEqual(['t1', 'c1']);
  expect(readRunSnapshot({ ...rest, before: null })).toEqual({ ...rest, before: null });
});

test.each([
  ['snapshot', null],
  ['snapshot.version', { ...SNAPSHOT, version: 2 }],
  ['snapshot.sessionId', { ...SNAPSHOT, sessionId: '' }],
  ['snapshot.message', { ...SNAPSHOT, message: 7 }],
  ['snapshot.sentAt', { ...SNAPSHOT, sentAt: '5' }],
  ['snapshot.before', { ...SNAPSHOT, before: 'unknown' }],
  ['snapshot.before.media', { ...SNAPSHOT, before: { generated: [] } }],
])('%s is named when it is wrong', (field, value) => {
  expect(() => readRunSnapshot(value)).toThrow(expect.objectContaining({ field }));
});

test('another client gets an error that the snapshot is not its own; an unknown one is let through', () => {
  const snapshot = readRunSnapshot(SNAPSHOT);
  expect(() => checkIdentity(snapshot, 'c2')).toThrow(OptionError);
  expect(() => checkIdentity(snapshot, 'c1')).not.toThrow();
  expect(() => checkIdentity(snapshot, undefined)).not.toThrow();
});

test('junk in any field is read as what it must be, or named', () => {
  const fields = fc.constantFrom<keyof typeof SNAPSHOT>(
    'version',
    'sessionId',
    'taskId',
    'clientId',
    'message',
    'sentAt',
    'before',
  );
  fc.assert(
    fc.property(fields, fc.jsonValue({ maxDepth: 3 }), (field, junk) => {
      try {
        const { [field]: read } = readRunSnapshot({ ...SNAPSHOT, [field]: junk });
        expect(field === 'before' ? typeof read : read).toEqual(field === 'before' ? 'object' : junk);
      } catch (error) {
        expect(error).toBeInstanceOf(OptionError);
        expect(error).toHaveProperty('field', expect.stringContaining(`snapshot.${field}`));
      }
    }),
    { numRuns: 2_000 },
  );
});
