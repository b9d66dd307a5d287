import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPicture, placeLogo, placeWords, safeArea } from '../../../src/local/renderer/place.js';

const wide = { width: 1920, height: 1080 };
const upright = { width: 1080, height: 1920 };
const caption = (from: number, to: number) => ({
  from,
  to,
  width: 600,
  height: 60,
  position: 'bottom' as const,
});

describe('placeLogo', () => {
  it('stands in the top right at 0.16 of the shorter side by default', () => {
    const box = placeLogo({ width: 400, height: 200 }, wide);
    expect(box.width).toBeCloseTo(0.16 * 1080);
    expect(box.height).toBeCloseTo(box.width / 2);
    expect(box.x + box.width).toBeCloseTo(safeArea(wide).right);
    expect(box.y).toBeCloseTo(safeArea(wide).top);
  });

  it('stands inside the safe area in every corner', () => {
    const corners = fc.constantFrom('top-left', 'top-right', 'bottom-left', 'bottom-right');
    const side = fc.integer({ min: 20, max: 4000 });
    fc.assert(
      fc.property(corners, side, side, fc.constantFrom(wide, upright), (corner, width, height, frame) => {
        fc.pre(width / height < 20 && height / width < 20);
        const box = placeLogo({ width, height }, frame, 0.2, corner);
        const safe = safeArea(frame);
        expect(box.x).toBeGreaterThanOrEqual(safe.left - 1e-6);
        expect(box.x + box.width).toBeLessThanOrEqual(safe.right + 1e-6);
        expect(box.y).toBeGreaterThanOrEqual(safe.top - 1e-6);
        expect(box.y + box.height).toBeLessThanOrEqual(safe.bottom + 1e-6);
      }),
    );
  });
});

describe('placeWords', () => {
  it('puts words in the middle of the width, at the height that they ask for', () => {
    const boxes = placeWords(
      (['top', 'center', 'bottom'] as const).map((position) => ({ ...caption(0, 1), position })),
      [],
      wide,
    );
    const safe = safeArea(wide);
    expect(boxes.map(({ x }) => x)).toEqual([660, 660, 660]);
    expect(boxes.map(({ y }) => y)).toEqual([safe.top, 510, safe.bottom - 60]);
  });

  it('stacks words that are on at the same time, and only those', () => {
    const [first, second, later] = placeWords(
      [caption(0, 2000), caption(1000, 3000), caption(4000, 5000)],
      [],
      wide,
    );
    expect(second?.y).toBeLessThan((first?.y ?? 0) - 60);
    expect(later?.y).toBe(first?.y);
  });

  it('moves words away from a logo', () => {
    const logo = { x: 800, y: 60, width: 300, height: 120 };
    const [box] = placeWords(
      [{ ...caption(0, 1000), position: 'top' }],
      [{ from: 0, to: 1000, box: logo }],
      wide,
    );
    expect(box?.y).toBeGreaterThan(180);
  });

  it('leaves words where they are when there is no room elsewhere', () => {
    const everything = { from: 0, to: 1000, box: { x: 0, y: 0, ...wide } };
    const [box] = placeWords([caption(0, 1000)], [everything], wide);
    expect(box?.y).toBe(safeArea(wide).bottom - 60);
  });
});

describe('fitPicture', () => {
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
