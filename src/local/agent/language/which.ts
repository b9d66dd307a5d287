import { EN_NUMBER, parseNumber, ZH_NUMBER } from './numbers.js';

/** Which ones of a row are meant: places counted from 1, or from the end as -1, -2 …; or all of them. */
export type Which = readonly number[] | 'all' | 'middle';

const EN_ORDINALS = (
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth ' +
  'fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
).split(' ');

const EN_ORDINAL = `(?:${EN_ORDINALS.join('|')}|\\d+ ?(?:st|nd|rd|th))(?![a-z])`;
const ZH_MEASURE = '(?:张|个|段|条|幅|帧|页|首|行|句|位|部分)';

/** "The last 3 seconds" counts no pictures. */
const NO_UNIT = '(?![- ]?(?:seconds?|secs?|s|minutes?|mins?)(?![a-z]))';

/** Rows longer than this are not written out: nobody names a hundred places. */
const LONGEST = 100;

const upTo = (count: number): number[] =>
  Array.from({ length: Math.min(Math.max(Math.floor(count), 0), LONGEST) }, (_, index) => index + 1);

const ordinal = (text: string): number =>
  /^\d/.test(text) ? Number.parseInt(text, 10) : EN_ORDINALS.indexOf(text.toLowerCase()) + 1;

const between = (a: number, b: number): number[] =>
  upTo(Math.abs(b - a) + 1).map((step) => Math.min(a, b) + step - 1);

type Read = (match: RegExpExecArray) => Which | undefined;

const nth =
  (sign: 1 | -1): Read =>
  (match) => {
    const place = ordinal(match[1] ?? '');
    return place > 0 ? [sign * place] : undefined;
  };

const several =
  (sign: 1 | -1): Read =>
  (match) => {
    const count = parseNumber(match[1] ?? '');
    if (count === undefined || count < 1) return undefined;
    return sign === 1
      ? upTo(count)
      : upTo(count)
          .map((place) => -place)
          .reverse();
  };

/** `number 3`: one place said as a number. */
const numbered: Read = (match) => {
  const place = parseNumber(match[1] ?? '');
  return place === undefined || place < 1 ? undefined : [Math.floor(place)];
};

/** 第2、3张 and 第二到第四张: a list or a range of places. */
const zhPlaces: Read = (match) => {
  const text = match[1] ?? '';
  const places = [...text.matchAll(new RegExp(ZH_NUMBER, 'gu'))].flatMap(([raw]) => parseNumber(raw) ?? []);
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined || places.some((place) => place < 1)) return undefined;
  return /[到至~-]/.test(text) ? between(first, last) : places;
};

/** How each form of words is read. The longest match wins, so the order does not matter. */
export const WHICH: readonly (readonly [pattern: string, read: Read])[] = [
  [`(${EN_ORDINAL})(?!-to| to(?: the)? last)`, nth(1)],
  [`(${EN_ORDINAL})(?:[- ]to[- ](?:the[- ])?last|[- ]from[- ](?:the[- ])?(?:end|last))`, nth(-1)],
  [
    `(${EN_ORDINAL}) (?:to|through) (?:the )?(${EN_ORDINAL})`,
    (match) => between(ordinal(match[1] ?? ''), ordinal(match[2] ?? '')),
  ],
  [`(?:penultimate|next[- ]to[- ]last|last but one)`, () => [-2]],
  ['(?:very )?(?:last|final|closing|ending)', () => [-1]],
  ['(?:very first|opening|initial|starting)', () => [1]],
  [`(?:first|opening) (${EN_NUMBER})${NO_UNIT}`, several(1)],
  [`(?:last|final) (${EN_NUMBER})${NO_UNIT}`, several(-1)],
  [
    '(?:all(?: of)?(?: the| my| our| these| those)?|every(?: single)?|each(?: of)?(?: the| my)?|both(?: of)?(?: the)?|apiece|per(?= (?:photo|picture|image|pic|slide|clip|shot|one)))',
    () => 'all',
  ],
  ['middle(?= (?:photo|picture|image|pic|shot|clip|slide|one|frame|scene))', () => 'middle'],
  [`(?:#|(?:number|no\\.?|nr\\.?) ?)(${EN_NUMBER})`, numbered],
  [`第(${ZH_NUMBER}(?: *(?:[、,和与到至~-]|以及) *第?${ZH_NUMBER})*)(?: *${ZH_MEASURE})?(?!分|秒)`, zhPlaces],
  [`第(${ZH_NUMBER}${ZH_MEASURE} *[到至~-] *第?${ZH_NUMBER})${ZH_MEASURE}`, zhPlaces],
  [`倒数第(${ZH_NUMBER})${ZH_MEASURE}?`, (match) => [-(parseNumber(match[1] ?? '') ?? 1)]],
  [`(?:最后|末尾)(?:的?那?一)?${ZH_MEASURE}|末${ZH_MEASURE}|最后(?:一)${ZH_MEASURE}`, () => [-1]],
  [`首${ZH_MEASURE}|最前面?(?:的|那)?一?${ZH_MEASURE}|开头(?:的|那)?一?${ZH_MEASURE}`, () => [1]],
  [`(?:最前面?|前)(?:的|面)?(${ZH_NUMBER})${ZH_MEASURE}`, several(1)],
  [`(?:最后面?|后)(?:的|面)?(${ZH_NUMBER})${ZH_MEASURE}`, several(-1)],
  [`每(?:一)?${ZH_MEASURE}?|所有的?|全部的?|各${ZH_MEASURE}|各个`, () => 'all'],
  [`(?:正?中间|当中)的?(?:那|一|那一)?${ZH_MEASURE}`, () => 'middle'],
];

/** The places in a row of `length`, from 0, in the order said; and those that the row does not have. */
export function resolveWhich(which: Which, length: number): { found: number[]; missing: number[] } {
  if (which === 'all') return { found: Array.from({ length }, (_, index) => index), missing: [] };
  if (which === 'middle')
    return length ? { found: [Math.floor((length - 1) / 2)], missing: [] } : { found: [], missing: [1] };
  const found: number[] = [];
  const missing: number[] = [];
  for (const place of which) {
    const index = place > 0 ? place - 1 : length + place;
    if (index < 0 || index >= length) missing.push(place);
    else if (!found.includes(index)) found.push(index);
  }
  return { found, missing };
}
