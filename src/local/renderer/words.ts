import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { LocalDraft, LocalMedia, LocalSegment, PictureMeta, TextMeta } from '../dialect.js';
import type { Drawing } from './drawing.js';
import { type Fonts, makeLegible } from './fonts.js';
import { type Box, placeLogo, placeWords, type TimedBox } from './place.js';
import { tracksOf } from './read-draft.js';
import { type SetType, setType } from './set-type.js';
import type { Size } from './settings.js';
import { layOutAlone, type Span } from './spans.js';

/** How long words take to come and to go, unless they stay too shortly for that. */
const COME_MS = 450;
const GO_MS = 300;

/** How far words rise as they come, as a part of their line's height. */
const RISE = 0.35;

/** How far words have come (0 to 1, fast at first), and how much of them shows (0 to 1). */
function presenceOf({ from, to }: Span<unknown>, ms: number): { come: number; opacity: number } {
  const quick = (to - from) / 4;
  const come = 1 - (1 - Math.min(1, Math.max(0, ms - from) / Math.min(COME_MS, quick))) ** 3;
  const go = Math.max(0, Math.min(1, (to - ms) / Math.min(GO_MS, quick)));
  return { come, opacity: Math.min(come, go) };
}

/** What the words of a draft are made from. */
export interface WordsInput {
  draft: LocalDraft;
  media: readonly LocalMedia[];
  fonts: Fonts;
  frame: Size;
  warn(text: string): void;
}

/**
 * The words of a draft, in the order in which they are drawn: all shades first, so that none dims other words. Each finds
 * a place beside the others and the logos.
 */
export function planWords({ draft, media, fonts, frame, warn }: WordsInput): Drawing[] {
  const texts = tracksOf(draft, 7)
    .flatMap(({ sg }) => layOutAlone(sg))
    .sort((a, b) => a.from - b.from)
    .flatMap((span) => {
      const { text, warning } = makeLegible(span.segment.m.text, fonts);
      if (warning !== undefined) warn(warning);
      return text === undefined ? [] : [{ span, type: setType(span.segment.m, text, frame, fonts) }];
    });
  const boxes = placeWords(
    texts.map(({ span: { from, to, segment }, type: { width, height } }) => {
      const position = segment.m.position ?? (segment.m.role === 'caption' ? 'bottom' : 'center');
      return { from, to, width, height, position };
    }),
    logosOf(draft).map((logo) => placeOfLogo(logo, media, frame)),
    frame,
  );
  const placed = texts.flatMap((text, index) => {
    const box = boxes[index];
    return box ? [{ ...text, box, ink: inkOf(text.span.segment.m.color) }] : [];
  });
  return [
    ...placed.map(({ span, type, box, ink }) => shade(span, type, box, frame, ink)),
    ...placed.map(({ span, type, box, ink }) => letters(span, type, box, ink)),
  ];
}

/** Every logo of a draft. */
export function logosOf(draft: LocalDraft): LocalSegment<PictureMeta>[] {
  return tracksOf(draft, 0).flatMap(({ sg }) => sg.filter(({ m, d }) => m.role === 'logo' && d > 0));
}

function placeOfLogo(
  { s, d, m }: LocalSegment<PictureMeta>,
  media: readonly LocalMedia[],
  frame: Size,
): TimedBox {
  const upload = media.find(({ url }) => url === m.src);
  const logo = { width: upload?.width ?? 1, height: upload?.height ?? 1 };
  return { from: s, to: s + d, box: placeLogo(logo, frame, m.scale, m.position) };
}

/** The letters of a text. They rise as they come, and rest on whole pixels, sharp. */
function letters(span: Span<TextMeta>, type: SetType, box: Box, ink: Ink): Drawing {
  const margin = Math.ceil(type.fontSize * 0.4);
  const below = Math.ceil(type.lineHeight * RISE);
  const sunk = (ms: number): number => (1 - presenceOf(span, ms).come) * RISE * type.lineHeight;
  return {
    ...span,
    box: {
      x: Math.round(box.x) - margin,
      y: Math.round(box.y) - margin,
      width: Math.ceil(type.width) + margin * 2,
      height: Math.ceil(type.height) + margin * 2 + below,
    },
    look: (ms) => `${presenceOf(span, ms).opacity} ${sunk(ms)}`,
    draw(context, ms) {
      context.globalAlpha = presenceOf(span, ms).opacity;
      context.translate(0, sunk(ms));
      drawLines(context, type, margin, ink);
    },
  };
}

