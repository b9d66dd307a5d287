/** Characters that fill two columns of a terminal, and about an em on a page: East Asian ones and emoji. */
const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;

/** Characters that fill nothing. */
const EMPTY = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** What a reader takes for single characters. */
export function graphemesOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/** How many columns of a terminal a grapheme fills. */
export function columnsOf(grapheme: string): 0 | 1 | 2 {
  if (WIDE.test(grapheme)) return 2;
  return EMPTY.test(grapheme) ? 0 : 1;
}

/** About how wide a grapheme is in a sans serif face, in em: rather too much than too little. */
export function emOf(grapheme: string): number {
  if (WIDE.test(grapheme)) return 1.05;
  if (EMPTY.test(grapheme)) return 0;
  if (/^[ijlftrI.,:;'|!()[\] -]/.test(grapheme)) return 0.36;
  return /^[mwMW@%—…\p{Lu}]/u.test(grapheme) ? 0.82 : 0.6;
}

/** `text`, or as much of its beginning as fits with an ellipsis; empty when not even that fits. */
export function clipText(text: string, width: number, measure: (grapheme: string) => number): string {
  const room = width - measure('…');
  let used = 0;
  let clipped = '';
  for (const grapheme of graphemesOf(text)) {
    used += measure(grapheme);
    if (used > width) return clipped === '' ? '' : `${clipped.trimEnd()}…`;
    if (used <= room) clipped += grapheme;
  }
  return text;
}
