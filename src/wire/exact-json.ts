import { OptionError } from '../errors/index.js';

/**
 * `JSON.parse`, except that a number that JavaScript would round becomes an `ExactNumber`.
 * @throws SyntaxError like `JSON.parse`.
 */
export function parseExact(text: string): unknown {
  if (!mayRound(text)) return JSON.parse(text);
  const exact = outsideStrings(text, longNumbers(text)).filter(({ number }) => isRounded(number));
  let rewritten = '';
  let end = 0;
  for (const { start, number } of exact) {
    rewritten += `${text.slice(end, start)}{"$number":"${number}"}`;
    end = start + number.length;
  }
  return JSON.parse(rewritten + text.slice(end));
}

/**
 * `JSON.stringify`, except that an `ExactNumber` is written as the number that it was.
 * @throws OptionError for a value that is nested too deep, or that contains itself.
 */
export function stringifyExact(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value) ?? 'null';
  } catch (cause) {
    const problem = 'A value cannot be written as JSON: it contains itself, or is nested too deep';
    throw new OptionError({ field: 'value', accepted: 'JSON', problem, cause });
  }
  // Searching for a rare first character is ten times as fast as for `{"`.
  if (!text.includes('$number":"')) return text;
  // Within a string every quotation mark has a backslash before it, so that this matches nothing but objects.
  return text.replace(/\{"\$number":"([-+.\deE]+)"\}/g, (object, number: string) =>
    NUMBER.test(number) && isRounded(number) ? number : object,
  );
}

/** A number as JSON writes it. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** How many digits a double always has, where the exponent has at most two. */
const SAFE_DIGITS = 15;
const LONG_EXPONENT = /\d[eE][-+]?\d{3,}(?=[\]},\s]|$)/;
/** What can come after the digits of a number; after the last, nothing. */
const AFTER_DIGITS = ']},eE \t\r\n';

/**
 * A quick look before everything else: nearly all texts have no number that may be rounded. More than 15 digits cover a
 * sixteenth place, wherever they begin, so that the other places need not be read. Linear in the text.
 */
function mayRound(text: string): boolean {
  for (let at = SAFE_DIGITS; at < text.length; at += SAFE_DIGITS + 1) {
    if (!isOfDigits(text.charCodeAt(at))) continue;
    let from = at;
    while (isOfDigits(text.charCodeAt(from - 1))) from -= 1;
    while (isOfDigits(text.charCodeAt(at))) at += 1;
    if (at - from > SAFE_DIGITS && AFTER_DIGITS.includes(text.charAt(at))) return true;
  }
  return LONG_EXPONENT.test(text);
}

/** A digit or a point. */
function isOfDigits(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2e;
}

/** A number that may be rounded, in a text of JSON or in a string of it. */
const LONG_NUMBER = /(?:^|[[:,\s])(-?\d(?:[-+.\deE]{15,}|[.\d]*[eE][-+]?\d{3,}))(?=[\]},\s]|$)/g;

/** A number in a text of JSON, or in a string of it. */
interface Token {
  readonly start: number;
  readonly number: string;
}

function longNumbers(text: string): Token[] {
  return Array.from(text.matchAll(LONG_NUMBER), ({ index, 0: match, 1: number = '' }) => ({
    start: index + match.length - number.length,
    number,
  })).filter(({ number }) => NUMBER.test(number));
}

/** The tokens that are values, not part of a string. */
function outsideStrings(text: string, tokens: readonly Token[]): Token[] {
  let opening = text.indexOf('"');
  let closing = -1;
  return tokens.filter(({ start }) => {
    while (opening !== -1 && opening < start && closing < start) {
      closing = closingQuote(text, opening);
      if (closing < start) opening = text.indexOf('"', closing + 1);
    }
    return opening === -1 || opening > start;
  });
}

/** The end of the string that begins at `opening`; the end of the text when it is open. */
function closingQuote(text: string, opening: number): number {
  let at = opening;
  do {
    at = text.indexOf('"', at + 1);
    if (at === -1) return text.length;
  } while (isEscaped(text, at));
  return at;
}

/** Whether an odd number of backslashes is before a character. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === 0x5c) start -= 1;
  return (at - start) % 2 === 1;
}

/** Whether JavaScript reads another value than the text has. */
function isRounded(number: string): boolean {
  const read = String(Number(number));
  return !NUMBER.test(read) || decimalOf(read) !== decimalOf(number);
}

/** The value of a number as its significant digits and a power of ten: one text for each value. */
function decimalOf(number: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE](.+))?$/.exec(number) ?? [];
  const digits = whole + fraction;
  let start = 0;
  let end = digits.length;
  while (digits[start] === '0') start += 1;
  while (end > start && digits[end - 1] === '0') end -= 1;
  if (start === end) return '0';
  return `${sign}${digits.slice(start, end)}e${Number(power) - fraction.length + digits.length - end}`;
}
