import { CLOCK, EN_DURATION, parseDuration, ZH_DURATION } from './durations.js';
import { EN_NUMBER, parseNumber, ZH_NUMBER } from './numbers.js';
import { FILE_BASE, type Marked, QUOTE_BASE } from './quotes.js';
import { SPANS } from './spans.js';
import { isHan, type Kind, type Token, type TokenValues } from './token.js';
import { BEYOND, ZH_BEYOND } from './vocabulary/beyond.js';
import { COMPARES, DEGREES, FACTORS } from './vocabulary/comparisons.js';
import { AXES, NOUNS } from './vocabulary/nouns.js';
import { FILLER, JOINS, NEGATIONS, PARTICLES, PREPOSITIONS, ZH_FILLER } from './vocabulary/small-words.js';
import * as values from './vocabulary/values.js';
import { type Entry, VERBS } from './vocabulary/verbs.js';
import { WHICH } from './which.js';

/** One form of words: where it fits, it makes a token. */
interface Rule {
  pattern: RegExp;
  token(match: RegExpExecArray): Token | undefined;
}

const LATIN = '[a-z0-9à-öø-ÿ]';
const HAN = '\\p{Script=Han}';

const english = (source: string): RegExp => new RegExp(`(?<!${LATIN})(?:${source})(?!${LATIN})`, 'iy');
const chinese = (source: string): RegExp => new RegExp(`(?:${source})`, 'iy');

function rule<K extends Kind>(
  kind: K,
  pattern: RegExp,
  read: (match: RegExpExecArray) => TokenValues[K] | undefined,
): Rule {
  return {
    pattern,
    token(match) {
      const value = read(match);
      if (value === undefined) return undefined;
      // TypeScript can't relate a generic kind to its value; the signature of `rule` has already done so.
      return { kind, value, raw: match[0], at: match.index } as Token;
    },
  };
}

function entries<K extends Kind>(kind: K, table: readonly Entry<TokenValues[K]>[]): Rule[] {
  return table.flatMap(([value, en, zh]) => [
    ...(en ? [rule(kind, english(en), () => value)] : []),
    ...(zh ? [rule(kind, chinese(zh), () => value)] : []),
  ]);
}

const either = (source: string): RegExp => (isHan(source) ? chinese(source) : english(source));

const percent = (raw: string | undefined): number | undefined => {
  const value = parseNumber(raw ?? '');
  return value === undefined ? undefined : value / 100;
};

/** Every form of words. The longest match wins; of equals, the one that stands first here. */
const RULES: readonly Rule[] = [
  ...entries('aspect', values.ASPECTS),
  ...SPANS.map(([source, read]) => rule('span', either(source), read)),
  rule('duration', english(`${EN_DURATION}|${CLOCK}`), ([raw]) => parseDuration(raw)),
  rule('duration', chinese(ZH_DURATION), ([raw]) => parseDuration(raw)),
  rule('percent', english(`(${EN_NUMBER}) ?(?:%|percent|per cent)`), (match) => percent(match[1])),
  rule('percent', /(\d+(?:\.\d+)?)%/y, (match) => percent(match[1])),
  rule('percent', chinese(`百分之(${ZH_NUMBER})`), (match) => percent(match[1])),
  rule('percent', chinese(`(${ZH_NUMBER})成(?!片|为|品)`), (match) => (percent(match[1]) ?? 0) * 10),
  rule('fps', english('(\\d{2}) ?(?:fps|frames per second|frames a second)'), (match) => Number(match[1])),
  rule('fps', chinese('每秒(\\d{2})帧|(\\d{2})帧(?:每秒)?'), (match) => Number(match[1] ?? match[2])),
  ...entries('factor', FACTORS),
  rule('factor', english(`(${EN_NUMBER}) ?(?:x|×|times)`), (match) => parseNumber(match[1] ?? '')),
  rule('factor', english('x ?(\\d+(?:\\.\\d+)?)'), (match) => Number(match[1])),
  rule('factor', chinese(`(${ZH_NUMBER})倍(?:速)?`), (match) => parseNumber(match[1] ?? '')),
  rule('colour', /#(?:[0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-z])/iy, ([raw]) => raw.toLowerCase()),
  ...entries('colour', values.COLOURS),
  ...entries('fade', values.FADES),
  ...entries('transition', values.TRANSITIONS),
  ...entries('motion', values.MOTIONS),
  ...entries('edge', values.EDGES),
  ...entries('verb', VERBS),
  ...WHICH.map(([source, read]) => rule('which', either(source), read)),
  ...entries('place', values.PLACES),
  ...entries('compare', COMPARES),
  ...entries('degree', DEGREES),
  ...entries('not', NEGATIONS),
  ...entries('axis', AXES),
  ...entries('noun', NOUNS),
  ...entries('style', values.STYLES),
  rule(
    'occasion',
    english('promo(?:tional|tion)?|advertis(?:ement|ing)|ads?|commercial|marketing|sales?|launch'),
    () => 'promo',
  ),
  rule('occasion', chinese('宣传|推广|促销|广告|营销|带货'), () => 'promo'),
  rule('beyond', english(BEYOND), ([raw]) => raw),
  rule('beyond', chinese(ZH_BEYOND), ([raw]) => raw),
  ...entries('particle', PARTICLES),
  ...entries('prep', PREPOSITIONS),
  ...entries('join', JOINS),
  rule('join', /,/y, () => 'comma'),
  rule('join', /[.;!?]+(?=\s|$)|[。;!?…]+|\n+/y, () => 'stop'),
  rule('filler', english(FILLER), ([raw]) => raw),
  rule('filler', chinese(ZH_FILLER), ([raw]) => raw),
  rule('number', english(EN_NUMBER), ([raw]) => parseNumber(raw)),
  rule('number', chinese(ZH_NUMBER), ([raw]) => parseNumber(raw)),
];

const WORD = new RegExp(`(?:(?!${HAN})[\\p{L}\\p{N}])+(?:['’-](?:(?!${HAN})[\\p{L}\\p{N}])+)*|${HAN}`, 'uy');

function longest(text: string, at: number): Token | undefined {
  let best: Token | undefined;
  for (const { pattern, token } of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match || match[0].length <= (best?.raw.length ?? 0)) continue;
    best = token(match) ?? best;
  }
  return best;
}

function mark(marked: Marked, text: string, at: number): Token | undefined {
  const raw = text.charAt(at);
  const code = text.charCodeAt(at);
  const quote = code < FILE_BASE ? marked.quotes[code - QUOTE_BASE] : undefined;
  if (quote !== undefined) return { kind: 'quote', value: quote, raw, at };
  const file = marked.files[code - FILE_BASE];
  return file === undefined
    ? undefined
    : { kind: 'file', value: file, raw: marked.fileNames[code - FILE_BASE] ?? raw, at };
}

/** The message as words and phrases with a meaning, in order. Whatever is not known becomes a `word`. */
export function lex(marked: Marked): Token[] {
  const { text } = marked;
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const known = mark(marked, text, at) ?? longest(text, at);
    if (known) {
      tokens.push(known);
      at += Math.max(known.kind === 'quote' || known.kind === 'file' ? 1 : known.raw.length, 1);
      continue;
    }
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    const last = tokens.at(-1);
    if (word && last?.kind === 'word' && last.at + last.raw.length === at && isHan(word) && isHan(last.raw)) {
      // Chinese has no spaces: unknown characters in a row are one word.
      last.raw += word;
      last.value += word;
    } else if (word) {
      tokens.push({ kind: 'word', value: word, raw: word, at });
    }
    at += word?.length ?? 1;
  }
  return tokens;
}
