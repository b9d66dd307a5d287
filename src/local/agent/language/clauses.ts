import { has, type Kind, ofKind, type Token, type Verb } from './token.js';

/** These verbs say enough with an object alone: `remove the music`. Others need a value or a second object. */
const ENOUGH: readonly Verb[] = [
  'remove',
  'add',
  'cut',
  'mute',
  'unmute',
  'undo',
  'reverse',
  'shuffle',
  'enlarge',
  'shrink',
  'lengthen',
  'shorten',
  'quicken',
  'slow',
  'duplicate',
  'export',
  'restart',
  'create',
  'raise',
  'lower',
  'sort',
  'caption',
  'use',
  'keep',
  'start',
  'end',
];

/** Values that make a statement about whatever they stand beside. */
const STATEMENTS: readonly Kind[] = [
  'compare',
  'quote',
  'percent',
  'factor',
  'colour',
  'place',
  'aspect',
  'style',
  'transition',
  'motion',
  'fps',
  'fade',
  'span',
  'duration',
  'edge',
  'beyond',
  'not',
];

const OBJECTS: readonly Kind[] = ['noun', 'which', 'file', 'quote', 'transition', 'beyond', 'axis'];

const any = (tokens: readonly Token[], kinds: readonly Kind[]): boolean =>
  tokens.some(({ kind }) => kinds.includes(kind));

const isVerb = (token: Token): boolean =>
  token.kind === 'verb' && token.value !== 'make' && token.value !== 'turn';

/** Whether these words are a whole request already, so that what follows may be another. */
function complete(tokens: readonly Token[]): boolean {
  if (any(tokens, STATEMENTS)) return true;
  const objects = ofKind(tokens, 'which').length + ofKind(tokens, 'file').length;
  if (has(tokens, 'verb', 'swap', 'replace')) return objects > 1 || ofKind(tokens, 'noun').length > 1;
  if (has(tokens, 'verb', 'make') && has(tokens, 'noun', 'video') && !has(tokens, 'noun', 'pronoun'))
    return true;
  return ENOUGH.some((verb) => has(tokens, 'verb', verb)) && any(tokens, [...OBJECTS, 'word']);
}

/** "… and teleport the logo": a word that is not known, right before what it is done to. */
function unknownVerb([first, second]: readonly Token[]): boolean {
  if (first?.kind !== 'word' || !second) return false;
  const pronoun = second.kind === 'noun' && second.value === 'pronoun';
  return pronoun || second.kind === 'which' || /^(?:the|my|our|an?|your|this|that)\b/i.test(second.raw);
}

const isPicture = (token: Token): boolean => has([token], 'noun', 'picture', 'clip', 'segment', 'file');
const names = (token: Token): boolean => token.kind === 'file' || token.kind === 'which' || isPicture(token);

/**
 * One more picture in a list of them: "a video of beach.jpg and sunset.jpg with the title …", `"Hello" on the first and
 * the third photo in red`.
 */
function listsOn(tokens: readonly Token[], left: readonly Token[]): boolean {
  const last = left.at(-1);
  const own = tokens.filter(({ kind }) => kind !== 'filler');
  const next = own.find((token) => !names(token));
  if (!last || !names(last) || !own[0] || !names(own[0])) return false;
  if (has(left, 'quote'))
    return !any(own, ['quote', 'verb', 'compare']) && ofKind(own, 'noun').every(isPicture);
  return (
    has(left, 'noun', 'video') &&
    next !== undefined &&
    (has([next], 'prep', 'with') || has([next], 'noun', 'title'))
  );
}

/** Whether these words, after an "and" or a comma, begin a request of their own. */
function begins(tokens: readonly Token[], left: readonly Token[], join: Token | undefined): boolean {
  if (listsOn(tokens, left)) return false;
  if (tokens.some(isVerb) || has(tokens, 'verb', 'make', 'turn') || has(tokens, 'not')) return true;
  if (unknownVerb(tokens)) return true;
  if (!any(tokens, OBJECTS)) return false;
  // "change the title to 'A' and 'B' on photo 2", but "change the caption of photo 1 to 'A' and of photo 2 to 'B'".
  const apart = has(left, 'verb', 'change', 'replace', 'swap') && tokens[0]?.kind !== 'prep';
  const statements = STATEMENTS.filter((kind) => any(tokens, [kind]));
  // A lone quotation is one more in a list: captions 'A', 'B' and 'C', or "A" on the first photo and "B" on the second.
  // "remove the second photo and the text 'Sale'": what is quoted is to go, too.
  const listed = statements.length === 1 && statements[0] === 'quote';
  if (listed && has(left, 'verb', 'remove') && join?.value === 'and') return false;
  if (listed)
    return !any(left, ['quote']) || ofKind(tokens, 'noun').some((noun) => apart || !isPicture(noun));
  return statements.length > 0;
}

/** One request, and the word that joins it to the one before. */
export interface Piece {
  join: Token | undefined;
  tokens: Token[];
}

/** Cuts a message into requests: at full stops, and at "and" and commas where a whole request ends and another begins. */
export function splitClauses(tokens: readonly Token[]): Piece[] {
  const pieces: Piece[] = [{ join: undefined, tokens: [] }];
  for (const token of tokens) {
    if (token.kind === 'join') pieces.push({ join: token, tokens: [] });
    else pieces.at(-1)?.tokens.push(token);
  }
  const clauses: Piece[] = [];
  let join: Token | undefined;
  for (const piece of pieces) {
    const left = clauses.at(-1);
    // "cut it, and then …": of joins in a row, "then" says most.
    join = piece.join && join && join.raw.length > piece.join.raw.length ? join : piece.join;
    if (piece.tokens.length === 0) continue;
    const stop = join?.kind === 'join' && join.value === 'stop';
    if (!left || stop || (complete(left.tokens) && begins(piece.tokens, left.tokens, join))) {
      clauses.push({ join, tokens: [...piece.tokens] });
    } else {
      left.tokens.push(...(join ? [join] : []), ...piece.tokens);
    }
    join = undefined;
  }
  return clauses.filter((clause) => clause.tokens.some(({ kind }) => kind !== 'join' && kind !== 'filler'));
}
