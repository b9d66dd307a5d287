import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOSEST, fitPicture, viewAt } from '../../../../src/local/render/plan/camera.js';

describe('viewAt', () => {
  it('zooms in from all of the picture, and out to all of it', () => {
    expect(viewAt('zoom-in', 0).scale).toBe(1);
    expect(viewAt('zoom-in', 1).scale).toBeCloseTo(CLOSEST);
    expect(viewAt('zoom-out', 0).scale).toBeCloseTo(CLOSEST);
    expect(viewAt('zoom-out', 1).scale).toBe(1);
  });

  it('pans left by letting the picture go right, and the other way round', () => {
    expect(viewAt('pan-left', 1).x).toBeGreaterThan(viewAt('pan-left', 0).x);
    expect(viewAt('pan-right', 1).x).toBeLessThan(viewAt('pan-right', 0).x);
  });

  it('never shows what is beyond the picture’s edge', () => {
    const motions = fc.constantFrom('zoom-in', 'zoom-out', 'pan-left', 'pan-right', 'none');
    fc.assert(
      fc.property(motions, fc.double({ min: 0, max: 1, noNaN: true }), (motion, part) => {
        const { scale, x } = viewAt(motion, part);
        expect(Math.abs(x)).toBeLessThanOrEqual((scale - 1) / 2 + 1e-9);
      }),
    );
  });
});

describe('fitPicture', () => {
  const wide = { width: 1920, height: 1080 };

  it('covers the frame with a picture of nearly its shape', () => {
    expect(fitPicture({ width: 2000, height: 1500 }, wide)).toEqual({
      mode: 'cover',
      width: 1920,
      height: 1440,
    });
  });

  it('shows all of a picture that the frame would cut in half', () => {
    expect(fitPicture({ width: 1000, height: 2000 }, wide)).toEqual({
      mode: 'framed',
      width: 540,
      height: 1080,
    });
    expect(fitPicture({ width: 2000, height: 1000 }, { width: 1080, height: 1920 }).mode).toBe('framed');
  });
});
