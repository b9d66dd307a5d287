import { createCanvas } from '@napi-rs/canvas';
import type { TextMeta } from '../../dialect.js';
import { safeArea } from '../plan/place.js';
import type { Size } from '../settings.js';
import type { Fonts } from './fonts.js';
import { wrapText } from './wrap.js';

/** A text, set: lines of one size that fit. `width` and `height` are those of all lines together. */
export interface SetType extends Size {
  lines: readonly string[];
  /** A canvas `font`. */
  font: string;
  fontSize: number;
  lineHeight: number;
}

/** What each role looks like unless the text says otherwise. */
const ROLES = {
  title: { size: 0.11, weight: 'heavy', lines: 3 },
  caption: { size: 0.055, weight: 'medium', lines: 3 },
  overlay: { size: 0.055, weight: 'heavy', lines: 5 },
} as const;

/** The part of a line's height that its letters are set in. */
const FONT_IN_LINE = 0.84;

/** Steps by which a text that is too long is set smaller, and the smallest that can still be read. */
const SHRINK = 0.92;
const SMALLEST = 0.5;

/**
 * Sets a text: wraps it inside the safe margins, and where it takes more lines than its role allows, sets it smaller.
 */
export function setType(meta: TextMeta, text: string, frame: Size, fonts: Fonts): SetType {
  const role = ROLES[meta.role];
  const safe = safeArea(frame);
  // Lines as long as a wide frame are hard to read.
  const room = Math.min(safe.right - safe.left, frame.height * 1.45);
  const context = createCanvas(1, 1).getContext('2d');
  const largest = Math.min(frame.width, frame.height) * (meta.size ?? role.size);
  for (let lineHeight = largest; ; lineHeight *= SHRINK) {
    const fontSize = lineHeight * FONT_IN_LINE;
    const font = `${fontSize}px ${fonts.stack(role.weight)}`;
    context.font = font;
    const measure = (line: string): number => context.measureText(line).width;
    const lines = wrapText(text, room, measure);
    const height = lines.length * lineHeight;
    const fits =
      (lines.length <= Math.max(role.lines, text.split('\n').length) && height <= safe.bottom - safe.top) ||
      lineHeight < largest * SMALLEST;
    if (fits) return { lines, font, fontSize, lineHeight, width: Math.max(...lines.map(measure)), height };
  }
}
