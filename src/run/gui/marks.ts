/** Stands for one quoted character. It is in no class of letters, marks or punctuation, so that no rule reads it as a word. */
export const BLANK = '\u{FFFC}';

/**
 * Quotation marks with what they hold. Straight and curly apostrophes double as single quotes, so those count only at
 * the edges of words. An opening mark inside ends the search: no text makes it look twice at the same character.
 */
const QUOTED =
  /"[^"\n]*"|“[^“”\n]*”|「[^「」\n]*」|『[^『』\n]*』|《[^《》\n]*》|«[^«»\n]*»|(?<![\p{L}\p{N}])(?:'[^'\n]*'|‘[^‘’\n]*’)(?![\p{L}\p{N}])/gu;

/** Blanks out what is quoted, in place: positions stay the same. */
export function blankQuotes(text: string): string {
  return text.replace(QUOTED, (quoted) => BLANK.repeat(quoted.length));
}

/** Stands for one character of emphasis: `**`, brackets, backticks, tags. */
const EMPHASIS = '\uE000';
/** Is before a word with a capital letter inside a clause: a name. */
const CAPITAL = '\uE001';

/** In rules: white space with marks of emphasis. */
export const GAP = '(?:[\\s\uE000\uE001]+)';
/** In rules: the beginning of something marked, quoted or capitalised. */
export const NAME = '[\uE000\uE001\uFFFC]';

const MARKS = /\*|`|[[\]]|<\/?[a-z]{1,10}>|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])|~~|==/giu;

/**
 * Blanks out in place what must not be taken for words: quotations (content, or the name of a button) and marks of
 * emphasis. Positions stay the same.
 */
export function maskMarks(text: string): string {
  return blankQuotes(text).replace(MARKS, (mark) => EMPHASIS.repeat(mark.length));
}

/** A clause is judged by its beginning; what comes after this many characters cannot matter. */
const LONGEST = 200;

/**
 * A masked clause as the rules read it: lower case, every capitalised word but the first marked as a name, one mark
 * or space for many, and without the bullets, arrows and pictures before the first word.
 */
export function speak(masked: string): string {
  const clause = masked.slice(0, LONGEST).replace(/^[^\p{L}\p{N}\uE000\uFFFC]+/u, '');
  const shouts = clause === clause.toUpperCase();
  const [first = ''] = /^[\uE000\s]*[\p{L}\p{N}]*/u.exec(clause) ?? [];
  const rest = clause.slice(first.length);
  const named = shouts ? rest : rest.replace(/(?<![\p{L}\p{N}'’])\p{Lu}/gu, (letter) => CAPITAL + letter);
  return (first + named)
    .toLowerCase()
    .replace(/[^\S ][\s\uE000]*|[\s\uE000]{2,}|\uE000/g, (gap) =>
      gap.includes(EMPHASIS) ? ` ${EMPHASIS}` : ' ',
    )
    .replace(/\uFFFC+/g, BLANK)
    .replaceAll('’', "'")
    .trimEnd();
}
