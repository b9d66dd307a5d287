import { type WordClass, wordClasses } from './lexicon.js';
import { meantBy } from './typos.js';

/** A word, in lower case, and the part that it plays. */
export interface Word {
  readonly word: string;
  readonly as: WordClass;
}

/**
 * File names and addresses, Latin words, numerals like `1080p`, single other letters (Chinese is joined to words below),
 * quotations; all else separates.
 */
const PIECE =
  /https?:\/\/[^\s，。；]+|[\w-]{1,100}\.(?:png|jpe?g|gif|webp|mp4|mov|avi|webm|mkv|mp3|wav|m4a|aac)\b|[a-z0-9à-ÿ][a-z0-9à-ÿ'_-]*|[^\p{P}\p{S}\p{Z}\p{C}]|\u{FFFC}+/gu;
const LATIN = /^[a-z0-9à-ÿ]/;
/** What names a file of one's own. */
const FILE = /^https?:|\.[a-z]+\d?$/;
const NUMERAL = /^\d+(?:[a-z]{1,3}|x\d+)?$/;
/** The longest entries of the lexicon: English words, Chinese characters. */
const LONGEST_PHRASE = 5;
const LONGEST_CHINESE = 7;

/** Cuts a normalised text into classified words, the longest known word first. */
export function cutWords(text: string): Word[] {
  const pieces = text.match(PIECE) ?? [];
  const words: Word[] = [];
  const known = wordClasses();
  for (let at = 0; at < pieces.length; ) {
    const first = pieces[at] ?? '';
    const latin = LATIN.test(first);
    let taken = 1;
    let word: Word = latin ? classify(first) : { word: first, as: known.get(first) ?? 'other' };
    for (
      let length = Math.min(latin ? LONGEST_PHRASE : LONGEST_CHINESE, pieces.length - at);
      length > 1;
      length--
    ) {
      const phrase = pieces.slice(at, at + length).join(latin ? ' ' : '');
      const as = known.get(phrase);
      if (as === undefined) continue;
      word = { word: phrase, as };
      taken = length;
      break;
    }
    words.push(word);
    at += taken;
  }
  return words;
}

function classify(word: string): Word {
  const as = wordClasses().get(word);
  if (as !== undefined) return { word, as };
  if (FILE.test(word)) return { word, as: 'media' };
  if (NUMERAL.test(word)) return { word, as: 'number' };
  const meant = meantBy(word);
  return { word: meant ?? word, as: (meant === undefined ? undefined : wordClasses().get(meant)) ?? 'other' };
}
