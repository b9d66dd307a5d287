import type { Pick, Span, Token } from './lex.js';

/** A part of a message that asks for one thing: its words, and those taken over from the part before. */
export interface Clause {
  readonly tokens: readonly Token[];
  /** As written. */
  readonly raw: string;
  /** It goes on from the part before: "remove the title *and the music*". */
  readonly joined: boolean;
}

const NUMERIC = ['number', 'range', 'ordinal'];
/** What things are asked for. */
const NOUNS =
  'title caption text music logo sound volume pick file picture clip video transition quote'.split(' ');
/** What asks for something to be done, or not to be. */
const VERBS = [
  ...'create make add put show write set use remove cut keep only move swap replace'.split(' '),
  ...['reverse', 'shuffle', 'sort', 'mute', 'fade', 'export', 'leave', 'no', 'with'],
];
/** Words that bind others and ask for nothing, unless a pattern names them. */
const SKIPPED = ['a', 'the', 'it', 'prep', 'count', 'corner', 'hue', 'size', 'says', 'and', ',', ':'];

const numbersOf = ({ is, value, number }: Token): number[] => {
  if (is !== 'range') return [number];
  const [from = 0, to = 0] = value.split('-').map(Number);
  return Array.from({ length: Math.min(Math.max(to - from + 1, 0), 500) }, (_, index) => from + index);
};

const isJoin = (token: Token | undefined): boolean => token?.is === 'and' || token?.is === ',';
const isDeterminer = (token: Token | undefined): boolean => token?.is === 'a' || token?.is === 'the';

const pictureNoun = (token: Token | undefined): Pick['of'] | undefined =>
  token?.is === 'picture' || token?.is === 'clip' ? token.is : undefined;

/** A number that counts pictures: not that of "the first 5 seconds" or "the second text". */
const counts = (token: Token | undefined, after: Token | undefined): token is Token =>
  token !== undefined &&
  NUMERIC.includes(token.is) &&
  !(token.is === 'ordinal' && ['time', 'text', 'caption', 'title', 'music'].includes(after?.is ?? ''));

/** The pictures named from a place on, and where the words for them end. */
function pickAt(tokens: readonly Token[], at: number): { pick: Pick; next: number } | undefined {
  let place = at;
  let of = pictureNoun(tokens[at]) ?? 'any';
  if (of !== 'any') place += 1;
  const first = tokens[place];
  const noun = (): void => {
    for (; pictureNoun(tokens[place]) || tokens[place]?.is === 'a'; place++)
      of = pictureNoun(tokens[place]) ?? of;
  };
  if (of === 'any' && (first?.is === 'first' || first?.is === 'last')) {
    place += 1;
    noun();
    return { pick: { of, list: [], [first.is]: first.number }, next: place };
  }
  if (of !== 'any' && (first?.is === 'ordinal' || first === undefined)) return undefined;
  const list: number[] = [];
  let next = place;
  for (let token = tokens[place]; counts(token, tokens[place + 1]); token = tokens[place]) {
    list.push(...numbersOf(token));
    place += 1;
    noun();
    next = place;
    while (isJoin(tokens[place]) || (place > next && isDeterminer(tokens[place]))) place++;
    if (place === next) break;
    if (pictureNoun(tokens[place])) place++;
  }
  const bare = list.length === 1 && of === 'any' && first?.is !== 'ordinal';
  return list.length === 0 || bare ? undefined : { pick: { of, list }, next };
}

/** Puts "the second and fourth photos", "photos 2-4" and 第二张照片 together as one token each. */
function withPicks(tokens: readonly Token[]): Token[] {
  const all: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const here = tokens[at];
    if (!here) break;
    const found = pickAt(tokens, at);
    const to = tokens[(found?.next ?? at + 1) - 1]?.to ?? here.to;
    // "Five photos" says how many there are, not which.
    if (found) all.push({ is: 'pick', value: '', number: 0, pick: found.pick, from: here.from, to });
    else if (here.is !== 'number' || !pictureNoun(tokens[at + 1])) all.push(here);
    at = found?.next ?? at + 1;
  }
  return all;
}

/** Puts times together: "from 2s to 5s", "the first 4 seconds", "after 10 seconds", 第5秒到第8秒. */
function withSpans(tokens: readonly Token[]): Token[] {
  const all: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const here = tokens[at];
    if (!here) break;
    const found = spanAt(tokens, at);
    const next = found?.next ?? at + 1;
    const to = tokens[next - 1]?.to ?? here.to;
    // "It should last 3 seconds."
    const verb = !found && here.is === 'ordinal' && tokens[next]?.is === 'time';
    if (verb) all.push({ ...here, is: 'show' });
    else all.push(found ? { is: 'span', value: '', number: 0, span: found.span, from: here.from, to } : here);
    at = next;
  }
  return all;
}

