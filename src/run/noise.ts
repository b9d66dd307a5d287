/**
 * The service ends normal answers with "I encountered a temporary issue …" now and then, though nothing is wrong
 * (wire document, "Rules the vendor states for clients"). That sentence is dropped when it comes last and after other
 * words; alone it is the answer, and in the middle or about something ("… with the second photo") it is one.
 */

/** How a sentence begins: one of each, in order. An empty string lets a place be left out. */
type Opening = readonly (readonly string[])[];

const APOLOGY: Opening = [
  ['', 'sorry', "i'm sorry", 'apologies', 'oops', 'unfortunately', 'it seems', 'it looks like', 'however'],
  ['', ', ', '. ', '! ', ' '],
  ['', 'but '],
  ['it seems ', 'it looks like ', ''],
  ['i ', 'we ', "i've ", "we've ", 'i have ', 'i just '],
  ['encountered ', 'ran into ', 'experienced ', 'hit ', 'run into '],
  ['a '],
  ['temporary ', 'brief ', 'transient '],
  ['issue', 'error', 'problem', 'glitch'],
];
const APOLOGY_ZH: Opening = [
  ['', '抱歉', '很抱歉', '对不起', '不好意思'],
  ['', '，', ', ', ',', '！', '。'],
  ['', '我', '我们', '系统', '服务'],
  ['', '刚刚', '刚才'],
  ['遇到了', '遇到', '出现了', '发生了'],
  ['', '一个', '一些', '点'],
  ['临时', '暂时', '短暂', '小'],
  ['', '性', '的', '性的'],
  ['问题', '错误', '故障', '异常'],
];
const ADVICE: Opening = [
  ['', 'please ', 'you can ', 'could you ', 'kindly ', "let's "],
  ['try again', 'try that again', 'retry', 'try once more', 'wait a moment', 'bear with me'],
];
const ADVICE_ZH: Opening = [
  ['', '请', '您可以', '你可以', '麻烦'],
  ['', '您', '你'],
  ['', '稍后', '稍候', '稍等'],
  ['', '再次', '再', '片刻', '后'],
  ['重试', '试', '尝试', '再试'],
];

