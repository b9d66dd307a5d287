import { createCanvas } from '@napi-rs/canvas';
import { TEXT_SIZES, type TextMeta } from '../dialect.js';
import type { Fonts } from './fonts.js';
import { safeArea } from './place.js';
import type { Size } from './settings.js';

/** A text, set: lines of one size that fit. `width` and `height` are those of all lines together. */
export interface SetType extends Size {
  lines: readonly string[];
  /** A canvas `font`. */
  font: string;
  fontSize: number;
  lineHeight: number;
}

/** What each role looks like; its size is in the dialect, and the text may ask for another. */
const ROLES = {
  title: { weight: 'heavy', lines: 3 },
  caption: { weight: 'medium', lines: 3 },
  overlay: { weight: 'heavy', lines: 5 },
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
  const largest = Math.min(frame.width, frame.height) * (meta.size ?? TEXT_SIZES[meta.role]);
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

/** How wide a text is, in pixels. */
export type Measure = (text: string) => number;

/** Scripts that are written without spaces: a line may end after any of their characters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** Marks that may not begin a line. */
const CLOSING = /^[\p{Pe}\p{Pf}、。，．：；！？!?,.:;%…‥·ー々ゝヽっゃゅょッャュョ]/u;

/** Marks that may not end one. */
const OPENING = /[\p{Ps}\p{Pi}¥$£€]$/u;

/**
 * Breaks a text into lines no wider than `width`. Line breaks in the text are kept. Words stay whole unless one alone
 * is too wide; Chinese and Japanese break anywhere but before a closing mark or after an opening one. The lines of a
 * paragraph are made about equally long, for a last line of one word looks like a mistake.
 */
export function wrapText(text: string, width: number, measure: Measure): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => {
    const pieces = splitAtBreaks(paragraph.trim());
    const lines = fill(pieces, width, measure);
    return lines.length < 2 ? lines : balance(pieces, lines, width, measure);
  });
}

/** Cuts a paragraph into the pieces that a line can be made of. A piece keeps the space that follows it. */
function splitAtBreaks(paragraph: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(paragraph)) {
    const breaks =
      piece !== '' &&
      (/\s$/.test(piece) || UNSPACED.test(segment) || UNSPACED.test([...piece].at(-1) ?? '')) &&
      !/^\s/.test(segment) &&
      !CLOSING.test(segment) &&
      !OPENING.test(piece);
    if (breaks) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}

/** Puts as many pieces on each line as fit. */
function fill(pieces: readonly string[], width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces.flatMap((one) => cutIfTooWide(one, width, measure))) {
    if (line !== '' && measure((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}

function cutIfTooWide(piece: string, width: number, measure: Measure): string[] {
  if (measure(piece.trimEnd()) <= width) return [piece];
  const parts: string[] = [];
  let part = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(piece)) {
    if (part !== '' && measure((part + segment).trimEnd()) > width) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return [...parts, part];
}

/** Narrows the lines for as long as that makes no further line. */
function balance(pieces: readonly string[], lines: string[], width: number, measure: Measure): string[] {
  let best = lines;
  let [low, high] = [width / 2, width];
  for (let round = 0; round < 8; round++) {
    const middle = (low + high) / 2;
    const narrower = fill(pieces, middle, measure);
    if (narrower.length > lines.length) {
      low = middle;
    } else {
      high = middle;
      best = narrower;
    }
  }
  return best;
}
