import { ACCEPTED_MEDIA } from '../../wire/index.js';
import type { LocalMedia } from '../dialect.js';
import { LONGEST, meaningOf } from './lexicon.js';

/**
 * A piece of a message. `is` says what it means: a key of the lexicon, or one of `quote` (words in quotation marks),
 * `file`, `pick`, `span`, `time` (ms), `percent` (0.35), `times` (a factor), `number`, `ordinal` (-1 is the last), `first` and `last`
 * (so many), `range` (two numbers), `word` (unknown), `,` and `.`.
 */
export interface Token {
  readonly is: string;
  readonly value: string;
  readonly number: number;
  /** For `file`: the upload of that name, if there is one. */
  readonly file?: LocalMedia;
  /** For `pick`: which pictures, counted from 1 (-1 is the last), or the first or last so many. */
  readonly pick?: Pick;
  /** For `span`: a part of the video's time, in ms. */
  readonly span?: Span;
  /** Where it is in the message. */
  readonly from: number;
  readonly to: number;
}

/** Which pictures of a row. Where photos are counted, clips are passed over, and the reverse. */
export interface Pick {
  readonly of: 'picture' | 'clip' | 'any';
  readonly list: readonly number[];
  readonly first?: number;
  readonly last?: number;
}

/** From one time to another, or the first or last so many ms. */
export interface Span {
  readonly start?: number;
  readonly end?: number;
  readonly first?: number;
  readonly last?: number;
}

/** Only so much of a message is read; the rest is reported as not done. */
export const LONGEST_MESSAGE = 20_000;

const NUMBERS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const TENS: Readonly<Record<string, number>> = { thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90 };
const HAN_DIGITS = '零一二三四五六七八九';
const HAN_NUMBER = '(?:\\d{1,6}(?:\\.\\d{1,3})?|[一二两三四五六七八九十百]{1,5}|半)';

/** 三十五 → 35. */
function hanNumber(text: string): number {
  if (/^[\d.]+$/.test(text)) return Number(text);
  if (text === '半') return 0.5;
  let total = 0;
  let digit: number | undefined;
  for (const char of text) {
    if (char === '十' || char === '百') {
      total += (digit ?? 1) * (char === '十' ? 10 : 100);
      digit = undefined;
    } else digit = char === '两' ? 2 : HAN_DIGITS.indexOf(char);
  }
  return total + (digit ?? 0);
}

function numberOf(text: string): number {
  const word = NUMBERS.indexOf(text);
  if (word >= 0) return word;
  return TENS[text] ?? hanNumber(text);
}

const NUMBER_WORD = [...NUMBERS.slice(1), ...Object.keys(TENS)].join('|');
const EN_NUMBER = `(?:\\d{1,6}(?:\\.\\d{1,3})?|(?:${NUMBER_WORD})(?![a-z]))`;
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, s: 1000, 分: 60_000, 秒: 1000 };
const unit = (text = 's'): number => UNITS[text.charAt(0)] ?? 1000;

type Read = (found: RegExpExecArray) => { is: string; value?: string; number?: number };

