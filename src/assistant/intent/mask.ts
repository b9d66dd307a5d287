import { BLANK, blankQuotes } from '../../run/gui/quotes.js';

/** A whole message in quotation marks (`"export"`), as people paste it from instructions. */
const WHOLE = /^\s*["“「『'‘`]([^"“”「」『』‘’`]+)["”」』'’`]\s*$/u;

/**
 * Blanks out what is quoted, in place: positions stay the same. Content of a title or caption can then neither
 * split a message nor look like a command.
 */
export function maskQuotes(text: string): string {
  if (WHOLE.test(text)) return text;
  return blankQuotes(text).replace(/`[^`\n]*`/g, (quoted) => BLANK.repeat(quoted.length));
}
