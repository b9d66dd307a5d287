import { describe, expect, it } from 'vitest';
import { ApiError } from '../../src/errors/index.js';

describe('ApiError', () => {
  it.each([
    [{ code: 5000, status: 503 }, 'state failed with code 5000, HTTP 503'],
    [{ code: 503, status: 503 }, 'state failed with HTTP 503'],
    [{ code: 503 }, 'state failed with code 503'],
    [{ status: 503 }, 'state failed with HTTP 503'],
    [{}, 'state failed'],
  ])('tells each number of %j once', (facts, message) => {
    expect(new ApiError({ operation: 'state', ...facts })).toMatchObject({ ...facts, message });
  });
});
