import { createCanvas } from '@napi-rs/canvas';

/** The colour of words, and what to set them off with. */
export interface Ink {
  /** CSS. */
  color: string;
  /** Black under bright words, white under dark ones: `r, g, b`. */
  contrast: '0, 0, 0' | '255, 255, 255';
}

/** Words darker than this are set off with white, 0 to 1. */
const DARK = 0.4;

/** Reads a CSS colour as a canvas does. What is none is white. */
export function inkOf(css = '#ffffff'): Ink {
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
