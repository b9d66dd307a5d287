import { ACCEPTED_MEDIA } from '../../wire/index.js';
import type { LocalMedia } from '../dialect.js';
import { LONGEST, meaningOf } from './lexicon.js';

/** A piece of a message. */
export interface Token {
  /**
   * A meaning of the lexicon, or `quote`, `titled` (a title without quotation marks), `file`, `pick` (pictures by number), `time`, `at` (a moment), `span` (of time),
   * `percent`, `number`, `word` (unknown), `,` and `.`.
   */
  readonly is: string;
  /** The words of a quotation, the name of a file, or what the lexicon has: '9:16'. */
  readonly value: string;
  /**
   * `time`, `at`: ms. `span`: from and to in ms, below zero from the end of the video. `pick`: places from 1, -1 is the last.
   * `percent`: 0.35.
   */
  readonly numbers: readonly number[];
  /** The upload that a `file` names, if there is one. */
  readonly file?: LocalMedia | undefined;
  /** Where it is in the message. */
  readonly from: number;
  readonly to: number;
}

type Found = Partial<Token> & Pick<Token, 'is' | 'to'>;

export const has = (tokens: readonly Token[], ...kinds: readonly string[]): boolean =>
  tokens.some(({ is }) => kinds.includes(is));

/** Only so much of a message is read; the rest is reported as not done. */
export const LONGEST_MESSAGE = 20_000;

const ENGLISH = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const FIVES =
  'ten fifteen twenty twenty-five thirty thirty-five forty forty-five fifty fifty-five sixty'.split(' ');
const HAN = '零一二三四五六七八九';
const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

// Patterns of what has a value. "One" alone is an article.
const LATIN = `(?:\\d{1,6}(?:\\.\\d{1,3})?|(?:${[...ENGLISH.slice(2), ...FIVES].join('|')})(?![a-z]))`;
const N = `(?:${LATIN}|[一二两三四五六七八九十半]{1,3})`;
const UNIT = '(?:[ -]?(?:seconds?|secs?|s|minutes?|mins?)(?![a-z])|分钟|分|秒钟|秒)';
const TIME = `(?:\\d{1,2}:\\d\\d(?!\\d)|(?:${N}分钟?)?${N}${UNIT})`;
const UNTIL = '(?: ?(?:to|until|-|–) ?|到|至)';

/** What a number says: 12.5, twelve, 三十五. */
function numberOf(text: string): number {
  const [, tens, ones] = /^(.?)十(.?)$/.exec(text) ?? [];
  if (tens !== undefined) return (tens ? HAN.indexOf(tens) : 1) * 10 + (ones ? HAN.indexOf(ones) : 0);
  const place = Math.max(ENGLISH.indexOf(text), HAN.indexOf(text.replace('两', '二')));
  if (FIVES.includes(text)) return (FIVES.indexOf(text) + 2) * 5;
  return text === '半' ? 0.5 : place >= 0 ? place : Number(text);
}

/** A length of time in ms: "5 seconds", 1分30秒, 0:05. A number alone is one of `unit`. */
function msOf(text: string, unit = 's'): number {
  if (/^\d+:/.test(text)) return text.split(':').reduce((sum, part) => sum * 60 + Number(part) * 1000, 0);
  const parts = [...text.matchAll(new RegExp(`(${N})(${UNIT})?`, 'g'))];
  const of = (each: string): number => (/[m分]/.test(each) ? 60_000 : 1000);
  return Math.round(parts.reduce((sum, [, n = '', each = unit]) => sum + numberOf(n) * of(each), 0));
}

const countUp = (from: number, to: number): number[] =>
  Array.from({ length: Math.min(Math.max(to - from + 1, 0), 500) }, (_, at) => from + at);

type Read = (...groups: string[]) => number[];

/** What has numbers: the first pattern that fits where a token begins, and how it is read. All are bounded in length. */
const NUMBERED = (
  [
    ['span', `(?:from |从)?第?(${TIME}|${N})${UNTIL}第?(${TIME})`, (from, to) => [msOf(from, to), msOf(to)]],
    ['span', `(?:first|前) ?(${TIME})`, (time) => [0, msOf(time)]],
    ['span', `(?:last|final|最后) ?(${TIME})`, (time) => [-msOf(time), Infinity]],
    ['span', `(?:from|after) (${TIME})`, (time) => [msOf(time), Infinity]],
    ['at', `(?:at |第)(${TIME})`, (time) => [msOf(time)]],
    ['time', `(${TIME})`, (time) => [msOf(time)]],
    ['percent', `(${N}) ?(?:%|percent)`, (n) => [numberOf(n) / 100]],
    ['pick', `(?:first |前)(${N})[张个段]?`, (n) => countUp(1, numberOf(n))],
    ['pick', `(?:last |final |最后)(${N})[张个段]?`, (n) => countUp(-numberOf(n), -1)],
    ['pick', `(${ORDINALS.join('|')})(?![a-z])`, (word) => [ORDINALS.indexOf(word) + 1]],
    ['pick', `第(${N})[张个段]?`, (n) => [numberOf(n)]],
    ['number', `(\\d{1,3})${UNTIL}(\\d{1,3})(?!\\d)`, (from, to) => countUp(Number(from), Number(to))],
    ['number', `#?(${LATIN})[张个段]?|(${N})[张段]`, (n, han) => [numberOf(n ?? han)]],
  ] satisfies [string, string, Read][]
).map(([is, pattern, read]: [string, string, Read]) => ({ is, pattern: new RegExp(pattern, 'uy'), read }));

