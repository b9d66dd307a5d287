import { maskMarks } from './marks.js';
import { linePrefix, sentencesOf } from './segments.js';
import { pairMarks, translateSentence } from './sentence.js';
import type { GuiAction } from './types.js';

/** What becomes of a line. */
export interface LineOutcome {
  readonly text: string;
  readonly actions: readonly GuiAction[];
  /** Whether it was instructions and nothing else. */
  readonly gone: boolean;
  /** What marks it as an item of a list, '' for none. */
  readonly marker: string;
}

/** Brackets in a sentence: "(or click Export)". */
const ASIDE = /[(（][^()（）]{1,300}[)）]/gu;

/** Takes the instructions out of one line. */
export function translateLine(line: string): LineOutcome {
  const actions: GuiAction[] = [];
  if (line.trim() === '') return { text: line, actions, gone: false, marker: '' };
  const withoutAsides = dropAsides(line, actions);
  const masked = maskMarks(withoutAsides);
  const marker = linePrefix(masked);
  const sentences = sentencesOf(masked, { start: marker.length, end: masked.length });
  let text = withoutAsides.slice(0, sentences[0]?.start ?? masked.length);
  let end = text.length;
  let kept = 0;
  for (const sentence of sentences) {
    const outcome = translateSentence(withoutAsides, masked, sentence);
    actions.push(...outcome.actions);
    if (outcome.text !== '') {
      if (kept > 0) text += withoutAsides.slice(end, sentence.start);
      text += outcome.text;
      kept++;
      end = sentence.end;
    } else if (kept > 0) {
      // The white space before the next sentence that stays is the one before this sentence.
      end = sentence.end;
    }
  }
  if (actions.length === 0) return { text: line, actions, gone: false, marker };
  const last = sentences.at(-1);
  if (last !== undefined && end === last.end) text += withoutAsides.slice(last.end).trimEnd();
  return { text: pairMarks(line, text).trimEnd(), actions, gone: kept === 0, marker };
}

function dropAsides(line: string, actions: GuiAction[]): string {
  let out = '';
  let from = 0;
  // In the masked line a bracket inside a quotation is none.
  for (const aside of maskMarks(line).matchAll(ASIDE)) {
    const words = line.slice(aside.index + 1, aside.index + aside[0].length - 1);
    const outcome = translateSentence(words, maskMarks(words), { start: 0, end: words.length });
    if (outcome.text !== '') continue;
    actions.push(...outcome.actions);
    out += line.slice(from, aside.index).trimEnd();
    from = aside.index + aside[0].length;
  }
  return out + line.slice(from);
}
