import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import { bundledFonts } from '../entries.js';
import { LocalRenderError } from '../failure.js';
import { type Coverage, readCoverage } from './font-file.js';

/** How heavy words are. */
export type Weight = 'medium' | 'heavy';

const BUNDLED: Readonly<Record<Weight, string>> = {
  medium: 'inter-latin-500-normal.woff2',
  heavy: 'inter-latin-800-normal.woff2',
};

/** Marks that only direct how other characters are drawn, and need no picture of their own. */
const INVISIBLE = /[\s\p{Cf}\p{Variation_Selector}]/u;

/** The fonts of one render. Nothing that happens to be installed on the machine is ever drawn with. */
export class Fonts {
  readonly #families: readonly { family: string; covers: Coverage }[];

  private constructor(families: readonly { family: string; covers: Coverage }[]) {
    this.#families = families;
  }

  /**
   * Registers the Latin fonts of the package, and then these.
   *
   * @throws LocalRenderError that names the file which is not a font
   */
  static async load(files: readonly string[]): Promise<Fonts> {
    const bundled = Object.entries(BUNDLED).map(([weight, name]) =>
      register(join(bundledFonts, name), latin(weight)),
    );
    const others = files.map((path, index) => register(path, `nemo-${index}`));
    return new Fonts(await Promise.all([...bundled, ...others]));
  }

  /** The list of families for a canvas `font`: it falls through to the next where one lacks a character. */
  stack(weight: Weight): string {
    const names = this.#families.map(({ family }) => family);
    return [latin(weight), ...names.filter((name) => !name.startsWith(LATIN))]
      .map((name) => `"${name}"`)
      .join(', ');
  }

  /** The characters of a text that no font here has a picture for, each once. */
  missing(text: string): string[] {
    return [...new Set(text)].filter((character) => {
      const code = character.codePointAt(0) ?? 0;
      return !INVISIBLE.test(character) && !this.#families.some(({ covers }) => covers(code));
    });
  }
}

const LATIN = 'nemo-latin';
const latin = (weight: string): string => `${LATIN}-${weight}`;

async function register(path: string, family: string): Promise<{ family: string; covers: Coverage }> {
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
