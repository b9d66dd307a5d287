/** Stands for one quoted character: a word of its own that no rule knows. */
const BLANK = '\u{FFFC}';

/**
 * Opening quotation marks with what closes them. Straight and curly apostrophes double as single quotes, so those
 * count only at the edges of words.
 */
const QUOTED =
  /"[^"\n]*"|“[^“”\n]*”|「[^「」\n]*」|『[^『』\n]*』|《[^《》\n]*》|«[^«»\n]*»|`[^`\n]*`|(?<![\p{L}\p{N}])(?:'[^'\n]*'|‘[^‘’\n]*’)(?![\p{L}\p{N}])/gu;

/** A whole message in quotation marks (`"export"`), as people paste it from instructions. */
const WHOLE = /^\s*["“「『'‘`]([^"“”「」『』‘’`]+)["”」』'’`]\s*$/u;

/**
 * Blanks out what is quoted, in place: positions stay the same. Content of a title or caption can then neither
 * split a message nor look like a command.
 */
export function maskQuotes(text: string): string {
  if (WHOLE.test(text)) return text;
  return text.replace(QUOTED, (quoted) => BLANK.repeat(quoted.length));
}
