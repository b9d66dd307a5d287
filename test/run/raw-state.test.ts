import { describe, expect, test } from 'vitest';
import { rawState } from '../../src/run/raw-state.js';

describe('the state in an answer', () => {
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
