import { describe, expect, test } from 'vitest';
import { draftOf, rawState, readRawState } from '../../src/run/baseline.js';
import { Service } from './harness.js';

describe('the state in an answer', () => {
  test('is read from the service, out of its envelope', async () => {
    const draft = { t: [{ tt: 0, sg: [{ d: 4000 }] }], d: 4000 };
    const service = new Service({ run: [], states: [{ draft }] });
    expect(await readRawState(service.transport, 'a/b', {})).toMatchObject({ draft });
    expect(service.requests).toEqual(['GET /api/state/nemo_agent/me/a%2Fb/latest']);
  });

  test.each([
    [{ state: { draft: { t: [] }, more: 1 } }, { draft: { t: [] }, more: 1 }],
    [{ state: {} }, {}],
    [{ state: null }, {}],
    [
      { draft: { t: [] }, video_infos: [] },
      { draft: { t: [] }, video_infos: [] },
    ],
    [{ generated_media: [] }, { generated_media: [] }],
  ])('of %o is %o', (answer, state) => {
    expect(rawState(answer, 's1')).toEqual(state);
  });

  test.each([{}, { status: 'ok' }, { error: 'not found' }])('is not there in %o', (answer) => {
    expect(() => rawState(answer, 's1')).toThrow(
      expect.objectContaining({ name: 'ResponseFormatError', path: 'state.state', sessionId: 's1' }),
    );
  });
});

test.each([undefined, null, '', {}, '{}', 'null'])('a draft of %j is none', (draft) => {
  expect(draftOf({ draft })).toBeNull();
});
