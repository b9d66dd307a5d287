import type { LocalDraft, LocalMedia } from '../dialect.js';
import { type Clause, carried, clausesOf } from './clauses.js';
import { type Command, commandFor } from './commands.js';
import { LONGEST_MESSAGE, lex, type Token } from './lex.js';
import { captionOf } from './overlays.js';
import { picturesIn } from './timeline.js';

/** A clause with the command that understands it. */
export interface Request {
  readonly command: Command;
  readonly clause: Clause;
}

/** A wish for a new video, or for a generated clip in the one that is there. */
export interface Making {
  /** What it shows, as written. */
  readonly subject: string | undefined;
  /** The words for it and its kind: "promotional video". */
  readonly words: string;
  readonly clause: Clause;
}

/** A message, understood as far as it goes. */
export interface Reading {
  readonly create?: Making;
  readonly scenes: readonly Making[];
  readonly requests: readonly Request[];
  /** Names of files without a wish: what the message comes with. */
  readonly material: readonly Clause[];
  /** It orders the finished video, or asks what is in it: that changes nothing. */
  readonly asks: 'export' | 'state' | undefined;
  /** What was not understood, as written. */
  readonly unread: readonly string[];
}

const MATERIAL =
  'file upload picture clip pick use add all a the it prep count with : and , only video sort'.split(' ');

const isMaterial = ({ tokens }: Clause, hasDraft: boolean): boolean =>
  tokens.some(
    ({ is }) => is === 'file' || is === 'upload' || (!hasDraft && (is === 'pick' || is === 'picture')),
  ) &&
  tokens.every(({ is }) => MATERIAL.includes(is) || is === 'number') &&
  !tokens.some(({ is }) => is === 'only');

/** Words that only add to what was asked before: "for 3 seconds". */
const GOES_ON = 'show time span edge place colour bigger smaller prep the a it and ,'.split(' ');

/** Reads a message. Time grows with its length: one pass for the words, one for the clauses. */
export function read(message: string, draft: LocalDraft | null, media: readonly LocalMedia[]): Reading {
  const clauses = clausesOf(lex(message, media), message);
  const scenes: Making[] = [];
  const requests: Request[] = [];
  const material: Clause[] = [];
  const unread: string[] =
    message.length > LONGEST_MESSAGE ? [`${message.slice(LONGEST_MESSAGE, LONGEST_MESSAGE + 20)}…`] : [];
  let create: Making | undefined;
  let asks: Reading['asks'];
  let before: Clause | undefined;
  let missed = false;
  const take = (clause: Clause): boolean => {
    for (const form of [...carried(clause, before), clause, ...byName(clause, draft, media)]) {
      const command = commandFor(form);
      if (!command) continue;
      requests.push({ command, clause: form });
      before = form;
      return true;
    }
    return false;
  };
  for (const clause of clauses) {
    const kinds = clause.tokens.map(({ is }) => is);
    if (kinds.includes('export') && !kinds.includes('no')) {
      asks ??= 'export';
      continue;
    }
    if (kinds[0] === 'ask') {
      asks ??= 'state';
      continue;
    }
    const made = makingOf(clause, draft !== null);
    if (made?.create && !create) {
      create = made.making;
      before = made.making.clause;
      if (made.rest.length === 0 || take({ ...clause, joined: false, tokens: made.rest })) continue;
      unread.push(...loose(made.rest, message));
      continue;
    }
    // What goes on from words that were not understood is not understood by itself either.
    const goesOn = missed && clause.joined && clause.tokens.every(({ is }) => GOES_ON.includes(is));
    missed = false;
    if (!draft && isMaterial(clause, false)) {
      material.push(clause);
      continue;
    }
    if (!goesOn && take(clause)) continue;
    if (made && draft) {
      scenes.push(made.making);
      continue;
    }
    if (isMaterial(clause, true)) {
      material.push(clause);
      continue;
    }
    // A purpose or a reason may be beyond the table; what comes before it need not be.
    const cut = clause.tokens.findIndex(
      ({ is, value }, at) => at > 0 && is === 'prep' && /^(?:for|because|so that)$/.test(value),
    );
    const tail = clause.tokens[cut];
    if (tail && take({ ...clause, tokens: clause.tokens.slice(0, cut) }))
      unread.push(message.slice(tail.from, clause.tokens.at(-1)?.to));
    else {
      missed = true;
      before = undefined;
      unread.push(clause.raw);
    }
  }
  return { ...(create && { create }), scenes, requests, material, asks, unread };
}

/** The unknown words of a clause and what else was left, each run as written. */
function loose(tokens: readonly Token[], message: string): string[] {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first && last ? [message.slice(first.from, last.to).trim()] : [];
}

const wordsOf = (name: string): string[] =>
  (captionOf(name) ?? '')
    .toLowerCase()
    .split(' ')
    .filter((word) => word.length > 2 || /\p{Script=Han}/u.test(word));

