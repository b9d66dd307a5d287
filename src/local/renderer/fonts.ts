import { basename, join } from 'node:path';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { bundledFonts } from './entries.js';
import { LocalRenderError } from './failure.js';

/** How heavy words are. */
export type Weight = 'medium' | 'heavy';

/** Western European first, then the letters of the other languages written in Latin. */
const BUNDLED: Readonly<Record<Weight, readonly string[]>> = {
  medium: ['inter-latin-500-normal.woff2', 'inter-latin-ext-500-normal.woff2'],
  heavy: ['inter-latin-800-normal.woff2', 'inter-latin-ext-800-normal.woff2'],
};

/** Marks that only direct how other characters are drawn. */
const INVISIBLE = /[\s\p{Cf}\p{Variation_Selector}]/u;

/** A character that is in no font: Unicode keeps its last one for private use. */
const IN_NO_FONT = '\u{10fffd}';

/** The fonts of one render. Fonts that happen to be installed on the machine are not used. */
export class Fonts {
  private constructor(
    private readonly bundled: Readonly<Record<Weight, readonly string[]>>,
    private readonly others: readonly string[],
  ) {}

  /**
   * Registers the Latin fonts of the package, and then these.
   *
   * @throws LocalRenderError that names the file which is not a font
   */
  static load(files: readonly string[]): Fonts {
    const ours = (weight: Weight): string[] =>
      BUNDLED[weight].map((name, index) => register(join(bundledFonts, name), `nemo-${weight}-${index}`));
    const bundled = { medium: ours('medium'), heavy: ours('heavy') };
    return new Fonts(
      bundled,
      files.map((path, index) => register(path, `nemo-other-${index}`)),
    );
  }

  /** The list of families for a canvas `font`: it falls through to the next where one lacks a character. */
  stack(weight: Weight): string {
    return [...this.bundled[weight], ...this.others].map((family) => `"${family}"`).join(', ');
  }

  /** The characters of a text that no font here has a picture for, each once. */
  missing(text: string): string[] {
    const box = this.#draw(IN_NO_FONT);
    return [...new Set(text)].filter(
      (character) => !INVISIBLE.test(character) && this.#draw(character).equals(box),
    );
  }

  /** The canvas does not say what a font lacks, but draws the same box for all of it. */
  #draw(character: string): Buffer {
    const canvas = createCanvas(48, 48);
    const context = canvas.getContext('2d');
    context.font = `32px ${this.stack('medium')}`;
    context.fillText(character, 8, 36);
    return canvas.data();
  }
}

function register(path: string, family: string): string {
  if (!GlobalFonts.registerFromPath(path, family)) {
    throw new LocalRenderError({
      reason: 'font',
      file: basename(path),
      problem: 'it cannot be used as a font',
    });
  }
  return family;
}

/** What of a text can be drawn. */
export interface Legible {
  /** What to draw; undefined when nothing is. */
  text?: string;
  /** What was left out, for the person who asked for it. */
  warning?: string;
}

/** Decoration: pictures and signs that a sentence can lose without changing its meaning. A currency is not one. */
const DECORATION =
  /^(?:\p{So}|\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u2190-\u21ff]|\u20e3)$/u;

/**
 * Decides what of a text can be drawn with the fonts there are. Where only decoration lacks a picture, the text goes
 * without it; where letters do, the text is left out whole, for a sentence with holes says something else. Both are
 * reported, and a box or a blank is never drawn.
 */
export function makeLegible(text: string, fonts: Pick<Fonts, 'missing'>): Legible {
  const missing = fonts.missing(text);
  if (missing.length === 0) return text.trim() === '' ? {} : { text };
  const listed = `${missing.slice(0, 8).join(' ')}${missing.length > 8 ? ' …' : ''}`;
  const advice = `no font covers ${listed}. Pass a font that does in the backend's \`fonts\` option`;
  if (!missing.every((character) => DECORATION.test(character))) {
    return { warning: `The text ${JSON.stringify(text)} was left out: ${advice}.` };
  }
  const kept = [...text]
    .filter((character) => !missing.includes(character))
    .join('')
    // What joined or coloured the lost signs stays behind invisibly, and so does the space around them.
    .replace(/[\u200d\ufe0e\ufe0f]/gu, '')
    .replace(/[^\S\n]{2,}/gu, ' ')
    .trim();
  const warning = `The text ${JSON.stringify(text)} was drawn without ${listed}: ${advice}.`;
  return kept === ''
    ? { warning: warning.replace('drawn without', 'left out, being nothing but') }
    : { text: kept, warning };
}
