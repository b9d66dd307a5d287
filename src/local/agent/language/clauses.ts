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

const NAMES: readonly Kind[] = ['file', 'which', 'filler'];

/** "a video of beach.jpg and sunset.jpg with the title …": one more in the list of what the video is made of. */
function listsOn(tokens: readonly Token[], left: readonly Token[]): boolean {
  const last = left.at(-1);
  if (!last || !has(left, 'noun', 'video') || has(left, 'quote')) return false;
  if (last.kind !== 'file' && last.kind !== 'which' && !has([last], 'noun', 'picture', 'clip')) return false;
  const end = tokens.findIndex(
    (token) => !NAMES.includes(token.kind) && !has([token], 'noun', 'picture', 'clip'),
  );
  const next = tokens[end];
  return end > 0 && next !== undefined && (has([next], 'prep', 'with') || has([next], 'noun', 'title'));
}

/** Whether these words, after an "and" or a comma, begin a request of their own. */
function begins(tokens: readonly Token[], left: readonly Token[]): boolean {
  if (listsOn(tokens, left)) return false;
  if (tokens.some(isVerb) || has(tokens, 'verb', 'make', 'turn') || has(tokens, 'not')) return true;
  if (unknownVerb(tokens)) return true;
  if (!any(tokens, OBJECTS)) return false;
  const statements = STATEMENTS.filter((kind) => any(tokens, [kind]));
  // A lone quotation is one more in a list: captions 'A', 'B' and 'C'.
  if (statements.length === 1 && statements[0] === 'quote')
    return any(tokens, ['noun']) || !any(left, ['quote']);
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
    if (!left || stop || (complete(left.tokens) && begins(piece.tokens, left.tokens))) {
      clauses.push({ join, tokens: [...piece.tokens] });
    } else {
      left.tokens.push(...(join ? [join] : []), ...piece.tokens);
    }
    join = undefined;
  }
  return clauses.filter((clause) => clause.tokens.some(({ kind }) => kind !== 'join' && kind !== 'filler'));
}
