/** Stands for one quoted character. In no class of letters, marks or punctuation, so that no rule takes it for a word. */
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
