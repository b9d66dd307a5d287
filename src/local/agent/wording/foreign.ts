import { isHan, type Token } from '../language/token.js';

/** Tells a message in a language that is not spoken here by its words: of these few or none are known. */

/** Kinds that show no language: figures, names, and what is called alike in many: "HD", "Lo-fi", "Promo". */
const SHARED: readonly Token['kind'][] = [
  'number',
  'duration',
  'percent',
  'factor',
  'aspect',
  'fps',
  'style',
  'occasion',
  'beyond',
  'file',
  'quote',
];
const SHARED_WORD =
  /^(?:(?:full )?hd|(?:promo )?videos?|films?|reels?|promo|montage|commercial|trailer|teaser|mp4|clips?|photos?|images?|logos?)$|\d|^\P{L}+$/iu;
/** Small words that are words of other languages too: they show little. */
const SMALL = /^(?:a|an|as|at|can|for|in|is|me|of|on|s|so|still|to|was|will)$/i;

/** The words that are not known, beside some that need not be, such as what the video is about. */
const strangeWords = (tokens: readonly Token[], beside: readonly Token[]): Token[] =>
  tokens.filter((token) => token.kind === 'word' && !beside.includes(token) && !isHan(token.raw));

const knownWords = (tokens: readonly Token[]): Token[] =>
  tokens.filter(({ kind, raw }) => kind !== 'word' && !SHARED.includes(kind) && !SHARED_WORD.test(raw));

const tellingWords = (tokens: readonly Token[]): Token[] =>
  knownWords(tokens).filter(({ raw }) => !SMALL.test(raw));

/** Whether more words show a language that is spoken here than are not known. */
export function speaksClearly(tokens: readonly Token[], beside: readonly Token[]): boolean {
  return tellingWords(tokens).length > strangeWords(tokens, beside).length;
}

/** Whether a message is in a language that is spoken here, so far as its words tell. */
export function isSpoken(tokens: readonly Token[], beside: readonly Token[]): boolean {
  const most = Math.max(knownWords(tokens).length, tellingWords(tokens).length * 2);
  return strangeWords(tokens, beside).length <= most;
}

/** The words that were not understood of a message in another language, with dots for those between them. */
export function foreignWords(tokens: readonly Token[]): string | undefined {
  const unknown = strangeWords(tokens, []);
  const [first, last] = [unknown[0], unknown.at(-1)];
  if (!first || !last || isSpoken(tokens, [])) return undefined;
  return tokens
    .slice(tokens.indexOf(first), tokens.indexOf(last) + 1)
    .map((token) => (unknown.includes(token) ? token.raw : '…'))
    .join(' ')
    .replace(/(?:… )+/g, '… ');
}