/** What a pattern finds at a place. */
function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function numberedAt(text: string, at: number): Found | undefined {
  const ratio = match(/(16|9|1) ?[:x×] ?(16|9|1)(?![\d:])/y, text, at);
  if (ratio) return { is: 'aspect', value: `${ratio[1]}:${ratio[2]}`, to: at + ratio[0].length };
  for (const { is, pattern, read } of NUMBERED) {
    const found = match(pattern, text, at);
    if (found) return { is, numbers: read(...found.slice(1)), to: at + found[0].length };
  }
  return undefined;
}

const OPENING = '"“‘「《';
const CLOSING = '"”’」》';
const LONGEST_QUOTE = 500;

/** A quotation. */
function quoteAt(text: string, at: number): Found | undefined {
  const close = CLOSING.charAt(OPENING.indexOf(text.charAt(at)));
  const end = close === '' ? -1 : text.slice(at + 1, at + 1 + LONGEST_QUOTE).indexOf(close);
  return end > 0 ? { is: 'quote', value: text.slice(at + 1, at + 1 + end), to: at + end + 2 } : undefined;
}

const TITLED =
  /(?:titled|entitled|with the title|rename the title to|标题为|标题是|题为|名为)(?! ?["“‘「《']| (?:in|at|on|for) ) ?([^,.;:!?。、\n]{1,80}?)(?= and | with |[,.;:!?。、\n]|$)/y;

/** A title without quotation marks. */
function titleAt(source: string, text: string, at: number): Found | undefined {
  const [all, title] = match(TITLED, text, at) ?? [];
  const to = at + (all?.length ?? 0);
  return title ? { is: 'titled', value: source.slice(to - title.length, to).trim(), to } : undefined;
}

const ANY_FILE = new RegExp(
  `(?!\\p{Script=Han})[\\p{L}\\p{N}_-][\\p{L}\\p{N}_.-]{0,99}\\.(?:${Object.keys(ACCEPTED_MEDIA).join('|')})(?![\\p{L}\\p{N}])`,
  'uy',
);

function fileAt(text: string, at: number, names: ReadonlyMap<string, LocalMedia>): Found | undefined {
  for (const [name, file] of names)
    if (text.startsWith(name, at) && !/[a-z0-9]/.test(text.charAt(at + name.length)))
      return { is: 'file', value: file.name, file, to: at + name.length };
  const [value] = match(ANY_FILE, text, at) ?? [];
  return value === undefined ? undefined : { is: 'file', value, to: at + value.length };
}

const MARKS: Readonly<Record<string, string>> = { ',': ',', '、': ',', ';': ',', '&': 'and', '+': 'and' };
const LATIN_WORD = "(?:(?!\\p{Script=Han})[\\p{L}\\p{N}_'])+";
const LATIN_WORDS = new RegExp(`${LATIN_WORD}(?:[ -]${LATIN_WORD}){0,${LONGEST.words - 1}}`, 'uy');
const HAN_WORDS = new RegExp(`\\p{Script=Han}{1,${LONGEST.characters}}`, 'uy');

/** The longest entry of the lexicon that begins here, else an unknown word or Chinese character; or a mark. */
function wordAt(text: string, at: number): Found | undefined {
  const char = text.charAt(at);
  if (/[.!?。\n…]/.test(char)) return { is: '.', to: at + 1 };
  if (MARKS[char]) return { is: MARKS[char], to: at + 1 };
  const han = match(HAN_WORDS, text, at)?.[0];
  let phrase = han ?? match(LATIN_WORDS, text, at)?.[0] ?? '';
  for (let length = phrase.length; length > 0; phrase = phrase.slice(0, length)) {
    const [is, value = ''] = meaningOf(phrase.replaceAll('-', ' '))?.split(' ') ?? [];
    if (is) return { is, value, numbers: value && Number(value) ? [Number(value)] : [], to: at + length };
    length = han ? length - 1 : phrase.search(/[ -][^ -]*$/);
    if (length <= 0) return { is: 'word', to: at + phrase.length };
  }
  return undefined;
}

const isNoun = (token?: { is: string }): boolean => token?.is === 'picture' || token?.is === 'clip';
export const isJoin = (token?: { is: string }): boolean => token?.is === 'and' || token?.is === ',';

/** Small letters, half-width figures and signs; every character stays in its place. */
const fold = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[A-Z]/g, (c) => c.toLowerCase())
    .replace(/’/g, "'");

/** Cuts a message into tokens, in one pass from left to right. */
export function lex(message: string, media: readonly LocalMedia[]): Token[] {
  const source = message.slice(0, LONGEST_MESSAGE);
  const text = fold(source);
  const names = media
    .map((file): [string, LocalMedia] => [fold(file.name), file])
    .filter(([name]) => name !== '' && meaningOf(name) === undefined)
    .sort(([a], [b]) => b.length - a.length);
  const known = new Map(names);
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const quote = quoteAt(source, at);
    const file = quote && media.find(({ name }) => name === quote.value);
    const found: Found | undefined =
      (quote && file ? { ...quote, is: 'file', file } : quote) ??
      titleAt(source, text, at) ??
      fileAt(text, at, known) ??
      numberedAt(text, at) ??
      wordAt(text, at);
    const last = tokens.at(-1);
    if (found && found.is !== 'filler' && !(isJoin(found) && isJoin(last))) {
      // "Photos 1 and 3" are named by number; in "five photos" the number only counts, and goes.
      const before = isJoin(last) ? tokens.at(-2) : last;
      const isPick = found.is === 'number' && (isNoun(before) || before?.is === 'pick');
      if (isNoun(found) && last?.is === 'number') tokens.pop();
      tokens.push({ value: '', numbers: [], ...found, ...(isPick && { is: 'pick' }), from: at });
    }
    at = found?.to ?? at + 1;
  }
  return tokens;
}