/** Values that a pattern reads, tried in this order where a token begins. All are bounded in length. */
const VALUES: readonly (readonly [pattern: RegExp, read: Read])[] = [
  [/(9|16|1) ?[:x×] ?(16|9|1)(?![\d:])/y, ([, a, b]) => ({ is: 'aspect', value: `${a}:${b}` })],
  [/\d{1,2} ?: ?\d{1,2}(?![\d:])(?!\d)/y, ([raw]) => clock(raw)],
  [
    /(?:a |one |an )?half(?: of)?[ -](?:an? )?(second|minute)s?(?![a-z])/y,
    ([, u]) => ({ is: 'time', number: unit(u) / 2 }),
  ],
  [
    /an? (second|minute)(?= (?:long|each|longer|shorter)|[,.;!]|$)/y,
    ([, u]) => ({ is: 'time', number: unit(u) }),
  ],
  [/(?:a|one) minute(?![a-z])/y, () => ({ is: 'time', number: 60_000 })],
  [
    new RegExp(`(${EN_NUMBER})[ -]?(more |extra )?(seconds?|secs?|s|minutes?|mins?|hours?)(?![a-z])`, 'y'),
    ([, n = '', more = '', u]) => ({ is: 'time', value: more, number: Math.round(numberOf(n) * unit(u)) }),
  ],
  [
    new RegExp(`第?(${HAN_NUMBER})秒(?:的时候|时候|处|时)`, 'y'),
    ([, n = '']) => ({ is: 'at', number: hanNumber(n) * 1000 }),
  ],
  [
    new RegExp(`(${HAN_NUMBER})个?(半)?(分钟|分(?!之)|秒钟|秒)(半)?(?:(${HAN_NUMBER})秒钟?)?`, 'y'),
    ([, n = '', half, u, tail, rest]) => ({
      is: 'time',
      number: Math.round(
        (hanNumber(n) + (half || tail ? 0.5 : 0)) * unit(u) + (rest ? hanNumber(rest) * 1000 : 0),
      ),
    }),
  ],
  [
    /(\d{1,4}(?:\.\d{1,2})?) ?(?:%|percent(?![a-z])|per cent(?![a-z]))/y,
    ([, n]) => ({ is: 'percent', number: Number(n) / 100 }),
  ],
  [new RegExp(`百分之(${HAN_NUMBER})`, 'y'), ([, n = '']) => ({ is: 'percent', number: hanNumber(n) / 100 })],
  [/(\d{1,3}(?:\.\d{1,2})?) ?(?:x|×|times)(?![a-z])/y, ([, n]) => ({ is: 'times', number: Number(n) })],
  [new RegExp(`(${HAN_NUMBER})倍速?`, 'y'), ([, n = '']) => ({ is: 'times', number: hanNumber(n) })],
  [
    /(?:the )?(first|last|final) (\d{1,3}|[a-z]{3,8})(?= (?:photo|picture|image|pic|clip|shot|slide|one))/y,
    several,
  ],
  [
    new RegExp(`(前|后|最后)(${HAN_NUMBER})[张个段幅]`, 'y'),
    ([, w, n = '']) =>
      w !== '前' && hanNumber(n) === 1
        ? { is: 'ordinal', number: -1 }
        : { is: w === '前' ? 'first' : 'last', number: hanNumber(n) },
  ],
  [
    /(\d{1,3}) ?(?:-|–|to|到|至) ?(\d{1,3})(?=[张个]|(?![\d.\p{L}% ]| (?:seconds?|s|sec))|$)/uy,
    ([, a, b]) => ({ is: 'range', value: `${a}-${b}` }),
  ],
  [new RegExp(`${HAN_NUMBER}[张个段幅](?=照片|图|片段|素材|文件|视频素材)`, 'y'), () => ({ is: 'count' })],
  [
    /第(\d{1,3}(?:\.\d)?)秒|第([一二两三四五六七八九十]{1,3})秒/y,
    ([, a, b = '']) => ({ is: 'time', number: (a ? Number(a) : hanNumber(b)) * 1000 }),
  ],
  [new RegExp(`第(${HAN_NUMBER})`, 'y'), ([, n = '']) => ({ is: 'ordinal', number: hanNumber(n) })],
  [
    new RegExp(`(?:number |no\\. ?|#)?(?!one(?![a-z]))(${EN_NUMBER})`, 'y'),
    ([, n = '']) => ({ is: 'number', number: numberOf(n) }),
  ],
];

function clock(raw: string): ReturnType<Read> {
  const [minutes = 0, seconds = 0] = raw.split(':').map(Number);
  return /:\d\d$/.test(raw.trim())
    ? { is: 'time', number: (minutes * 60 + seconds) * 1000 }
    : { is: 'ratio', value: raw };
}

function several([raw, edge, count = '']: RegExpExecArray): ReturnType<Read> {
  const number = numberOf(count);
  return number > 0 ? { is: edge === 'first' ? 'first' : 'last', number } : { is: 'word', value: raw };
}

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '”': '“',
  '‘': '’',
  '「': '」',
  '『': '』',
  '《': '》',
  "'": "'",
};
const LONGEST_QUOTE = 500;
const isLetter = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);

