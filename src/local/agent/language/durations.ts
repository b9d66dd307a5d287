import { EN_NUMBER, parseNumber, ZH_NUMBER } from './numbers.js';

/** Lengths of time: `30s`, `a minute and a half`, `1m30s`, `一分半`, and the clock form `1:30`. Values are in ms. */

const EN_UNIT = '(?:milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h)(?![a-z])';
const ZH_UNIT = '(?:毫秒|秒钟|秒|分钟|分|小时)';

/** `0:05`, `1:30`, `1:02:03`, `0:05.5`. Seconds always have two figures, so that `1:1` and `16:9` are no times. */
export const CLOCK = '(?:\\d{1,2}:)?\\d{1,2}:\\d{2}(?:\\.\\d+)?(?![\\d:])';

const EN_SIMPLE = `(?:${EN_NUMBER}[- ]?(?:(?:more|extra|additional) )?${EN_UNIT})`;

/** Source of a pattern for an English length of time, without the clock form. */
export const EN_DURATION = [
  '(?:a |one )?half(?:[- ]an?|[- ]of[- ]an?)?[- ](?:seconds?|minutes?)',
  '(?:a|one) (?:second|minute) and a half',
  `${EN_NUMBER}[- ]?(?:minutes?|mins?|m)(?: and)?[ ,]*${EN_NUMBER}[- ]?(?:seconds?|secs?|s)?(?![a-z])`,
  EN_SIMPLE,
  '(?:an?|one)[- ](?:minute|hour)(?!s)',
  // "for a second", never "a second photo".
  'a second(?= *(?:$|[,.;!?]|and|long|later|each|per|off|from|earlier))',
].join('|');

/** Source of a pattern for a Chinese length of time. */
export const ZH_DURATION = [
  '半分钟|半分|半秒钟?|一分半钟?',
  `${ZH_NUMBER}分钟?半`,
  `${ZH_NUMBER}分钟?零?${ZH_NUMBER}秒钟?`,
  `${ZH_NUMBER}个?半(?:分钟|秒钟?|小时)`,
  `${ZH_NUMBER}秒钟?半`,
  `${ZH_NUMBER}个?${ZH_UNIT}`,
].join('|');

const UNIT_MS: [RegExp, number][] = [
  [/^(?:milliseconds?|msecs?|ms|毫秒)$/, 1],
  [/^(?:minutes?|mins?|m|分钟?)$/, 60_000],
  [/^(?:hours?|hrs?|h|小时)$/, 3_600_000],
  [/^(?:seconds?|secs?|s|秒钟?)$/, 1000],
];

const unitMs = (unit: string): number => UNIT_MS.find(([pattern]) => pattern.test(unit))?.[1] ?? 1000;

function parseClock(text: string): number | undefined {
  if (!/^(?:\d+:)?\d+:\d{2}(?:\.\d+)?$/.test(text)) return undefined;
  return Math.round(text.split(':').reduce((total, part) => total * 60 + Number(part), 0) * 1000);
}

const NUMBER_UNIT = new RegExp(
  `(${EN_NUMBER}|${ZH_NUMBER})(?:个)?(半)?[- ]?(${EN_UNIT}|${ZH_UNIT})?(半)?`,
  'giu',
);

/**
 * The length in ms of what one of the patterns above matched.
 * @param unitlessMs what a bare number counts: `from 5 to 8 seconds` gives the 5 its unit. Default: seconds.
 */
export function parseDuration(raw: string, unitlessMs = 1000): number | undefined {
  const text = raw
    .trim()
    .toLowerCase()
    .replace(/ (?:more|extra|additional)(?= )/, '');
  const clock = parseClock(text);
  if (clock !== undefined) return clock;
  if (/^(?:(?:a |one )?half.*minute|半分钟?)$/.test(text)) return 30_000;
  if (/^(?:(?:a |one )?half.*second|半秒钟?)$/.test(text)) return 500;
  const aUnit = /^(?:an?|one)[- ](second|minute|hour)(?: (and a half))?$/.exec(text);
  if (aUnit?.[1]) return unitMs(aUnit[1]) * (aUnit[2] ? 1.5 : 1);
  let total: number | undefined;
  let lastUnit = unitlessMs;
  for (const match of text.matchAll(NUMBER_UNIT)) {
    const value = parseNumber(match[1] ?? '');
    if (value === undefined) continue;
    // "1m30": what follows minutes without a unit is seconds.
    lastUnit = match[3] ? unitMs(match[3]) : total === undefined ? unitlessMs : 1000;
    const half = match[2] || match[4] ? 0.5 : 0;
    total = (total ?? 0) + (value + half) * lastUnit;
  }
  return total === undefined ? undefined : Math.round(total);
}
