import { REDACTED, redact } from '../errors/index.js';
import { translateGui } from '../run/index.js';

/** Where something was that no person should read; a private-use character, so that no text has it by itself. */
const HOLE = '\uE010';
/** The end of a sentence, with the quotation marks and the space behind it. Not the dot of "1." or of a file name. */
const SENTENCE = /(?<![\s(]\d{1,3}|^\d{1,3})[.!?…]+["'”’)]*(?=\s)\s*|[。！？…]+["'”’）」』]*\s*|\n+/gu;
/** How identifiers look: `add_music`, `editTimeline(`. A file's name is none. */
const IDENTIFIER =
  /(?<![\p{L}\p{N}_./\\-])(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[a-z]+[A-Z][A-Za-z0-9]*(?=\())(?![\p{L}\p{N}_-]|\.[a-z0-9])/gu;

/** What may stand in a text although it looks like machinery. */
export interface KnownWords {
  /** Tools that the agent has used. */
  readonly tools: ReadonlySet<string>;
  /** Words of the person and names of their files: whoever wrote `my_title` may read it. */
  readonly own: string;
}

/**
 * The agent's words as a person should read them: no screen instructions, and no sentence with a token, JSON, code or
 * the name of a tool in it. What such a sentence tells is told better by the timeline. Never throws.
 */
export function fitWords(text: string, known: KnownWords): string {
  const holed = punchHoles(text);
  const kept = sentencesOf(holed).filter((sentence) => !isMachinery(sentence, known));
  return translateGui(kept.join('').replaceAll(HOLE, '')).text.trim();
}

/** Cuts a text behind each of its sentences; together they are the text. */
export function sentencesOf(text: string): string[] {
  const out: string[] = [];
  let from = 0;
  for (const match of text.matchAll(SENTENCE)) {
    const to = match.index + match[0].length;
    out.push(text.slice(from, to));
    from = to;
  }
  if (from < text.length) out.push(text.slice(from));
  return out;
}

function isMachinery(sentence: string, { tools, own }: KnownWords): boolean {
  if (sentence.includes(HOLE)) return true;
  for (const [name] of sentence.matchAll(IDENTIFIER)) if (!own.includes(name)) return true;
  for (const tool of tools) if (/[_A-Z.]/.test(tool) && sentence.includes(tool)) return true;
  return false;
}

/** Replaces credentials, code and JSON by holes. JSON that does not end takes everything behind it along. */
function punchHoles(text: string): string {
  const plain = redact(text)
    .replaceAll(REDACTED, HOLE)
    .replace(/```[\s\S]*?(?:```|$)/g, HOLE);
  let out = '';
  for (let at = 0; at < plain.length; ) {
    if (!/^(?:\{\s*["}]|\[\s*[{"])/.test(plain.slice(at, at + 12))) {
      out += plain[at];
      at += 1;
      continue;
    }
    out += HOLE;
    at = endOfJson(plain, at);
  }
  // What begins with a capital behind a hole is a sentence of its own: the hole took the full stop along.
  return out.replace(/\uE010(?=\s+\p{Lu})/gu, `${HOLE}.`);
}

function endOfJson(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  return text.length;
}
