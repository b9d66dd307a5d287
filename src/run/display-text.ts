import { printable } from '../errors/index.js';
import { copyOf, GrowingText } from './answer-text.js';
import type { GuiAction } from './gui/screen-rules.js';
import { translateGui } from './gui/translate.js';

/** Where a sentence or a line can end, and what must be closed before. */
const MARK = /[.!?。！？…\n"“”「」『』《》«»()（）[\]]|\*\*/g;
/** The rest of a stop: more of it, and what closes after it. */
const STOP = /[.!?。！？…]+[\])"'）」”*_`~]*/y;
const ENDS_ANYWHERE = /[。！？]/;
const OPENING = '“「『《«(（[';
const CLOSING = '”」』》»)）]';
const NUMBERED = /^\s*(?:\(?\d{1,3}[.)、]|[①-⑳]|step \d)/i;
const LISTED = /^\s*(?:$|(?:[-•·●▪‣*+>]|#{1,6})\s|\(?\d{1,3}[.)、]|[①-⑳]|step \d)/i;
const LEADS_IN = /[:：]\s*$/;
/** The longest stretch that waits for its end, in characters. It bounds memory and work. */
const LONGEST_STRETCH = 4_000;

/**
 * The answer as a person should see it, while it grows: without instructions for a screen and without characters that a
 * terminal would act on. It grows by whole sentences; a list of steps, and the line that leads it in, come as a whole,
 * because they go together. The work is linear in the text.
 */
export class DisplayText {
  /** The instructions that were taken out, in order. */
  readonly actions: GuiAction[] = [];
  readonly #shown = new GrowingText();
  /** What has not been shown yet. */
  #pending = '';
  /** Up to where the pending text has been looked at. */
  #seen = 0;
  /** Where the present line begins in it; below 0 when its beginning has been shown. */
  #line = 0;
  /** Whether the pending text ends in a list of steps. */
  #inList = false;
  #isQuoted = false;
  #isBold = false;
  #brackets = 0;
  /** Whether the last that was looked at was an instruction, and the white space before it. */
  #isCut = false;
  #gap = '';

  /** Whether nothing was shown but white space. */
  get isBlank(): boolean {
    return this.#shown.isBlank;
  }

  /** All that was shown. */
  toString(): string {
    return this.#shown.toString();
  }

  /** Takes the next words of the answer, and returns what can be shown now. */
  push(words: string): string {
    this.#pending += words;
    let shown = '';
    for (let end = this.#findEnd(); end !== undefined; end = this.#findEnd()) shown += this.#show(end);
    if (this.#pending.length > LONGEST_STRETCH) shown += this.flush();
    return shown;
  }

  /** No more words come soon: returns all that was waiting for the end of its sentence. */
  flush(): string {
    this.#closeAll();
    this.#inList = false;
    return this.#pending === '' ? '' : this.#show(this.#pending.length);
  }

  /** Where the next whole sentence or line ends. */
  #findEnd(): number | undefined {
    const text = this.#pending;
    MARK.lastIndex = this.#seen;
    while (MARK.test(text)) {
      const at = MARK.lastIndex - 1;
      const mark = text.charAt(at);
      this.#seen = MARK.lastIndex;
      if (mark === '\n') {
        const end = this.#endLine(at);
        if (end !== undefined) return end;
      } else if (mark === '*') this.#isBold = !this.#isBold;
      else if (mark === '"') this.#isQuoted = !this.#isQuoted;
      else if (OPENING.includes(mark)) this.#brackets += 1;
      else if (CLOSING.includes(mark)) this.#brackets = Math.max(0, this.#brackets - 1);
      else {
        const stop = stopAt(text, at);
        const end = at + stop.length;
        // What follows decides: 1.5 is not an end.
        if (end === text.length) {
          this.#seen = at;
          return undefined;
        }
        this.#close(stop);
        MARK.lastIndex = end;
        this.#seen = end;
        if (this.#endsSentence(at, stop)) return end;
      }
    }
    // The other half of a mark of bold print may follow.
    this.#seen = text.endsWith('*') ? text.length - 1 : text.length;
    return undefined;
  }

  /** Where the text before this line break can be shown up to, if it can. */
  #endLine(at: number): number | undefined {
    const line = this.#pending.slice(Math.max(0, this.#line), at);
    const isContinued = this.#line < 0;
    const before = this.#line - 1;
    this.#line = at + 1;
    this.#closeAll();
    if ((this.#inList && LISTED.test(line)) || line.trim() === '') return undefined;
    const isList = LEADS_IN.test(line) || (!isContinued && NUMBERED.test(line));
    const wasList = this.#inList;
    this.#inList = isList;
    if (!isList) return at;
    // A list right behind another one: that one is complete.
    return wasList && before > 0 ? before : undefined;
  }

  #endsSentence(at: number, stop: string): boolean {
    if (this.#isQuoted || this.#isBold || this.#brackets > 0) return false;
    const next = this.#pending.charAt(at + stop.length);
    if (next.trim() !== '' && !ENDS_ANYWHERE.test(stop)) return false;
    if (this.#line < 0) return true;
    const line = this.#pending.slice(this.#line, at + 1);
    if (NUMBERED.test(line) || (this.#inList && LISTED.test(line))) return false;
    this.#inList = false;
    return true;
  }

  #close(stop: string): void {
    for (const mark of stop) {
      if (mark === '"') this.#isQuoted = false;
      else if (CLOSING.includes(mark)) this.#brackets = Math.max(0, this.#brackets - 1);
    }
    if (stop.includes('**')) this.#isBold = !this.#isBold;
  }

  #closeAll(): void {
    this.#isQuoted = false;
    this.#isBold = false;
    this.#brackets = 0;
  }

  #show(end: number): string {
    const stretch = this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(end);
    this.#seen = Math.max(0, this.#seen - end);
    this.#line -= end;
    const { text, actions } = translateGui(stretch);
    for (const { action, phrase } of actions) this.actions.push({ action, phrase: copyOf(phrase) });
    const out = this.#joined(printable(text), stretch, actions.length > 0);
    this.#shown.add(out);
    return out;
  }

  /** Where an instruction went, the larger of the gaps around it stays. */
  #joined(text: string, stretch: string, isCut: boolean): string {
    if (!isCut && !this.#isCut) return text;
    this.#gap = wider(this.#gap, leadingSpace(stretch));
    this.#isCut = true;
    if (text.trim() === '') return '';
    const isLater =
      isCut && stretch.slice(0, Math.max(0, stretch.indexOf(text.trim().slice(0, 20)))).includes('\n');
    const gap = isLater ? wider(this.#gap, '\n') : this.#gap;
    this.#gap = '';
    this.#isCut = false;
    return this.#shown.length === 0 ? text.trimStart() : gap + text.trimStart();
  }
}

function stopAt(text: string, at: number): string {
  STOP.lastIndex = at;
  STOP.test(text);
  return text.slice(at, STOP.lastIndex);
}

function leadingSpace(text: string): string {
  return text.slice(0, text.length - text.trimStart().length);
}

/** The one with more line breaks. */
function wider(a: string, b: string): string {
  return b.split('\n').length > a.split('\n').length || a === '' ? b : a;
}
