import type { LocalMedia } from '../dialect.js';
import { type Command, commandFor } from './commands.js';
import { has, isJoin, LONGEST_MESSAGE, lex, type Token } from './tokens.js';

/** A part of a message that asks for one thing. */
interface Clause {
  readonly tokens: readonly Token[];
  /** It continues the clause before: "remove the title *and the music*". */
  readonly joined: boolean;
}

/** A wish, and the command that understands it. */
export interface Request {
  readonly command: Command;
  readonly tokens: readonly Token[];
  /** As written. */
  readonly raw: string;
}

/** A message, understood as far as it goes. */
export interface Reading {
  /** A new video is asked for: of what, as written. */
  readonly create: { readonly subject: string | undefined } | undefined;
  readonly requests: readonly Request[];
  /** What was not understood, as written. */
  readonly unread: readonly string[];
}

const kinds = (list: string): ReadonlySet<string> => new Set(list.split(' '));
/** What is to be done, and with what: a clause without these takes them over from the clause before. */
const VERBS = kinds('make put set out cut keep move reverse sort mute leave no');
const NOUNS = kinds('title caption text music logo volume pick file picture clip video transition quote');
/** A wish with one of these is for a change of what is there. */
const CHANGES = kinds('out no move set leave sort reverse mute export ask');
/** A length or a shape alone is that of the video. */
const BARE = kinds('time aspect length a it prep for to');
/** What names files and asks for nothing: "Uploaded files: a.jpg", and of a new video "with these photos". */
const MATERIAL = kinds('file pick picture clip upload all a prep');
const isMaterial = (tokens: readonly Token[], hasDraft: boolean): boolean =>
  every(tokens, MATERIAL) ||
  (!hasDraft && tokens.every(({ is }) => /^(?:put|picture|clip|all|prep)$/.test(is)));
/** What a wish for a video is made of, beside its subject, and the parts of it that are wishes too. */
const CREATING = kinds(
  'make put keep cut video picture clip upload all each a it prep of for to about length pace says',
);
const PARTS = ['time each', 'aspect', 'faster slower', 'pick file picture clip', 'quote title says'].map(
  kinds,
);
const isValue = ({ is }: Token): boolean => kinds('time aspect faster slower pick file quote').has(is);
const SUBJECT_ENDS = kinds('quote file pick time aspect title keep span video');
const BINDING = kinds('a prep of for to');
const WHEN = kinds('at span edge a prep of for to');

const every = (tokens: readonly Token[], of: ReadonlySet<string>): boolean =>
  tokens.every(({ is }) => of.has(is));
export const asksForChange = ({ tokens }: Request): boolean => tokens.some(({ is }) => CHANGES.has(is));

/** Reads a message. The time for it grows with its length: one pass for the tokens, one for the clauses. */
export function read(message: string, hasDraft: boolean, media: readonly LocalMedia[]): Reading {
  const requests: Request[] = [];
  const unread: string[] = [];
  let create: Reading['create'];
  // Without a wish before it, what continues an edit belongs to words that were not understood.
  let before: readonly Token[] | undefined = [];
  const take = (clause: Clause): void => {
    const raw = written(clause.tokens, message);
    for (const tokens of formsOf(clause, before)) {
      const command = commandFor(tokens);
      if (!command) continue;
      requests.push({ command, tokens, raw });
      before = tokens;
      return;
    }
    unread.push(raw);
    before = hasDraft ? undefined : [];
  };
  for (const clause of clausesOf(lex(message, media))) {
    const { tokens } = clause;
    const creation = create ? undefined : creationIn(tokens, hasDraft);
    if (creation) {
      create = { subject: written(creation.subject, message) || undefined };
      for (const wish of creation.wishes) take({ tokens: wish, joined: false });
      before = tokens;
    } else if (!isMaterial(tokens, hasDraft)) take(clause);
  }
  if (message.length > LONGEST_MESSAGE) unread.push(message.slice(LONGEST_MESSAGE));
  return { create, requests, unread };
}

/** Tokens as they were written. */
function written(tokens: readonly Token[], message: string): string {
  const own = tokens.filter(({ to }) => to > 0);
  return message.slice(own[0]?.from ?? 0, own.at(-1)?.to ?? 0).trim();
}

