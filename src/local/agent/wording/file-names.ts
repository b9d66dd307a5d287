import { isHan } from '../language/token.js';
import { shorten } from './shorten.js';

/** What a file's name says to people: `01_red-mug (2).jpg` is a "Red Mug", `IMG_1234.jpg` says nothing. */

/** Names that cameras, phones, scanners and download folders give. */
const MACHINE =
  /^(?:img|image|images|dsc[fn]?|pxl|vid|video|mvi|mov|gopr|gx|dji|wa|whatsapp|screen ?shots?|screenshot|photos?|pictures?|pics?|untitled|unnamed|download(?:ed)?|scan|frame|file|clip|product|item|sample|test|new|copy|final|edited?|export|output|upload|asset|media|slide|shot|p|v|图片|照片|图像|截图|微信图片|屏幕截图|视频|未命名|下载|副本|产品|商品|素材|mmexport)$/i;
/** Words beside a meaning that add nothing to it. */
const NOISE =
  /^(?:copy|final|edited?|edit|v\d+|\d+|\d+x\d+|\d+p|hd|hq|lo?res|hi(?:gh)?res|small|large|medium|thumb|web|export|副本|最终|终版)$/i;
const SMALL = /^(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|with)$/i;

/** A hash, a UUID or a number with letters in it. */
const looksRandom = (word: string): boolean =>
  (/^[0-9a-f]{6,}$/i.test(word) && /\d/.test(word)) ||
  (/\d/.test(word) && word.replace(/\D/g, '').length * 2 >= word.length);

const capitalised = (word: string): string =>
  /\p{Lu}/u.test(word) ? word : word.charAt(0).toUpperCase() + word.slice(1);

/** Words as a headline: small words stay small, except at the beginning. */
export function headline(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word, index) => (index > 0 && SMALL.test(word) ? word.toLowerCase() : capitalised(word)))
    .join(' ');
}

/** The words of a file's name that mean something, lower-cased apart; empty for a camera's name. */
export function nameWords(name: string): string[] {
  const stem = name
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/%20/g, ' ')
    .replace(/\(\d+\)|\[\d+\]/g, ' ');
  const words = stem
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{L}{2})(\d+)$/u, '$1 $2')
    .replace(/(\p{Script=Han})(\d)|(\d)(\p{Script=Han})/gu, '$1$3 $2$4')
    .split(/[\s_.+~=()[\]{}@#,-]+/)
    .filter((word) => word !== '' && !NOISE.test(word) && !looksRandom(word));
  return words.every((word) => MACHINE.test(word) || SMALL.test(word)) ? [] : words;
}

/** A caption out of a file's name, or undefined where the name says nothing. */
export function captionFromName(name: string): string | undefined {
  const words = nameWords(name);
  const letters = words.join('').replace(/[^\p{L}]/gu, '').length;
  const enough = isHan(words.join('')) ? letters >= 2 : letters >= 3;
  return enough ? shorten(headline(words.join(' ')), 40) : undefined;
}

/** Words that most of the names share: five kinds of "mug" make a video about mugs. */
export function sharedWord(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) {
    for (const word of new Set(nameWords(name).map((each) => each.toLowerCase()))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const [best] = [...counts].filter(
    ([word, count]) => word.length >= 3 && count >= 2 && count * 2 > names.length,
  );
  return best ? headline(best[0]) : undefined;
}

/** Whether a file is a logo by its name. "Catalogo" is none. */
export function isLogoName(name: string): boolean {
  const stem = name.replace(/\.[A-Za-z0-9]{1,5}$/, '');
  if (/徽标|标志|商标|标识|水印/.test(stem)) return true;
  const words = stem.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(/[^\p{L}]+/u);
  return words.some((word) => /^(?:logo(?:s|type|mark)?|brand-?mark|watermark)$|(?<!a)logo$/i.test(word));
}
