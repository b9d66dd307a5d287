import { describe, expect, it } from 'vitest';
import { anonymousTokenAnswer, createdSessionAnswer, stateAnswer } from '../../src/wire/index.js';

const odd = [5, 'text', true, [], {}, null, undefined];

describe('the answers of the service', () => {
  it('have ids as text or as a number', () => {
    expect(createdSessionAnswer.parse({ session_id: 12, task_id: 34 })).toMatchObject({
      session_id: '12',
      task_id: '34',
    });
    expect(stateAnswer.parse({ state: {}, session_id: 's', task_id: 5, task_name: 'promo' })).toEqual({
      state: {},
      session_id: 's',
      task_id: '5',
      task_name: 'promo',
    });
  });

  it.each(odd)('are not failed by %o in a field that is not needed', (value) => {
    expect(createdSessionAnswer.parse({ session_id: 's', task_id: value, user_id: value }).session_id).toBe(
      's',
    );
    expect(anonymousTokenAnswer.parse({ token: 't', expires_at: value, credits: value }).token).toBe('t');
    expect(stateAnswer.parse({ state: {}, task_id: value, task_name: value }).state).toEqual({});
  });

  it.each(odd.filter((value) => typeof value !== 'string' && typeof value !== 'number'))(
    'are failed by %o in the place of an id that is needed',
    (value) => {
      expect(createdSessionAnswer.safeParse({ session_id: value }).success).toBe(false);
    },
  );
});
