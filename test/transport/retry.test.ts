import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { backoffMs, retryAfterMs } from '../../src/transport/index.js';

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('backoffMs', () => {
  const settings = { attempts: 9, minMs: 500, maxMs: 8_000, budgetMs: 60_000 };

  it('stays between minMs and maxMs, whatever is drawn', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 2, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (minMs, maxMs, next, draw) => {
          const ms = backoffMs({ ...settings, minMs, maxMs }, next, () => draw);
          expect(ms).toBeGreaterThanOrEqual(minMs);
          expect(ms).toBeLessThanOrEqual(Math.max(minMs, maxMs));
        },
      ),
    );
  });

  it('draws from the whole span, which doubles up to maxMs', () => {
    const span = (next: number) => [backoffMs(settings, next, () => 0), backoffMs(settings, next, () => 1)];
    expect([2, 3, 4, 5, 6, 7].map(span)).toEqual([
      [500, 1_000],
      [500, 2_000],
      [500, 4_000],
      [500, 8_000],
      [500, 8_000],
      [500, 8_000],
    ]);
  });
});

describe('retryAfterMs', () => {
  const asked = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), NOW);

  it.each([
    [{ 'retry-after': '2' }, 2_000],
    [{ 'retry-after': ' 0 ' }, 0],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after-ms': '40' }, 40],
    [{ 'retry-after-ms': 'x', 'retry-after': '3' }, 3_000],
    // The three forms of a date that RFC 9110 obliges a recipient to understand.
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Thursday, 01-Jan-26 00:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT' }, 0],
  ])('reads %j', (headers, ms) => {
    expect(asked(headers)).toBe(ms);
  });

  it('reads the oldest form of a date as UTC, wherever the machine is', () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(new Date(NOW).getTimezoneOffset()).toBe(300);
    expect(asked({ 'retry-after': 'Thu Jan  1 00:01:00 2026' })).toBe(60_000);
    vi.unstubAllEnvs();
  });

  it.each(['', ' ', '-5', 'soon', 'Infinity', '1e9', 'Thu, never'])('ignores %j', (value) => {
    expect(asked({ 'retry-after': value })).toBeUndefined();
  });

  it('is never negative and never infinite', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        // What no header can carry never arrives.
        const headers = new Headers();
        try {
          headers.set('retry-after', value);
        } catch {
          return;
        }
        const ms = retryAfterMs(headers, NOW);
        expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
      }),
    );
  });
});