const isPrep = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.is === 'prep' && words.includes(token.value);

function spanAt(tokens: readonly Token[], at: number): { span: Span; next: number } | undefined {
  const here = tokens[at];
  const timeAt = (place: number): number | undefined => {
    const token = tokens[place];
    if (token?.is === 'time') return token.number;
    // "from 5 to 8 seconds": the second number gives the first its unit.
    return token?.is === 'number' && tokens[place + 2]?.is === 'time' ? token.number * 1000 : undefined;
  };
  if (here?.is === 'at') return { span: { start: here.number }, next: at + 1 };
  const lead = isPrep(here, 'from', 'in') ? 1 : 0;
  const start = timeAt(at + lead);
  const link = tokens[at + lead + 1];
  const end = isPrep(link, 'to') || (link?.is === 'and' && lead === 1) ? timeAt(at + lead + 2) : undefined;
  if (start !== undefined && end !== undefined) return { span: { start, end }, next: at + lead + 3 };
  if (here?.is === 'range' && tokens[at + 1]?.is === 'time') {
    const [from = 0, to = 0] = here.value.split('-').map(Number);
    return { span: { start: from * 1000, end: to * 1000 }, next: at + 2 };
  }
  const length = tokens[at + 1]?.is === 'time' ? timeAt(at + 1) : undefined;
  if (length === undefined || !here) return undefined;
  const next = at + 2;
  if (here.is === 'ordinal' && here.number === 1) return { span: { first: length }, next };
  // "The last 3 seconds", but "it should last 3 seconds".
  if ((here.is === 'ordinal' && here.number === -1 && tokens[at - 1]?.is === 'the') || here.is === 'edge')
    return { span: here.value === 'start' ? { first: length } : { last: length }, next };
  // 前10秒 is the first ten seconds; "before 10 seconds" is all until then, which is the same.
  if (here.is === 'before') return { span: { first: length }, next };
  if (here.is === 'after')
    return { span: /后/.test(here.value) ? { last: length } : { start: length }, next };
  if (isPrep(here, 'from')) return { span: { start: length }, next };
  return isPrep(here, 'in') && tokens[next]?.is !== 'each' ? { span: { start: length }, next } : undefined;
}

/** Lists of files and of quotations are one thing each: what is between them goes. */
const withoutCommas = (tokens: readonly Token[]): Token[] =>
  tokens.filter((token, at) => {
    if (!isJoin(token)) return true;
    const before = tokens.slice(Math.max(at - 3, 0), at).findLast((each) => !isJoin(each));
    const [after, next] = tokens.slice(at + 1, at + 5).filter((each) => !isJoin(each));
    // 'Change "A" to "B" and "C" to "D"' is two wishes, not a list.
    const isPair = after?.is === 'quote' && (isPrep(next, 'to') || next?.is === 'with' || next?.is === 'set');
    return isPair || before?.is !== after?.is || (before?.is !== 'file' && before?.is !== 'quote');
  });

const isWord = ({ is }: Token): boolean => is === 'word' || is === 'the' || is === 'a';

/** Takes a message apart into clauses. */
export function clausesOf(tokens: readonly Token[], source: string): Clause[] {
  const reduced = withoutCommas(withSpans(withPicks(tokens)));
  const clauses: Clause[] = [];
  let open: Token[] = [];
  let joined = false;
  const close = (goesOn: boolean): void => {
    const kept = trimmed(open);
    const [first, last] = [kept[0], kept.at(-1)];
    if (first && last && kept.some(({ is }) => !SKIPPED.includes(is) || is === 'it'))
      clauses.push({ tokens: unquoted(kept, source), raw: source.slice(first.from, last.to).trim(), joined });
    open = [];
    joined = goesOn;
  };
  for (const [at, token] of reduced.entries()) {
    const { is } = token;
    if (is === '.') close(false);
    else if (is === ',' || is === 'and') {
      const rest = reduced.slice(at + 1, at + 40);
      const stop = rest.findIndex((each) => isJoin(each) || each.is === '.' || each.is === 'with');
      const ahead = stop < 0 ? rest : rest.slice(0, stop);
      const names = open.some((each) => each.is === 'word') && ahead.length > 0 && ahead.every(isWord);
      if (names) open.push(token);
      else close(true);
    } else if (is === 'with' && !open.some((each) => ['replace', 'swap', 'set', 'with'].includes(each.is))) {
      close(true);
      open.push(token);
    } else open.push(token);
  }
  close(false);
  return clauses;
}

