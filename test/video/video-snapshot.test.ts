import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { OptionError, RunFailedError } from '../../src/errors/index.js';
import { carrySnapshot, checkVideoSnapshot, type VideoSnapshot } from '../../src/video/video-snapshot.js';

const session = { version: 1, sessionId: 's1', taskId: 't1', clientId: 'c1' } as const;

/** A snapshot with every field. */
const FULL: VideoSnapshot = {
  version: 1,
  clientId: 'c1',
  prompt: 'A promo',
  wishes: { duration: 15, aspectRatio: '9:16', title: 'Hello', music: true },
  language: 'en',
  output: { format: 'mp4', quality: 'high', resolution: '1080p', fps: 30 },
  media: ['a.jpg', null],
  download: 'promo.mp4',
  session,
  uploaded: true,
  files: ['a.jpg', 'b.jpg'],
  run: { ...session, message: 'A promo.', sentAt: 1, before: { draft: {}, media: [], generated: [] } },
  text: 'Done.',
  render: { version: 1, id: 'render_1', sessionId: 's1', startedAt: 2, submitted: true },
  result: { draft: {}, url: 'https://x/y.mp4', path: 'promo.mp4', bytes: 3, elapsedMs: 4 },
};

const open = (value: unknown): unknown => Reflect.apply(checkVideoSnapshot, undefined, [value]);

it('accepts a snapshot with every field, also after JSON, and keeps unknown fields', () => {
  const stored = JSON.parse(JSON.stringify({ ...FULL, later: true }));
  expect(open(stored)).toEqual(stored);
});

it('refuses junk in any field with an OptionError that names it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(FULL)),
      fc.oneof(
        fc.constant(null),
        fc.constant(Symbol('junk')),
        fc.bigInt(),
        fc.constant(() => {}),
        fc.constant([[]]),
      ),
      (field, junk) => {
        const check = (): unknown => open({ ...FULL, [field]: junk });
        expect(check).toThrow(OptionError);
        expect(check).toThrow(
          expect.objectContaining({ field: expect.stringContaining(`snapshot.${field}`) }),
        );
      },
    ),
  );
});

it.each([
  ['wishes', { duration: 'long' }, 'snapshot.wishes.duration'],
  ['output', { format: 'mp4' }, 'snapshot.output'],
  ['media', 5, 'snapshot.media'],
  ['media', ['a.jpg', 5], 'snapshot.media'],
  ['session', { version: 1, sessionId: 5 }, 'snapshot.session.sessionId'],
  ['run', { ...FULL.run, message: 5 }, 'snapshot.run.message'],
  ['run', { ...FULL.run, before: { media: 5 } }, 'snapshot.run.before.media'],
  ['render', { version: 1, id: 'r1', startedAt: 1 }, 'snapshot.render'],
  ['render', { submitted: true, version: 1, id: 5 }, 'snapshot.render.id'],
  ['result', { draft: 'x', elapsedMs: 1 }, 'snapshot.result'],
  ['files', [5], 'snapshot.files'],
])('names the part of %s that is wrong', (field, value, named) => {
  expect(() => open({ ...FULL, [field]: value })).toThrow(expect.objectContaining({ field: named }));
});

it('takes the place of the snapshot of a run on its error, stays usable for that run, and is not printed', () => {
  const { run } = FULL;
  if (run === undefined) throw new Error('no run');
  const failed = new RunFailedError({ partialText: '', snapshot: run, elapsedMs: 1, agentMessage: 'no' });
  // As an older version of the package has it.
  Object.defineProperty(failed, 'snapshot', { value: run, enumerable: true });
  const error = carrySnapshot(failed, FULL);
  expect(error.snapshot).toMatchObject({ prompt: 'A promo', message: 'A promo.', sentAt: 1 });
  expect(Object.keys(error)).not.toContain('snapshot');
});
