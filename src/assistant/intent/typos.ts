import { lazily } from '../../run/gui/lazily.js';

/**
 * Words one slip away from these are read as these ("dowload", "uplaod"): words that people type all the time and that
 * few real words resemble.
 */
const OFTEN_MISTYPED = 'export download upload credits balance status timeline preview please video';
/** The real words that are one slip away from one of them. */
const REAL =
  'expert exports uploads unload uploader downloads downloader statue statues states stats statute balanced balances ' +
  'balancer valance review previews previewed timelines pleased pleases lease videos vide';

const mistyped = /* @__PURE__ */ lazily(() => OFTEN_MISTYPED.split(' '));
const real = /* @__PURE__ */ lazily(() => new Set(REAL.split(' ')));

/** The word that a mistyped one stands for, if it is one. */
export function meantBy(word: string): string | undefined {
  return real().has(word) ? undefined : mistyped().find((right) => isOneSlipFrom(word, right));
}

/**
 * One letter left out, doubled, replaced or swapped with its neighbour. The first letter is rarely mistyped and must
 * be right, which keeps most real words apart.
 */
function isOneSlipFrom(word: string, right: string): boolean {
  const difference = word.length - right.length;
  if (word[0] !== right[0] || word.length < 5 || Math.abs(difference) > 1) return false;
  let start = 0;
  while (start < right.length && word[start] === right[start]) start++;
  const rest = (text: string, from: number): string => text.slice(start + from);
  if (difference === 1) return rest(word, 1) === rest(right, 0);
  if (difference === -1) return rest(word, 0) === rest(right, 1);
  const swapped = word[start] === right[start + 1] && word[start + 1] === right[start];
  return rest(word, 1) === rest(right, 1) || (swapped && rest(word, 2) === rest(right, 2));
}
