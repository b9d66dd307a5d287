import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import { bundledFonts } from '../entries.js';
import { LocalRenderError } from '../failure.js';
import { type Coverage, readCoverage } from './font-file.js';

/** How heavy words are. */
export type Weight = 'medium' | 'heavy';

/** Western European first, then the letters of the other languages written in Latin. */
const BUNDLED: Readonly<Record<Weight, readonly string[]>> = {
  medium: ['inter-latin-500-normal.woff2', 'inter-latin-ext-500-normal.woff2'],
  heavy: ['inter-latin-800-normal.woff2', 'inter-latin-ext-800-normal.woff2'],
};

/** Marks that only direct how other characters are drawn, and need no picture of their own. */
const INVISIBLE = /[\s\p{Cf}\p{Variation_Selector}]/u;

/** A font under the name by which the canvas knows it. */
interface Registered {
  family: string;
  covers: Coverage;
}

/** The fonts of one render. Nothing that happens to be installed on the machine is ever drawn with. */
export class Fonts {
  private constructor(
    private readonly bundled: Readonly<Record<Weight, readonly Registered[]>>,
    private readonly others: readonly Registered[],
  ) {}

  /**
   * Registers the Latin fonts of the package, and then these.
   *
   * @throws LocalRenderError that names the file which is not a font
   */
  static async load(files: readonly string[]): Promise<Fonts> {
    const ours = (weight: Weight): Promise<Registered[]> =>
      Promise.all(
        BUNDLED[weight].map((name, index) => register(join(bundledFonts, name), `nemo-${weight}-${index}`)),
      );
    const bundled = { medium: await ours('medium'), heavy: await ours('heavy') };
    return new Fonts(
      bundled,
      await Promise.all(files.map((path, index) => register(path, `nemo-other-${index}`))),
    );
  }

  /** The list of families for a canvas `font`: it falls through to the next where one lacks a character. */
  stack(weight: Weight): string {
    return [...this.bundled[weight], ...this.others].map(({ family }) => `"${family}"`).join(', ');
  }

  /** The characters of a text that no font here has a picture for, each once. */
  missing(text: string): string[] {
    const fonts = [...this.bundled.medium, ...this.others];
    return [...new Set(text)].filter((character) => {
      const code = character.codePointAt(0) ?? 0;
      return !INVISIBLE.test(character) && !fonts.some(({ covers }) => covers(code));
    });
  }
}

async function register(path: string, family: string): Promise<Registered> {
  try {
    const covers = readCoverage(await readFile(path));
    if (!GlobalFonts.registerFromPath(path, family)) throw new Error('the canvas does not take it');
    return { family, covers };
  } catch (error) {
    throw new LocalRenderError(
      { reason: 'font', file: basename(path), problem: 'it cannot be used as a font' },
      error,
    );
  }
}
