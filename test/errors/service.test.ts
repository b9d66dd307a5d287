import { describe, expect, it } from 'vitest';
import { ApiError } from '../../src/errors/index.js';

describe('ApiError', () => {
  it.each([
    [{ code: 5000, status: 503 }, 'state failed with code 5000, HTTP 503'],
    [{ code: 503, status: 503 }, 'state failed with HTTP 503'],
    [{ code: 503 }, 'state failed with code 503'],
    [{ status: 503 }, 'state failed with HTTP 503'],
    [{}, 'state failed'],
  ])('names each number of %j once', (facts, message) => {
    expect(new ApiError({ operation: 'state', ...facts })).toMatchObject({ ...facts, message });
  });

  it('hints at the id and the account where a render is unknown, and only there', () => {
    const asked = { operation: 'render.poll', renderId: 'r', status: 404 };
    expect(new ApiError(asked).hint).toMatch(/no such render.*account/);
    expect(new ApiError({ ...asked, operation: 'render.submit' }).hint).not.toContain('such render');
    expect(new ApiError({ ...asked, renderId: undefined }).hint).not.toContain('such render');
    expect(new ApiError({ ...asked, status: 403 }).hint).not.toContain('such render');
  });
});
