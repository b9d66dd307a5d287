import { CLOCK, EN_DURATION, parseDuration, ZH_DURATION } from './durations.js';
import { EN_NUMBER, ZH_NUMBER } from './numbers.js';

/** A place on the timeline. What the words leave open is left out. All times in ms. */
export interface Span {
  from?: number;
  to?: number;
  /** `the first 5 seconds`, `the last 3 seconds`: `for` counted from that edge. */
  edge?: 'first' | 'last';
  for?: number;
  /** `throughout`, `全程`. */
  whole?: true;
}

const EN_TIME = `(?:${CLOCK}|${EN_DURATION})`;
const EN_LOOSE = `(?:${CLOCK}|${EN_DURATION}|${EN_NUMBER})`;
const ZH_TIME = `第?(?:${CLOCK}|${ZH_DURATION})`;
const ZH_LOOSE = `第?(?:${CLOCK}|${ZH_DURATION}|${ZH_NUMBER})`;
const DASH = ' *(?:-|–|—|~|〜)+ *';

type Read = (match: RegExpExecArray) => Span | undefined;

const UNIT_AT_END =
  /(?:milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h|秒钟?|分钟?|毫秒)$/i;
const MINUTES_AT_END = /(?:minutes?|mins?|m|分钟?)$/i;

/** `from 5 to 8 seconds`: the first number takes the unit of the second. */
const range: Read = (match) => {
  const a = (match[1] ?? '').replace(/^第/, '');
  const b = (match[2] ?? '').replace(/^第/, '');
  const unitlessMs = !UNIT_AT_END.test(a) && MINUTES_AT_END.test(b) ? 60_000 : 1000;
  const from = parseDuration(a, unitlessMs);
  const to = parseDuration(b, 1000);
  return from === undefined || to === undefined ? undefined : { from, to };
};

const point =
  (key: 'from' | 'to'): Read =>
  (match) => {
    const time = parseDuration((match[1] ?? '').replace(/^第/, ''));
    return time === undefined ? undefined : { [key]: time };
  };

const edge =
  (which: 'first' | 'last'): Read =>
  (match) => {
    const length = parseDuration(match[1] ?? '');
    return length === undefined ? undefined : { edge: which, for: length };
  };

/** How each form of words is read. The longest match wins, so the order does not matter. */
export const SPANS: readonly (readonly [pattern: string, read: Read])[] = [
  [`(?:from|between) (${EN_LOOSE})(?: to | until | till | through | and |${DASH})(${EN_TIME})`, range],
  [`(${EN_LOOSE})(?: to |${DASH})(${EN_TIME})`, range],
  [`from second (${EN_NUMBER}) to (?:second )?(${EN_NUMBER})`, range],
  [
    `(?:at|@|from|after|(?:starting|beginning)(?: at| from)?) (?:the )?(${EN_TIME})(?: mark)?(?: onwards?| on(?! (?:the|a|my|every|each)))?`,
    point('from'),
  ],
  [`(?:at|from|after) second (${EN_NUMBER})`, point('from')],
  [`(?:until|till|up to) (?:the )?(${EN_TIME})(?: mark)?`, point('to')],
  [`(?:the )?(?:first|opening|initial) (${EN_TIME})`, edge('first')],
  // "the last 3 seconds", but not "the photo should last 3 seconds".
  [
    `(?:(?:the|its|their) (?:last|final|closing)|(?<!(?:should|must|to|will|can|it|they|each|one|photos?|pictures?|images?|clips?|slides?|title|text|video) )(?:last|final|closing)) (${EN_TIME})`,
    edge('last'),
  ],
  [
    '(?:throughout|(?:for |during )?the (?:whole|entire) (?:time|duration|video|thing|length)|all the time|(?:from start|from beginning) to (?:end|finish)|all the way through)',
    () => ({ whole: true }),
  ],
  [`从(${ZH_LOOSE})(?:显示|出现|播放|持续|一直)+(?:到|至)(${ZH_TIME})`, range],
  [`(${ZH_TIME})(?:的时候|处)`, point('from')],
  [`[从在]?(${ZH_LOOSE}) *(?:到|至|-|–|—|~)+ *(${ZH_TIME})`, range],
  [`[从在](${ZH_TIME})(?:的时候|的位置|左右|开始|起|处|时)?`, point('from')],
  [`(第(?:${ZH_DURATION}))(?:的时候|的位置|左右|开始|起|处|时)?`, point('from')],
  [`(${CLOCK})(?:开始|处|时)`, point('from')],
  [`(?:直到|到)(第(?:${ZH_DURATION})|${CLOCK})(?:为止|结束)?`, point('to')],
  [`(?:最开始|最前面|开头|最前|前面|前)的?(${ZH_DURATION})`, edge('first')],
  [`(?:最后面|最后|末尾|结尾|后面|后)的?(${ZH_DURATION})`, edge('last')],
  ['全程|从头到尾|自始至终|整个过程|一直', () => ({ whole: true })],
];
