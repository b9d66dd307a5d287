import { maskMarks, speak } from './marks.js';
import { mayInstruct } from './may-instruct.js';
import { type GuiAction, leadsUp } from './screen-rules.js';
import { linePrefix, pairMarks, sentencesOf, translateSentence } from './sentence.js';

/** A text without its screen instructions. */
export interface GuiTranslation {
  /** What is left for a person to read; empty when the text was nothing but instructions. */
  readonly text: string;
  /** The instructions, in the order of the text. */
  readonly actions: readonly GuiAction[];
}

/**
 * Takes screen instructions out of what the backend says, in English and Chinese: "Done! Click the Export button to
 * download it." becomes "Done!" and an `export` action. Everything else is kept to the letter: quotations ("I wrote
 * "Click here" over the first clip"), reports, links. Idempotent and linear in the length of the text; never throws.
 *
 * @example
 * ```ts
 * translateGui('Your title is in, or open the timeline panel to preview.');
 * // { text: 'Your title is in.', actions: [{ action: 'show_timeline', phrase: 'open the timeline panel to preview' }] }
 * ```
 */
export function translateGui(text: string): GuiTranslation {
  if (!mayInstruct(text)) return { text, actions: NONE };
  const actions: GuiAction[] = [];
  let rest = text;
  for (;;) {
    const lines = rest.split('\n').map(translateLine);
    // What is left is read again until it asks nothing more: two halves of a sentence could make an instruction.
    if (lines.every((line) => line.actions.length === 0)) return { text: rest, actions };
    for (const line of lines) actions.push(...line.actions);
    rest = joinLines(dropSteps(lines));
  }
}

const NONE: readonly GuiAction[] = [];

/** What a step of a list may say that names no screen: "2. Choose 1080p". */
const STEP = /^(?:select|choose|pick|set|enter|wait|confirm|save|name)\b|^(?:选择|设置|等待|确认|输入|保存)/u;
/** What can lead a list of steps in. */
const LEADS_STEPS =
  /\b(?:steps?|how to|to (?:export|download)|follow|next)\b|步骤|如何|操作|导出|下载|接下来/u;

/** Steps go with the steps around them, and what leads them in goes with all of them. */
function dropSteps(lines: readonly LineOutcome[]): LineOutcome[] {
  const out = [...lines];
  for (const [i, line] of out.entries()) {
    const before = out[i - 1];
    const isStep = /\d/.test(line.marker) && before?.gone === true && /\d/.test(before.marker);
    if (isStep && STEP.test(speak(line.text.slice(line.marker.length)))) out[i] = { ...line, gone: true };
  }
  for (const [i, line] of out.entries()) {
    if (line.gone || !/[:：]\s*$/.test(line.text)) continue;
    let next = i + 1;
    while (out[next]?.gone === true && out[next]?.marker !== '') next++;
    const goesOn = (out[next]?.marker ?? '') !== '';
    const words = speak(line.text);
    if (next > i + 1 && !goesOn && (leadsUp(words) || LEADS_STEPS.test(words)))
      out[i] = { ...line, gone: true };
  }
  return out;
}

/** The lines that stay. Where some went, blank lines do not pile up. */
function joinLines(lines: readonly LineOutcome[]): string {
  const out: string[] = [];
  let hole = false;
  for (const { text, gone } of lines) {
    if (gone) hole = true;
    else if (!(hole && text.trim() === '' && (out.at(-1) ?? '').trim() === '')) {
      out.push(text);
      if (text.trim() !== '') hole = false;
    }
  }
  while (hole && out.length > 0 && (out.at(-1) ?? '').trim() === '') out.pop();
  return out.join('\n');
}

/** What becomes of a line. */
interface LineOutcome {
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
function translateLine(line: string): LineOutcome {
  const actions: GuiAction[] = [];
  if (line.trim() === '') return { text: line, actions, gone: false, marker: '' };
  const whole = maskMarks(line);
  const withoutAsides = dropAsides(line, whole, actions);
  const masked = withoutAsides === line ? whole : maskMarks(withoutAsides);
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

function dropAsides(line: string, masked: string, actions: GuiAction[]): string {
  let out = '';
  let from = 0;
  // In the masked line a bracket inside a quotation is blank.
  for (const aside of masked.matchAll(ASIDE)) {
    const words = line.slice(aside.index + 1, aside.index + aside[0].length - 1);
    const outcome = translateSentence(words, maskMarks(words), { start: 0, end: words.length });
    if (outcome.text !== '') continue;
    actions.push(...outcome.actions);
    out += line.slice(from, aside.index).trimEnd();
    from = aside.index + aside[0].length;
  }
  return out + line.slice(from);
}
