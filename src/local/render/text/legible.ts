import type { Fonts } from './fonts.js';

/** What of a text can be drawn. */
export interface Legible {
  /** What to draw; undefined when nothing is. */
  text?: string;
  /** What was left out, for the person who asked for it. */
  warning?: string;
}

/** Decoration: pictures and signs that a sentence can lose without changing its meaning. A currency is not one. */
const DECORATION =
  /^(?:\p{So}|\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u2190-\u21ff]|\u20e3)$/u;

/**
 * Decides what of a text can be drawn with the fonts there are. Where only decoration lacks a picture, the text goes
 * without it; where letters do, the text is left out whole, for a sentence with holes says something else. Both are
 * told, and a box or a blank is never drawn.
 */
export function makeLegible(text: string, fonts: Pick<Fonts, 'missing'>): Legible {
  const missing = fonts.missing(text);
  if (missing.length === 0) return text.trim() === '' ? {} : { text };
  const listed = `${missing.slice(0, 8).join(' ')}${missing.length > 8 ? ' …' : ''}`;
  const advice = `no font covers ${listed}. Pass a font that does in the backend's \`fonts\` option`;
  if (!missing.every((character) => DECORATION.test(character))) {
    return { warning: `The text ${JSON.stringify(text)} was left out: ${advice}.` };
  }
  const kept = [...text]
    .filter((character) => !missing.includes(character))
    .join('')
    // What joined or coloured the lost signs stays behind invisibly, and so does the space around them.
    .replace(/[\u200d\ufe0e\ufe0f]/gu, '')
    .replace(/[^\S\n]{2,}/gu, ' ')
    .trim();
  const warning = `The text ${JSON.stringify(text)} was drawn without ${listed}: ${advice}.`;
  return kept === ''
    ? { warning: warning.replace('drawn without', 'left out, being nothing but') }
    : { text: kept, warning };
}
