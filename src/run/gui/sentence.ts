import { speak } from './marks.js';
import { introducesWords, leadsUp, namedAction, screenAction, standsAlone } from './rules.js';
import { clausesOf, type Range } from './segments.js';
import type { ActionKind, GuiAction } from './types.js';

/** What becomes of a sentence. */
export interface SentenceOutcome {
  /** What is left of it: '' when nothing is, the same words when it asks nothing of a screen. */
  readonly text: string;
  readonly actions: readonly GuiAction[];
}

interface Clause extends Range {
  readonly words: string;
  /** The words as the rules read them. */
  readonly spoken: string;
  readonly action: ActionKind | undefined;
  /** Said or written in the video. */
  readonly isSpeech: boolean;
  drop: boolean;
}

const COLON = /[:：]/;
/** A link is content, whatever stands around it. */
const LINK = /https?:\/\/|www\./iu;

/**
 * Takes the instructions out of one sentence.
 *
 * @param line the line that holds it, verbatim
 * @param masked the same line as `maskMarks` gives it
 */
export function translateSentence(line: string, masked: string, sentence: Range): SentenceOutcome {
  const whole = line.slice(sentence.start, sentence.end);
  if (LINK.test(whole)) return { text: whole, actions: [] };
  const clauses: Clause[] = [];
  let isSpeech = false;
  for (const range of clausesOf(masked, sentence)) {
    const last = clauses.at(-1);
    // "The narrator says: click the bell": words of the video.
    if (last !== undefined)
      isSpeech ||= COLON.test(line.slice(last.end, range.start)) && introducesWords(last.spoken);
    const words = line.slice(range.start, range.end);
    const spoken = speak(masked.slice(range.start, range.end));
    const action = isSpeech ? undefined : screenAction(spoken, words);
    clauses.push({ ...range, words, spoken, action, isSpeech, drop: action !== undefined });
  }
  if (!clauses.some(({ drop }) => drop)) return { text: whole, actions: [] };

  // What follows an instruction and is no sentence of its own belongs to it: "… and choose 1080p".
  const actions: GuiAction[] = [];
  let before: ActionKind | undefined;
  for (const clause of clauses) {
    const goesOn =
      clause.action === undefined && before !== undefined && !clause.isSpeech && !standsAlone(clause.spoken);
    const action = clause.action ?? (goesOn ? namedAction(clause.words) : undefined);
    if (goesOn) clause.drop = true;
    if (action !== undefined && !(goesOn && action === before))
      actions.push({ action, phrase: clause.words.trim() });
    before = clause.drop ? (action ?? before) : undefined;
  }
  // And so does what leads up to it: "If you like it, …".
  for (let i = clauses.length - 2; i >= 0; i--) {
    const clause = clauses[i];
    if (clause !== undefined && !clause.drop && clauses[i + 1]?.drop === true)
      clause.drop = leadsUp(clause.spoken);
  }

  let text = '';
  for (const [i, { start, end, drop }] of clauses.entries()) {
    if (drop) continue;
    // What joined it to the clause before comes with it, unless it is the first that stays.
    const first = i === 0 ? sentence.start : start;
    text += line.slice(text === '' ? first : (clauses[i - 1]?.end ?? start), end);
  }
  if (text === '') return { text, actions };
  const stop = line.slice(clauses.at(-1)?.end, sentence.end);
  return { text: pairMarks(whole, capitalised(whole, text)) + stop, actions };
}

/** A sentence that began with a capital letter still does. */
function capitalised(whole: string, text: string): string {
  const first = /\p{L}/u.exec(whole)?.[0] ?? '';
  if (first === first.toLowerCase()) return text;
  return text.replace(/^[^\p{L}]*\p{Ll}/u, (start) => start.toUpperCase());
}

/** Takes out the mark of bold print whose other half went with an instruction. */
export function pairMarks(whole: string, text: string): string {
  const isOdd = (words: string): boolean => words.split('**').length % 2 === 0;
  if (!isOdd(text) || isOdd(whole)) return text;
  const first = text.indexOf('**');
  const lone = /\S/.test(text.charAt(first - 1)) ? first : text.lastIndexOf('**');
  return text.slice(0, lone) + text.slice(lone + 2);
}