function drawLines(context: SKRSContext2D, type: SetType, margin: number, ink: Ink): void {
  context.font = type.font;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillStyle = ink.color;
  context.shadowColor = `rgba(${ink.contrast}, 0.6)`;
  context.shadowBlur = type.fontSize * 0.18;
  context.shadowOffsetY = type.fontSize * 0.03;
  for (const [index, line] of type.lines.entries()) {
    // Capitals are about 0.73 of the font's size high: this centres them in their line.
    const baseline = margin + type.lineHeight * index + (type.lineHeight + type.fontSize * 0.73) / 2;
    context.fillText(line, margin + Math.ceil(type.width) / 2, baseline);
  }
}

/**
 * What keeps words legible whatever the picture shows: a gradient out of the frame's edge behind words at the top or
 * bottom, a soft cloud behind others. It reaches across the frame, so that it has no edge.
 */
function shade(span: Span<TextMeta>, type: SetType, box: Box, frame: Size, ink: Ink): Drawing {
  const reach = type.lineHeight * 1.1;
  const middle = box.y + box.height / 2;
  const fading = {
    ...span,
    look: (ms: number) => String(presenceOf(span, ms).opacity),
  };
  if (middle > frame.height * 0.3 && middle < frame.height * 0.7) {
    const down = box.height / 2 + reach * 2.4;
    const [top, bottom] = [
      Math.max(0, Math.floor(middle - down)),
      Math.min(frame.height, Math.ceil(middle + down)),
    ];
    return {
      ...fading,
      box: { x: 0, y: top, width: frame.width, height: bottom - top },
      draw(context, ms) {
        context.globalAlpha = presenceOf(span, ms).opacity;
        drawCloud(context, { x: frame.width / 2, y: middle - top }, cloudWidth(box, frame, reach), down, ink);
      },
    };
  }
  const below = middle > frame.height / 2;
  const top = below ? Math.max(0, Math.floor(box.y - reach)) : 0;
  const bottom = below ? frame.height : Math.min(frame.height, Math.ceil(box.y + box.height + reach));
  return {
    ...fading,
    box: { x: 0, y: top, width: frame.width, height: bottom - top },
    draw(context, ms) {
      const [clear, full] = below ? [0, bottom - top] : [bottom - top, 0];
      const gradient = context.createLinearGradient(0, clear, 0, full);
      gradient.addColorStop(0, `rgba(${ink.contrast}, 0)`);
      gradient.addColorStop(0.4, `rgba(${ink.contrast}, 0.45)`);
      gradient.addColorStop(1, `rgba(${ink.contrast}, 0.68)`);
      context.globalAlpha = presenceOf(span, ms).opacity;
      context.fillStyle = gradient;
      context.fillRect(0, 0, frame.width, bottom - top);
    },
  };
}

function cloudWidth(box: Box, frame: Size, reach: number): number {
  return Math.max(box.width / 2 + reach * 3, frame.width * 0.5);
}

/** Darkest behind the words, and nowhere with an edge. */
function drawCloud(
  context: SKRSContext2D,
  { x, y }: { x: number; y: number },
  across: number,
  down: number,
  ink: Ink,
): void {
  context.translate(x, y);
  context.scale(1, down / across);
  const gradient = context.createRadialGradient(0, 0, 0, 0, 0, across);
  for (let stop = 0; stop <= 8; stop++) {
    // Half a wave: level in the middle and level at the rim.
    gradient.addColorStop(stop / 8, `rgba(${ink.contrast}, ${0.22 + 0.22 * Math.cos((stop / 8) * Math.PI)})`);
  }
  context.fillStyle = gradient;
  context.fillRect(-across, -across, across * 2, across * 2);
}

/** The colour of words, and what to set them off with. */
interface Ink {
  /** CSS. */
  color: string;
  /** Black under bright words, white under dark ones: `r, g, b`. */
  contrast: '0, 0, 0' | '255, 255, 255';
}

/** Words darker than this are set off with white, 0 to 1. */
const DARK = 0.4;

/** Reads a CSS colour as a canvas does; an invalid one is white. */
function inkOf(css = '#ffffff'): Ink {
  const context = createCanvas(1, 1).getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 255, green = 255, blue = 255] = context.getImageData(0, 0, 1, 1).data;
  const brightness = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  return {
    color: `rgb(${red}, ${green}, ${blue})`,
    contrast: brightness > DARK ? '0, 0, 0' : '255, 255, 255',
  };
}