/** Where the quotation that begins at a place ends, or -1. An apostrophe inside a word begins and ends none. */
function endOfQuote(text: string, at: number): number {
  const close = QUOTES[text.charAt(at)];
  if (close === undefined) return -1;
  const within = text.slice(at + 1, at + 1 + LONGEST_QUOTE);
  if (close !== "'") {
    const end = within.search(close === '”' ? /[”"“]/ : close === '“' ? /[“”]/ : close);
    return end <= 0 ? -1 : at + 1 + end;
  }
  if (isLetter(text[at - 1])) return -1;
  for (let end = within.indexOf("'"); end > 0; end = within.indexOf("'", end + 1))
    if (!isLetter(within[end + 1])) return at + 1 + end;
  return -1;
}

const MISSING_FILE = new RegExp(
  `[\\p{L}\\p{N}_-][\\p{L}\\p{N}_.-]{0,99}\\.(?:${Object.keys(ACCEPTED_MEDIA).join('|')})(?![\\p{L}\\p{N}])`,
  'uy',
);
const LATIN = /(?:(?!\p{Script=Han})[\p{L}\p{N}_'’])+/uy;
const HAN = /\p{Script=Han}/u;

/** Small letters, half-width figures and signs; every character stays in its place. */
const fold = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[A-Z]/g, (c) => c.toLowerCase())
    .replace(/[’]/g, "'");

/** Cuts a message into tokens, in one pass from left to right. */
export function lex(message: string, media: readonly LocalMedia[]): Token[] {
  const source = message.slice(0, LONGEST_MESSAGE);
  const text = fold(source);
  const files = media
    .map((file) => ({ file, name: fold(file.name) }))
    .sort((a, b) => b.name.length - a.name.length);
  const tokens: Token[] = [];
  let at = 0;
  const push = (
    is: string,
    to: number,
    value = source.slice(at, to),
    number = 0,
    file?: LocalMedia,
  ): void => {
    tokens.push({ is, value, number, ...(file && { file }), from: at, to });
    at = to;
  };
  const fileAt = (place: number, end?: number): { file: LocalMedia; name: string } | undefined =>
    files.find(
      ({ name }) =>
        text.startsWith(name, place) &&
        (end === undefined
          ? !/[a-z0-9]/.test(text.charAt(place + name.length))
          : place + name.length === end),
    );

  next: while (at < text.length) {
    const char = text.charAt(at);
    const end = endOfQuote(source, at);
    if (end > 0) {
      const whole = fileAt(at + 1, end);
      const names = tokens.at(-1)?.is;
      if (whole && names !== 'title' && names !== 'text' && names !== 'caption' && names !== 'says')
        push('file', end + 1, whole.file.name, 0, whole.file);
      else push('quote', end + 1, source.slice(at + 1, end));
      continue;
    }
    const upload = fileAt(at);
    if (upload) {
      push('file', at + upload.name.length, upload.file.name, 0, upload.file);
      continue;
    }
    MISSING_FILE.lastIndex = at;
    const missing = MISSING_FILE.exec(text);
    if (missing) {
      push('file', at + missing[0].length);
      continue;
    }
    for (const [pattern, read] of VALUES) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (!found) continue;
      const { is, value, number } = read(found);
      push(is, at + found[0].length, value, number);
      continue next;
    }
    const known = HAN.test(char) ? hanAt(text, at) : latinAt(text, at);
    if (known) {
      const [is = '', value] = known.meaning.split(' ');
      push(is, known.to, value, Number(value) || 0);
    } else if (/[,，、;:：]/.test(char)) push(char === ':' ? ':' : ',', at + 1);
    else if (char === '&' || char === '+') push('and', at + 1);
    else if (/[.!?。\n…]/.test(char)) push('.', at + 1);
    else at += 1;
  }
  return tokens.filter(({ is }) => is !== 'filler');
}

interface Found {
  readonly meaning: string;
  readonly to: number;
}

/** The longest entry that begins here; else one unknown character, joined to those before it by the reader. */
function hanAt(text: string, at: number): Found {
  for (let length = LONGEST.characters; length > 0; length--) {
    const meaning = meaningOf(text.slice(at, at + length));
    if (meaning) return { meaning, to: at + length };
  }
  return { meaning: 'word', to: at + 1 };
}

function latinAt(text: string, at: number): Found | undefined {
  const ends: number[] = [];
  let phrase = '';
  let found: Found | undefined;
  for (let place = at; ends.length < LONGEST.words; ) {
    LATIN.lastIndex = place;
    const word = LATIN.exec(text)?.[0];
    if (word === undefined) break;
    phrase += `${phrase && ' '}${word}`;
    ends.push(place + word.length);
    const meaning = meaningOf(phrase);
    if (meaning) found = { meaning, to: place + word.length };
    const gap = /^[ -]{1,3}/.exec(text.slice(place + word.length, place + word.length + 3))?.[0];
    if (gap === undefined) break;
    place += word.length + gap.length;
  }
  return found ?? (ends[0] === undefined ? undefined : { meaning: 'word', to: ends[0] });
}