/** The clause with files in the place of words that are the name of exactly one: "remove the red mug". */
function byName(clause: Clause, draft: LocalDraft | null, media: readonly LocalMedia[]): Clause[] {
  if (!draft || !clause.tokens.some(({ is }) => is === 'word')) return [];
  const shown = new Set(picturesIn(draft).map(({ m }) => m.src));
  const out: Token[] = [];
  const isName = (token: Token): boolean =>
    token.is === 'word' ||
    ((token.is === 'colour' || token.is === 'style') &&
      media.some(({ name }) => wordsOf(name).includes(token.value.toLowerCase())));
  for (let at = 0; at < clause.tokens.length; ) {
    const here = clause.tokens[at];
    if (!here) break;
    let end = at;
    while (end < clause.tokens.length && ['word', 'colour', 'style'].includes(clause.tokens[end]?.is ?? ''))
      end++;
    const run = clause.tokens.slice(at, end);
    const last = run.at(-1);
    if (!last || !run.some(isName)) {
      out.push(here);
      at += 1;
      continue;
    }
    const said = clause.raw
      .slice(here.from - offset(clause), last.to - offset(clause))
      .toLowerCase()
      .split(/[\s-]+/);
    const found = media.filter(
      (file) => file.kind !== 'audio' && said.every((word) => wordsOf(file.name).includes(word)),
    );
    const inVideo = found.filter(({ url }) => shown.has(url));
    const [file, another] = inVideo.length > 0 ? inVideo : found;
    if (!file || another) return [];
    out.push({ is: 'file', value: file.name, number: 0, file, from: here.from, to: last.to });
    at = end;
    // "The mug photo": the noun says what it is.
    if (clause.tokens[at]?.is === 'picture' || clause.tokens[at]?.is === 'clip') at += 1;
  }
  return [{ ...clause, tokens: out }];
}

const offset = ({ tokens }: Clause): number => tokens[0]?.from ?? 0;

/** Words that a wish for a video uses up. */
const HEAD =
  'create make cut add use set show put a the it video prep count upload picture pick file clip all with about says only length each and , : number'.split(
    ' ',
  );
const SUBJECT_ENDS = ['title', 'quote', 'only', 'file', 'pick', 'edge', 'span'];

/** A wish for a video or a clip in a clause: what it shows, and what else the clause asks for. */
function makingOf(
  clause: Clause,
  hasDraft: boolean,
): { making: Making; create: boolean; rest: Token[] } | undefined {
  const { tokens } = clause;
  const video = tokens.findIndex(({ is }) => is === 'video');
  const clip = tokens.findIndex(({ is }) => is === 'clip');
  const noun = video >= 0 ? video : clip;
  const verb = tokens.find(({ is }) =>
    'create make cut add use set put no remove cut keep replace show move'.split(' ').includes(is),
  )?.is;
  const head = tokens.slice(0, Math.max(noun, 0));
  const article = head.findLast(({ is }) => is === 'a' || is === 'the' || is === 'it')?.is;
  const makes =
    verb === 'cut'
      ? !hasDraft && article === 'a'
      : !'no remove keep replace move put show'.split(' ').includes(verb ?? '');
  if (noun < 0 || !makes) return undefined;
  // "A 6-second clip", where there is no video yet, is one.
  const isVideo = video >= 0 || (!hasDraft && article === 'a');
  const isNew = hasDraft
    ? article === 'a' && !head.some(({ is }) => is === 'it') && verb !== 'set'
    : !(article === 'the' && verb !== 'create');
  const about = tokens.findIndex(
    ({ is, value }, at) =>
      is === 'about' ||
      (at > noun &&
        is === 'prep' &&
        (value === 'of' || value === 'for') &&
        startsSubject(tokens.slice(at + 1))),
  );
  const stop = tokens.findIndex(
    ({ is }, at) =>
      at > about &&
      (SUBJECT_ENDS.includes(is) || (is === 'says' && at > about + 1) || (about < noun && at === noun)),
  );
  const after = about < 0 ? [] : tokens.slice(about + 1, stop < 0 ? undefined : stop);
  const before = head.filter(
    (token, at) => isLoose(token) && (about < 0 || at < about) && !after.includes(token),
  );
  const subject = [before, after].map((run) => spoken(run, clause)).filter((words) => words !== '');
  if (!isNew || (!isVideo && !(hasDraft && subject.length > 0))) return undefined;
  const used = (token: Token): boolean =>
    before.includes(token) ||
    after.includes(token) ||
    HEAD.includes(token.is) ||
    ['time', 'aspect', 'faster', 'slower'].includes(token.is);
  const [first, last] = [before[0] ?? tokens[noun], tokens[noun]];
  const words = first && last ? clause.raw.slice(first.from - offset(clause), last.to - offset(clause)) : '';
  const rest = tokens.filter(
    (token) => !used(token) || (token.is === 'says' && tokens.some(({ is }) => is === 'quote')),
  );
  const making: Making = { subject: subject.length > 0 ? subject.join(' ') : undefined, words, clause };
  return { making, create: isVideo && (verb !== 'add' || !hasDraft), rest };
}

const isLoose = ({ is }: Token): boolean => is === 'word';

const startsSubject = (rest: readonly Token[]): boolean => {
  const next = rest.find(({ is }) => is !== 'the' && is !== 'a');
  return (
    next !== undefined &&
    !['pick', 'file', 'picture', 'upload', 'clip', 'aspect', 'time', 'it', 'only', 'number', 'all'].includes(
      next.is,
    )
  );
};

/** The words of a subject as written, without an article before and a preposition after. */
function spoken(tokens: readonly Token[], clause: Clause): string {
  const from = tokens.findIndex(({ is }) => is !== 'the' && is !== 'a');
  const to = tokens.findLastIndex(({ is }) => is !== 'the' && is !== 'a' && is !== 'prep');
  const [first, last] = [tokens[Math.max(from, 0)], tokens[to]];
  return first && last && first.from <= last.from
    ? clause.raw.slice(first.from - offset(clause), last.to - offset(clause)).trim()
    : '';
}