function trimmed(tokens: readonly Token[]): Token[] {
  const from = tokens.findIndex(({ is }) => is !== 'and' && is !== ',' && is !== ':');
  const to = tokens.findLastIndex(({ is }) => is !== 'and' && is !== ',' && is !== ':');
  return from < 0 ? [] : tokens.slice(from, to + 1);
}

/** Words without quotation marks: "change the title to Summer Sale", 标题改成夏日大促. */
function unquoted(tokens: readonly Token[], source: string): readonly Token[] {
  if (tokens.some(({ is }) => is === 'quote')) return tokens;
  const noun = tokens.findIndex(({ is }) => is === 'title' || is === 'caption' || is === 'text');
  const link = tokens.findIndex(
    ({ is, value }, at) =>
      at > noun && (is === 'says' || is === ':' || is === 'set' || (is === 'prep' && value === 'to')),
  );
  const after = tokens.slice(link + 1);
  // "… to the fourth photo" says where the words go.
  const place = after.findIndex(({ is }) => ['pick', 'file', 'span'].includes(is));
  const words =
    place < 0
      ? after
      : after.slice(
          0,
          after.slice(0, place).findLastIndex(({ is }) => !['prep', 'the', 'a'].includes(is)) + 1,
        );
  const [before, last] = [tokens[link], words.at(-1)];
  if (noun < 0 || !before || !last || !words.some(({ is }) => is === 'word')) return tokens;
  const value = source.slice(before.to, last.to).trim();
  const quote: Token = { is: 'quote', value, number: 0, from: before.to, to: last.to };
  return [...tokens.slice(0, link + 1), quote, ...after.slice(words.length)];
}

interface Item {
  readonly of: readonly string[];
  readonly needed: boolean;
  readonly many: boolean;
}

/** Names for what many patterns accept. */
const GROUPS: Readonly<Record<string, string>> = {
  PUT: 'add|put|show|write|set|use|make|create|with|keep|leave',
  MOVE: 'move|put|make|show|add|use',
  OUT: 'remove|no|cut',
  WHEN: 'span|edge|time',
  LOOK: 'place|colour|bigger|smaller|times',
  SHOT: 'picture|clip|pick|file',
};

/**
 * A pattern: the words that a clause needs and may have, in any order, for the order differs between English and
 * Chinese. `a|b` is either, `?` may be missing, `*` any number, `+` at least one. A clause with any other word does not match.
 */
export function compile(pattern: string): Item[] {
  return pattern.split(' ').map((part) => ({
    of: part
      .replace(/[?*+]/, '')
      .split('|')
      .flatMap((name) => (GROUPS[name] ?? name).split('|')),
    needed: !/[?*]$/.test(part),
    many: /[*+]$/.test(part),
  }));
}

/** Whether the words of a clause are those of a pattern. Takes one look at each token. */
export function matches(items: readonly Item[], tokens: readonly Token[]): boolean {
  const used = items.map(() => 0);
  for (const { is } of tokens) {
    const fits = (item: Item, at: number): boolean => item.of.includes(is) && (item.many || used[at] === 0);
    const needed = items.findIndex((item, at) => item.needed && fits(item, at));
    const place = needed >= 0 ? needed : items.findIndex(fits);
    if (place < 0 && SKIPPED.includes(is)) continue;
    if (place < 0) return false;
    used[place] = (used[place] ?? 0) + 1;
  }
  return items.every(({ needed }, at) => !needed || (used[at] ?? 0) > 0);
}

/**
 * The same clause with what it takes over from the one before: the verb, or the verb and the noun, as in "make the title
 * bigger *and red*", or the noun for a pronoun, as in "*and put it* at the top". A bare length or shape is the video's.
 */
export function carried(clause: Clause, before: Clause | undefined): Clause[] {
  const own = clause.tokens;
  const isBare = own.every(({ is }) => ['time', 'aspect', 'length', ...SKIPPED].includes(is));
  if (!clause.joined || !before || isBare) return [];
  const verbs = before.tokens.filter(({ is }) => VERBS.includes(is));
  const nouns = own.some(({ is }) => NOUNS.includes(is))
    ? []
    : before.tokens.filter(({ is }) => NOUNS.includes(is));
  const ownVerbs = own.filter(({ is }) => VERBS.includes(is) && is !== 'with');
  const refers = own.some(({ is }) => is === 'it') || ownVerbs.every(({ is }) => is === 'show');
  if (ownVerbs.length > 0)
    return refers && nouns.length > 0 ? [{ ...clause, tokens: [...nouns, ...own] }] : [];
  return [verbs, ...(nouns.length > 0 ? [[...verbs, ...nouns]] : [])].flatMap((more) =>
    more.length > 0 ? [{ ...clause, tokens: [...more, ...own] }] : [],
  );
}