/** Takes a message apart at full stops, commas, "and" and "with". */
function clausesOf(tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = [];
  let open: Token[] = [];
  let joined = false;
  const close = (continues: boolean): void => {
    if (!every(open, BINDING)) clauses.push({ tokens: open, joined });
    joined = continues && (joined || open.length > 0);
    open = [];
  };
  for (const [at, token] of tokens.entries()) {
    const isWith = token.is === 'with' && !has(open, 'set');
    if (token.is === '.') close(false);
    else if (isJoin(token)) {
      // "At 0:04, show …": a time at the front belongs to what follows.
      if (!every(open, WHEN) && !isList(open, tokens.slice(at + 1, at + 3))) close(true);
    } else if (isWith || token.is === 'titled') {
      close(true);
      open.push(isWith ? { ...token, is: 'put' } : token);
    } else open.push(token);
  }
  close(false);
  return clauses;
}

/** Whether a list continues: of files and pictures, of quotations, or of unknown words. */
function isList(before: readonly Token[], after: readonly Token[]): boolean {
  const next = after.find(({ is }) => is !== 'a' && is !== 'picture' && is !== 'clip')?.is ?? '';
  const last = before.findLast(({ is }) => is !== 'picture' && is !== 'clip')?.is ?? '';
  return [['file', 'pick'], ['quote'], ['word']].some((list) => list.includes(next) && list.includes(last));
}

/** A clause with what it takes over from the one before, and as it is: "make the title bigger *and move it to the top*". */
function formsOf({ tokens: own, joined }: Clause, before?: readonly Token[]): (readonly Token[])[] {
  const hasVerb = own.some(({ is }) => VERBS.has(is));
  if (!before) return joined && !hasVerb ? [] : [own];
  if (!joined || every(own, BARE)) return [own];
  const verbs = hasVerb ? [] : before.filter(({ is }) => VERBS.has(is));
  // "No captions, upbeat music" does not refuse the music.
  if (has(verbs, 'out', 'no') && !own.every(({ is }) => NOUNS.has(is) || is === 'a' || is === 'all'))
    return [own];
  const nouns = own.some(({ is }) => NOUNS.has(is)) ? [] : before.filter(({ is }) => NOUNS.has(is));
  return [[...verbs, ...nouns, ...own], [...verbs, ...own], own];
}

/** A wish for a new video: what it is of, and the other wishes that it contains. */
function creationIn(
  tokens: readonly Token[],
  hasDraft: boolean,
): { subject: readonly Token[]; wishes: (readonly Token[])[] } | undefined {
  const noun = tokens.findLastIndex(({ is }) => is === 'video' || (is === 'clip' && !hasDraft));
  const article = tokens.findIndex(({ is }) => is === 'a');
  const isOfPart = has(tokens, 'it', 'title', 'text', 'caption', 'music', 'logo', 'transition');
  // Where there is a video, "make a video" makes a new one, but not "make it a square video" or "a title for the video".
  const isNew = has(tokens, 'make') && article >= 0 && article < noun && !isOfPart;
  if (noun < 0 || tokens.some(({ is }) => CHANGES.has(is)) || (hasDraft && !isNew)) return undefined;

  const of = tokens.findIndex(
    ({ is }, at) => is === 'about' || (/^(?:of|for)$/.test(is) && has(tokens.slice(at, at + 3), 'word')),
  );
  const start = of < 0 ? tokens.findIndex(({ is }) => is === 'word') : of;
  const stop = tokens.findIndex(({ is }, at) => at > start && SUBJECT_ENDS.has(is));
  const run = start < 0 ? [] : tokens.slice(start, stop < 0 ? undefined : stop);
  const isPart = ({ is }: Token): boolean => is !== 'about' && !BINDING.has(is);
  const subject = run.slice(run.findIndex(isPart), run.findLastIndex(isPart) + 1);

  const others = tokens.filter((token) => !run.includes(token));
  const values = PARTS.map((part) => others.filter(({ is }) => part.has(is))).filter((part) =>
    part.some(isValue),
  );
  const only: Token = { is: 'keep', value: '', numbers: [], from: 0, to: 0 };
  const wishes = values.map((part) => (has(part, 'pick', 'file') ? [only, ...part] : part));
  const left = others.filter((token) => !CREATING.has(token.is) && !values.flat().includes(token));
  return { subject, wishes: [...wishes, ...left.map((token) => [token])] };
}
