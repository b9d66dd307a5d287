import type { Token, TokenOf } from './token.js';

/** What a word means can depend on its neighbours. These passes settle that once, before clauses are read. */

const COUNTABLE = new Set(['picture', 'clip', 'segment', 'caption', 'text']);
const LONGEST_RANGE = 100;

/** "Photo one" is a number, though "the red one" and "one by one" are none. */
function countingOne(tokens: readonly Token[], index: number): Token | undefined {
  const token = tokens[index];
  const goesOn = /^(?:by|more|at)$/i.test(tokens[index + 1]?.raw ?? '');
  if (!token || goesOn || token.raw.toLowerCase() !== 'one') return token;
  return { kind: 'number', value: 1, raw: token.raw, at: token.at };
}

/** `photo 3`, `photos 2, 4 and 5`, `clips 2-4`: numbers after the noun are places, not amounts. */
function placesAfterNoun(tokens: readonly Token[], text: string): Token[] {
  const out: Token[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    out.push(token);
    if (token.kind !== 'noun' || !COUNTABLE.has(token.value)) continue;
    const told = tokens[index + 1];
    if (told?.kind === 'which' && /^(?:#|n(?:umber|o|r)\b)/i.test(told.raw)) {
      // "photo number four"
      out.splice(-1, 0, told);
      index++;
      continue;
    }
    const numbers: TokenOf<'number'>[] = [];
    let end = index;
    for (let ahead = index + 1; ahead < tokens.length; ahead++) {
      const next = ahead === index + 1 ? countingOne(tokens, ahead) : tokens[ahead];
      if (next?.kind === 'number' && Number.isInteger(next.value) && next.value > 0) {
        numbers.push(next);
        end = ahead;
      } else if (
        next?.kind !== 'join' &&
        !(next?.kind === 'prep' && next.value === 'to' && numbers.length > 0)
      ) {
        break;
      }
    }
    const [first, last] = [numbers[0], numbers.at(-1)];
    // "the photos, five of them" is an amount; "photos 2 and 3 photos" would be no language at all.
    if (
      !first ||
      !last ||
      tokens[end + 1]?.kind === 'noun' ||
      countingOne(tokens, index + 1)?.kind !== 'number'
    )
      continue;
    const gap = text.slice(first.at, last.at);
    const isRange = numbers.length === 2 && /[-–—~]| to | through /.test(gap) && last.value > first.value;
    const value = isRange
      ? Array.from(
          { length: Math.min(last.value - first.value + 1, LONGEST_RANGE) },
          (_, step) => first.value + step,
        )
      : numbers.map((number) => number.value);
    out.pop();
    out.push(
      { kind: 'which', value, raw: text.slice(first.at, last.at + last.raw.length), at: first.at },
      token,
    );
    index = end;
  }
  return out;
}

/** 第一张前面: after a part of the video 前面 means "before it"; by itself it means the beginning. */
function relations(tokens: readonly Token[]): Token[] {
  return tokens.map((token, index) => {
    const before = tokens[index - 1];
    const aPart =
      before?.kind === 'which' ||
      before?.kind === 'file' ||
      (before?.kind === 'noun' && before.value !== 'video');
    if (token.kind !== 'edge' || !aPart || !/^(?:前面|后面|前头)$/.test(token.raw)) return token;
    return {
      kind: 'prep',
      value: token.value === 'start' ? 'before' : 'after',
      raw: token.raw,
      at: token.at,
    };
  });
}

/** `speed it up`, `turn the music down`, `take the second photo out`: the two halves of a verb find each other. */
function phrasalVerbs(tokens: readonly Token[]): Token[] {
  const out = [...tokens];
  for (const [index, particle] of tokens.entries()) {
    if (particle.kind !== 'particle') continue;
    for (let back = index - 1; back >= 0; back--) {
      const token = tokens[back];
      if (!token || token.kind === 'join') break;
      const value = whole(token, particle.value);
      if (!value) continue;
      out[back] = { kind: 'verb', value, raw: token.raw, at: token.at };
      break;
    }
    const verbs = out.some(({ kind }) => kind === 'verb' || kind === 'fade');
    if (!verbs && (particle.value === 'out' || particle.value === 'off')) {
      // "photo 3 out", "sound off"
      out[index] = { kind: 'verb', value: 'remove', raw: particle.raw, at: particle.at };
    }
  }
  return out;
}

function whole(token: Token, particle: TokenOf<'particle'>['value']): TokenOf<'verb'>['value'] | undefined {
  if (token.kind === 'axis' && token.value === 'speed' && particle === 'up') return 'quicken';
  if (token.kind !== 'verb') return undefined;
  const raw = token.raw.toLowerCase();
  if (
    /^(?:turn|bring|move|mov)/.test(raw) &&
    (particle === 'up' || particle === 'down') &&
    !/^mov/.test(raw)
  ) {
    return particle === 'up' ? 'raise' : 'lower';
  }
  if (/^(?:turn|switch|take|leav|cut|get)/.test(raw) && (particle === 'off' || particle === 'out')) {
    // "cut 2 seconds off" keeps its verb: it takes a piece away, not the whole.
    return /^cut/.test(raw) && particle === 'off' ? undefined : 'remove';
  }
  return undefined;
}

/** `fade the music in and out`: a plain "fade" with a particle is no transition. */
function fades(tokens: readonly Token[]): Token[] {
  return tokens.map((token, index) => {
    if (token.kind !== 'transition' || !/^fad(?:e|es|ing)$/i.test(token.raw)) return token;
    const stop = tokens.findIndex(
      (next, at) => at > index && (next.kind === 'verb' || (next.kind === 'join' && next.value !== 'and')),
    );
    const particles = tokens
      .slice(index, stop < 0 ? undefined : stop)
      .flatMap((next) => (next.kind === 'particle' ? next.value : []));
    const [fadeIn, fadeOut] = [particles.includes('in'), particles.includes('out')];
    if (!fadeIn && !fadeOut) return token;
    return {
      kind: 'fade',
      value: fadeIn && fadeOut ? 'both' : fadeIn ? 'in' : 'out',
      raw: token.raw,
      at: token.at,
    };
  });
}

/** `First, make …`: counts what is asked, not pictures. */
function withoutCounting(tokens: readonly Token[]): Token[] {
  return tokens.filter((token, index) => {
    const before = tokens[index - 1];
    const starts = !before || (before.kind === 'join' && before.value !== 'comma');
    const next = tokens[index + 1];
    return !(
      starts &&
      (token.kind === 'which' || token.kind === 'edge') &&
      next?.kind === 'join' &&
      next.value === 'comma'
    );
  });
}

const THINGS: readonly Token['kind'][] = ['noun', 'motion', 'transition', 'style', 'axis', 'fade'];

/** "Stop the zooming" asks for none of it; "don't touch the music" asks to leave it. */
function negations(tokens: readonly Token[]): Token[] {
  return tokens.map((token, index) => {
    if (token.kind !== 'not' || token.value !== 'never') return token;
    const next = tokens.slice(index + 1).find(({ kind }) => kind !== 'filler');
    return next && THINGS.includes(next.kind) ? { ...token, value: 'none' } : token;
  });
}

/** `"A" on the first`, `swap the first and the last`: after an article they are places in the row, not its ends. */
function ranks(tokens: readonly Token[]): Token[] {
  return tokens.map((token, index) => {
    const { kind, raw, at } = token;
    const article = tokens[index - 1]?.raw.toLowerCase() === 'the';
    if (kind !== 'edge' || !article || !/^(?:first|last)$/i.test(raw)) return token;
    return { kind: 'which', value: [token.value === 'start' ? 1 : -1], raw, at };
  });
}

/** All passes, in order. */
export const repair = (tokens: readonly Token[], text: string): Token[] =>
  negations(phrasalVerbs(fades(relations(placesAfterNoun(ranks(withoutCounting(tokens)), text)))));