/** The rest of such a sentence, up to its end. */
const REST = /[^.!?。！？…\n]{0,120}/uy;
const STOP = /[.!?。！？…]+["'”」)]*|\n+/uy;
/** A sentence that says what the issue was about, or how it ended, is an answer. */
const SPECIFIC =
  /\b(?:photos?|images?|pictures?|clips?|files?|tracks?|titles?|music|logo|so|instead|first|second|third|last)\b|\d|["“「『]|图|照片|片段|文件|轨道|标题|音乐|所以|因此/iu;

/** How far a text follows an opening: up to an index, not at all, or to its own end, so that more could complete it. */
type Follows = number | 'no' | 'so far';

function follow(text: string, from: number, opening: Opening, place = 0): Follows {
  const words = opening[place];
  if (words === undefined) return from;
  let best: Follows = 'no';
  for (const word of words) {
    const has = text.slice(from, from + word.length);
    if (has === word) {
      const further = follow(text, from + word.length, opening, place + 1);
      if (typeof further === 'number') return further;
      if (further === 'so far') best = further;
    } else if (word.startsWith(has)) best = 'so far';
  }
  return best;
}

function followAny(text: string, from: number, openings: readonly Opening[]): Follows {
  const found = openings.map((opening) => follow(text, from, opening));
  return found.find((end) => typeof end === 'number') ?? (found.includes('so far') ? 'so far' : 'no');
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/**
 * Whether a text is the noise, can become it with more words, or is something else. While the text continues, its last
 * word may be the beginning of another: "so" of "sorry".
 */
function judge(text: string, goesOn: boolean): 'noise' | 'open' | 'answer' {
  let openings: readonly Opening[] = [APOLOGY, APOLOGY_ZH];
  for (let at = 0; ; ) {
    const opened = followAny(text, at, openings);
    if (typeof opened === 'string') return opened === 'no' ? 'answer' : 'open';
    const rest = matchAt(REST, text, opened);
    const said = text.slice(opened, rest);
    const whole = goesOn && rest === text.length ? said.replace(/[a-z']+$/, '') : said;
    if (SPECIFIC.test(whole)) return 'answer';
    const stop = matchAt(STOP, text, rest);
    const next = stop + (/^\s*/u.exec(text.slice(stop, stop + 20))?.[0].length ?? 0);
    if (next === text.length) return 'noise';
    if (stop === rest) return 'answer';
    openings = [APOLOGY, APOLOGY_ZH, ADVICE, ADVICE_ZH];
    at = next;
  }
}

/** Where sentences end and the noise may begin. Without the flag `u`, which makes the search several times slower. */
const SENTENCES = /* @__PURE__ */ (() => {
  // A mark, or a picture (Unicode: Extended_Pictographic, and the symbols among them), whatever its variation or skin.
  const mark =
    /[.!?。！？…~)）"'’”」*\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a-\u23ff\u24c2\u25a0-\u2793\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b-\u2b55\u3030\u303d\u3297\u3299]|\ufe0f|[\ud83c-\ud83e][\udc00-\udfff]/
      .source;
  // How every opening begins; a text that is too short may become one.
  const opening =
    /\s*(?:$|(?:sorry|i['’]m|i |i['’]ve|apolog|oops|unfort|it |how|but|we[ '’]|encoun|ran |exper|hit |run |a |please|you |could|kind|let|try|retry|wait|bear|[,.!，。！抱很对不我系服刚遇出请您你麻稍再重试尝])|.{0,5}$)/
      .source;
  return {
    end: new RegExp(`(?:${mark}|\\n)$`),
    opening: new RegExp(opening, 'iy'),
    /** The end of one before such an opening. Of several line breaks the first counts, so that many take no longer. */
    turn: new RegExp(`(?:${mark}|\\n(?<!\\n[^\\S\\n]*\\n))(?=${opening})`, 'gi'),
  };
})();
/** The noise is short; what is longer is an answer. It bounds memory and work. */
const LONGEST_NOISE = 1_000;

/** Whether a text, or what it becomes with more words, may be the noise. */
function isSuspect(text: string): boolean {
  return text.length <= LONGEST_NOISE && judge(plain(text.trimStart()), true) !== 'answer';
}

/** Same length, so that positions hold: only ASCII capitals and the curly apostrophe are changed. */
function plain(text: string): string {
  return text.replace(/[A-Z’]/g, (char) => (char === '’' ? "'" : char.toLowerCase()));
}

/**
 * Holds text back that is, or could become, the noise at the end of an answer. Everything else passes at once; the
 * concatenation of all that `push` and `end` return is the same however the text is cut.
 */
export class NoiseHold {
  #held = '';
  /** Whether words were let out: only after others the sentence is noise. */
  #answered = false;
  /** Whether what was let out ends where a sentence ends. */
  #atStart = true;

  /** What was taken and not let out yet. */
  get held(): string {
    return this.#held;
  }

  /** Takes the next words and returns what can be shown of all that was taken; may be empty. */
  push(words: string): string {
    const all = this.#held + words;
    // Half a character says nothing; the other half comes with the next words.
    const last = all.charCodeAt(all.length - 1);
    const text = last >= 0xd800 && last < 0xdc00 ? all.slice(0, -1) : all;
    const from = this.#suspect(text);
    this.#held = all.slice(from);
    return this.#let(text.slice(0, from));
  }

  /** No more words come. Returns what was held back, or nothing where that is the noise after an answer. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    const words = held.trimStart();
    if (words === '') return this.#let(held);
    const isNoise = this.#answered && judge(plain(words), false) === 'noise';
    return isNoise ? '' : this.#let(held);
  }

  /** Where the earliest stretch begins that reaches to the end of the text and may be noise; else the text's length. */
  #suspect(text: string): number {
    const { opening, turn } = SENTENCES;
    opening.lastIndex = 0;
    if (this.#atStart && opening.test(text) && isSuspect(text)) return 0;
    turn.lastIndex = 0;
    while (turn.test(text)) {
      // The line break goes with the words after it.
      const gap = turn.lastIndex - (text.charAt(turn.lastIndex - 1) === '\n' ? 1 : 0);
      if (isSuspect(text.slice(gap))) return gap;
    }
    return text.length;
  }

  #let(out: string): string {
    if (out === '') return out;
    this.#answered ||= out.trim() !== '';
    this.#atStart = SENTENCES.end.test(out.slice(-2));
    return out;
  }
}

/** A whole answer without the noise at its end; what {@link NoiseHold} makes of it. */
export function dropNoise(text: string): string {
  const hold = new NoiseHold();
  return hold.push(text) + hold.end();
}
