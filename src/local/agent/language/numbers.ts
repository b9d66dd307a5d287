/** How people write numbers, in figures and in words, English and Chinese. */

const EN_DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const EN_TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const EN_TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

const EN_WORD =
  `(?:(?:${EN_TENS.join('|')})(?:[- ](?:${EN_DIGITS.slice(1).join('|')}))?` +
  `|${[...EN_TEENS, ...EN_DIGITS].join('|')}|(?:a|one) hundred|a couple(?: of)?|a few)(?![a-z])`;

/** Source of a pattern for one English number: `30`, `2.5`, `twenty-five`, `two and a half`. */
export const EN_NUMBER = `(?:(?:\\d+(?:\\.\\d+)?|${EN_WORD})(?: and a half)?)`;

/** Source of a pattern for one Chinese number: `三十`, `两`, `2.5`. */
export const ZH_NUMBER = '(?:\\d+(?:\\.\\d+)?|[零〇一二两三四五六七八九十百]+)';

const ZH_DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** 三十五 → 35. Digits before 十 and 百 multiply, a bare 十 is ten, digits in a row are read as figures (一五 → 15). */
function parseHan(text: string): number {
  let total = 0;
  let digit: number | undefined;
  for (const char of text) {
    if (char === '十' || char === '百') {
      total += (digit ?? 1) * (char === '十' ? 10 : 100);
      digit = undefined;
    } else {
      digit = (digit ?? 0) * 10 + (ZH_DIGITS[char] ?? 0);
    }
  }
  return total + (digit ?? 0);
}

function parseWords(text: string): number | undefined {
  if (text.endsWith('hundred')) return 100;
  if (text.startsWith('a couple')) return 2;
  if (text === 'a few') return 3;
  let total = 0;
  for (const word of text.split(/[- ]/)) {
    const digit = EN_DIGITS.indexOf(word);
    const teen = EN_TEENS.indexOf(word);
    const ten = EN_TENS.indexOf(word);
    if (digit >= 0) total += digit;
    else if (teen >= 0) total += teen + 10;
    else if (ten >= 0) total += (ten + 2) * 10;
    else return undefined;
  }
  return total;
}

/** The value of what `EN_NUMBER` or `ZH_NUMBER` matched; undefined for anything else. */
export function parseNumber(raw: string): number | undefined {
  const half = / and a half$/i.test(raw);
  const text = raw
    .replace(/ and a half$/i, '')
    .trim()
    .toLowerCase();
  if (text === '') return undefined;
  const value = /^\d+(?:\.\d+)?$/.test(text)
    ? Number(text)
    : /^[零〇一二两三四五六七八九十百]+$/.test(text)
      ? parseHan(text)
      : parseWords(text);
  return value === undefined ? undefined : value + (half ? 0.5 : 0);
}
