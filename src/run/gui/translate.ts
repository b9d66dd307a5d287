import { type LineOutcome, translateLine } from './line.js';
import { speak } from './marks.js';
import { leadsUp } from './rules.js';
import type { GuiAction, GuiTranslation } from './types.js';

/**
 * Takes screen instructions out of what the backend says, in English and Chinese: "Done! Click the Export button to
 * download it." becomes "Done!" and an `export` action. Everything else is kept to the letter: quotations ("I wrote
 * "Click here" over the first clip"), reports, links. Idempotent and linear in the length of the text; never throws.
 *
 * @example
 * translateGui('Your title is in, or open the timeline panel to preview.');
 * // { text: 'Your title is in.', actions: [{ action: 'show_timeline', phrase: 'open the timeline panel to preview' }] }
 */
export function translateGui(text: string): GuiTranslation {
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

/** What a step of a list may say that is none of a screen by itself: "2. Choose 1080p". */
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
