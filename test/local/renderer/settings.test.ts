import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../../../src/local/renderer/settings.js';
import { base, draftOf, segment, shows } from './support/drafts.js';

describe('resolveSettings', () => {
  it('takes size, rate and length from the draft', () => {
    expect(resolveSettings(draftOf(2500))).toMatchObject({
      width: 320,
      height: 180,
      fps: 10,
      frames: 25,
      durationMs: 2500,
      preset: 'superfast',
    });
  });

  it('lets a profile override all but the length', () => {
    const profile = { width: 161, height: 90, fps: 5, preset: 'ultrafast' } as const;
    expect(resolveSettings(draftOf(2000), profile)).toEqual({
      ...profile,
      width: 162,
      frames: 10,
      durationMs: 2000,
    });
  });

  it('ends with the last segment when the draft says no length', () => {
    expect(resolveSettings(draftOf(0, base(segment(500, 1500, shows('a'))))).durationMs).toBe(2000);
  });

  it('refuses a draft that lasts no time', () => {
    expect(() => resolveSettings(draftOf(0))).toThrow('lasts no time');
  });
});
