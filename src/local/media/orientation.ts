/** What must be done to stored pictures before they are shown. */
export interface Orientation {
  /** FFmpeg filters that do it, in order; none for upright pictures. */
  filters: readonly string[];
  /** Whether width and height change places. */
  swapped: boolean;
}

const UPRIGHT: Orientation = { filters: [], swapped: false };

/**
 * Reads FFmpeg's display matrix: nine 32-bit numbers of the machine's byte order, of which the first two of each of
 * the first two rows say where the axes of the stored picture go (16.16 fixed point, y downwards). Cameras write
 * quarter turns and mirrorings only; anything between is taken for the nearest.
 */
export function readOrientation(matrix: Uint8Array | null): Orientation {
  if (!matrix || matrix.byteLength < 36) return UPRIGHT;
  const view = new DataView(matrix.buffer, matrix.byteOffset, matrix.byteLength);
  const entry = (index: number): number => view.getInt32(index * 4, true);
  const [xToX, xToY, yToX, yToY] = [entry(0), entry(1), entry(3), entry(4)];
  if (Math.abs(xToX) + Math.abs(yToY) >= Math.abs(xToY) + Math.abs(yToX)) {
    const filters: string[] = [];
    if (xToX < 0) filters.push('hflip');
    if (yToY < 0) filters.push('vflip');
    return { filters, swapped: false };
  }
  return { filters: [`transpose=${quarterTurn(xToY > 0, yToX > 0)}`], swapped: true };
}

/** The stored x axis goes down or up, the stored y axis right or left: the four ways to change the axes. */
function quarterTurn(xGoesDown: boolean, yGoesRight: boolean): string {
  if (xGoesDown) return yGoesRight ? 'cclock_flip' : 'clock';
  return yGoesRight ? 'cclock' : 'clock_flip';
}
