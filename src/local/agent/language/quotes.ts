import type { LocalMedia } from '../../dialect.js';
import { shorten } from '../wording/shorten.js';

/**
 * A normalised message in which quoted words and file names are each one character, so that nothing inside them is
 * read as words.
 */
export interface Marked {
  text: string;
  quotes: string[];
  /** null: a file name that no upload has. */
  files: (LocalMedia | null)[];
  /** The names as written, beside `files`. */
  fileNames: string[];
}

/** First marks of the two kinds: characters of Unicode's private use area, which no message has a use for. */
export const QUOTE_BASE = 0xe000;
export const FILE_BASE = 0xf000;

/** Longer messages are read up to here; a request to an editor is far shorter. */
const LONGEST_MESSAGE = 4000;
const LONGEST_QUOTE = 200;

const PAIRS =
  /"([^"]+)"|＂([^＂]+)＂|„([^“”]+)[“”]|“([^”]+)”|‘([^’]+)’(?![a-z])|「([^」]+)」|『([^』]+)』|《([^》]+)》|«([^»]+)»|(?<![a-z0-9])'([^']+(?:'[a-z][^']*)*)'(?![a-z])/giu;
const FILE_NAME =
  /[\p{L}\p{N}_()[\]-]+(?:\.[\p{L}\p{N}_-]+)*\.(?:jpe?g|png|gif|webp|mp4|mov|avi|webm|mkv|mp3|wav|m4a|aac)(?![a-z0-9])/giu;

/** Full-width figures and punctuation become ASCII, curly apostrophes straight, spaces single. */
const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[’‘]/g, "'")
    .replace(/[ \t\r\f\v]+/g, ' ');

const stemOf = (name: string): string => name.replace(/\.[^.]+$/, '');
const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A stem such as IMG_1234 can only mean the file; `mug` alone may be any word. */
const unmistakable = (stem: string): boolean => stem.length >= 4 && /[\d_]|[a-z]-[a-z]/i.test(stem);

/** Takes words out of the message and puts marks in their place. */
export class Marker {
  readonly marked: Marked;
  readonly #media: readonly LocalMedia[];

  constructor(message: string, media: readonly LocalMedia[]) {
    const text = shorten(message, LONGEST_MESSAGE).replace(/[\uE000-\uF8FF]/g, ' ');
    this.marked = { text, quotes: [], files: [], fileNames: [] };
    this.#media = media;
    this.#explicitQuotes();
    this.#fileNames();
    this.marked.text = normalise(this.marked.text);
  }

  /** A mark for words to be written; spaces around it keep it apart from its neighbours. */
  quote(content: string): string {
    const text = shorten(content.trim(), LONGEST_QUOTE);
    this.marked.quotes.push(text);
    return ` ${String.fromCharCode(QUOTE_BASE + this.marked.quotes.length - 1)} `;
  }

  #file(name: string, file: LocalMedia | null): string {
    this.marked.files.push(file);
    this.marked.fileNames.push(name);
    return ` ${String.fromCharCode(FILE_BASE + this.marked.files.length - 1)} `;
  }

  #named(name: string): LocalMedia | undefined {
    const wanted = name.toLowerCase();
    return (
      this.#media.find((file) => file.name.toLowerCase() === wanted) ??
      this.#media.find(
        (file) => unmistakable(stemOf(file.name)) && stemOf(file.name).toLowerCase() === wanted,
      )
    );
  }

  #explicitQuotes(): void {
    this.marked.text = this.marked.text.replace(PAIRS, (whole: string, ...groups: unknown[]) => {
      const content = groups.slice(0, 10).find((group): group is string => typeof group === 'string');
      if (content === undefined || content.trim() === '') return whole;
      const file = this.#named(content.trim());
      return file ? this.#file(content.trim(), file) : this.quote(content);
    });
  }

  #fileNames(): void {
    // Longest first: "mug.jpg" must not be found inside "red mug.jpg".
    const names = this.#media
      .flatMap(({ name }) => (unmistakable(stemOf(name)) ? [name, stemOf(name)] : [name]))
      .filter((name) => name.trim() !== '')
      .sort((a, b) => b.length - a.length);
    for (const name of new Set(names)) {
      const pattern = new RegExp(`(?<![a-z0-9_.-])${literally(name)}(?![a-z0-9_-])`, 'giu');
      this.marked.text = this.marked.text.replace(pattern, (found) =>
        this.#file(name, this.#named(found) ?? null),
      );
    }
    this.marked.text = this.marked.text.replace(FILE_NAME, (found) =>
      this.#file(found, this.#named(found) ?? null),
    );
  }

  /** Marked text as a person would write it: quotations and names in their places. */
  unmark(text: string): string {
    return text
      .replace(
        / ?[\uE000-\uEFFF] ?/g,
        (mark) => ` “${this.marked.quotes[mark.trim().charCodeAt(0) - QUOTE_BASE] ?? ''}” `,
      )
      .replace(
        / ?[\uF000-\uF8FF] ?/g,
        (mark) => ` ${this.marked.fileNames[mark.trim().charCodeAt(0) - FILE_BASE] ?? ''} `,
      );
  }
}
