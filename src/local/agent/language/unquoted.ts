import { lex } from './lex.js';
import type { Marker } from './quotes.js';
import type { Token } from './token.js';

/**
 * Words to be written that stand without quotation marks: `change the title to Summer Sale`, `标题改成夏日大促`.
 * They are put into quotation marks before the message is read, because anything may stand in them, "cut and paste" too.
 */

const TEXT_NOUN =
  '(?:title|headline|heading|caption|subtitle|text|wording|tagline|slogan|call to action|cta|message|closing (?:text|line)|end ?card)';
const REST = '([^.,;!?\\n\uE000-\uF8FF]+)';
const ZH_TEXT_NOUN = '(?:标题|字幕|文字|文案|文本|标语|口号|片名|说明|结束语|行动号召)';
const ZH_REST = '([^,。;!?、\\n\uE000-\uF8FF]+)';

/** What may stand between the verb, the noun and the words: nothing that begins another request. */
const WITHIN = '(?:(?! (?:and|then) )[^.,;!?\\n\uE000-\uF8FF])';

/** Each pattern ends in the words to be written and whatever may follow them. */
const MARKERS: readonly { pattern: RegExp; capital?: true }[] = [
  {
    pattern: new RegExp(
      `\\b(?:change|set|rename|update|edit|switch|correct|rewrite|replace|make)\\b${WITHIN}{0,30}?\\b${TEXT_NOUN}\\b${WITHIN}{0,40}? (?:to|with|into)(?: say| read| be)? ${REST}`,
      'giu',
    ),
  },
  {
    pattern: new RegExp(
      `\\b${TEXT_NOUN}\\b(?: \\w+){0,4}? (?:says?|saying|reads?|reading|should be|to be) ${REST}`,
      'giu',
    ),
  },
  {
    pattern: new RegExp(
      `\\b(?:titled|entitled|called|named|saying|(?:that|which) (?:says|reads)|(?:title|call|name|caption) it) ${REST}`,
      'giu',
    ),
  },
  { pattern: new RegExp(`\\b${TEXT_NOUN}s? *[:=] *${REST}`, 'giu') },
  { pattern: new RegExp(`\\b(?:${TEXT_NOUN}|text overlay|overlay|words) ${REST}`, 'giu'), capital: true },
  { pattern: new RegExp(`\\b(?:write|type|print) ${REST}`, 'giu'), capital: true },
  {
    pattern: new RegExp(
      `\\bcaption (?:the )?[^.,;!?\\n]{0,24}?(?:photo|picture|image|clip|slide|one|\\d) (?:as |with )?${REST}`,
      'giu',
    ),
    capital: true,
  },
  {
    pattern: new RegExp(
      `${ZH_TEXT_NOUN}(?:内容)?[^,。;!?\\n\uE000-\uF8FF]{0,8}?(?:改成|改为|换成|换为|变成|写成|写上|写着|写|叫做?|设为|设置为|是|为|:|=) *${ZH_REST}`,
      'giu',
    ),
  },
  { pattern: new RegExp(`(?:写上|写着|打上|写)(?!文字|标题|字幕) *${ZH_REST}`, 'giu') },
  { pattern: new RegExp(`(?:名为|叫做|题为|标题为) *${ZH_REST}`, 'giu') },
  { pattern: new RegExp(`${ZH_TEXT_NOUN} +${ZH_REST}`, 'giu') },
];

const LEADS_ON = /^(?:at|from|in|on|to|over|for|near|during|until|after|在|从)/i;

/** Where the words to be written end: at what says when, where or how, and at the next thing to do. */
function endOf(tokens: readonly Token[], content: string): number {
  for (const [index, token] of tokens.entries()) {
    if (index === 0) continue;
    const next = tokens.slice(index + 1).find(({ kind }) => kind !== 'filler');
    const later =
      token.kind === 'span' ||
      ((token.kind === 'place' || token.kind === 'edge') && LEADS_ON.test(token.raw)) ||
      (token.kind === 'join' &&
        (next?.kind === 'verb' || next?.kind === 'noun' || next?.kind === 'not' || next?.kind === 'which')) ||
      (token.kind === 'prep' &&
        next !== undefined &&
        ['colour', 'which', 'duration', 'place', 'number', 'style', 'edge', 'noun', 'aspect'].includes(
          next.kind,
        )) ||
      (token.kind === 'filler' && token.raw === '的' && next?.kind === 'noun');
    if (later) return token.at;
  }
  return content.length;
}

const SAYS_SOMETHING = ['word', 'occasion', 'style', 'aspect', 'beyond'];

/** Whether these are words to write, and not a colour, a size or a place for them. */
function isWording(tokens: readonly Token[], content: string): boolean {
  if (/^(?:something|anything|whatever|be |the same|match)\b/i.test(content)) return false;
  if (tokens.some(({ kind }) => kind === 'word' || kind === 'occasion')) return true;
  const titled = /^(?:\p{Lu}[\p{L}\p{N}'’-]*)(?: \p{Lu}[\p{L}\p{N}'’-]*)+$/u.test(content);
  return titled && tokens.some(({ kind }) => SAYS_SOMETHING.includes(kind));
}

const NAME = "(\\p{Lu}[\\p{L}\\p{N}'-]*(?: \\p{Lu}[\\p{L}\\p{N}'-]*)+)";
const RENAMING = new RegExp(`\\b([Cc]hange|[Rr]eplace|[Rr]ename) ${NAME} (to|with|into) ${NAME}`, 'gu');

/** The end of the words is looked for this far; more than that is never written. */
const REACH = 240;

/** Puts marks in the place of words to be written that have no quotation marks. */
export function markUnquoted(marker: Marker): void {
  marker.marked.text = marker.marked.text.replace(
    RENAMING,
    (_, verb: string, old: string, to: string, now: string) =>
      `${verb} ${marker.quote(old)} ${to} ${marker.quote(now)}`,
  );
  for (const { pattern, capital } of MARKERS) {
    const marked = (text: string): string =>
      text.replace(pattern, (whole: string, rest: string) => {
        const before = whole.slice(0, whole.length - rest.length);
        const leading = /^(?: |the (?=\p{Lu}))*/u.exec(rest)?.[0].length ?? 0;
        const body = rest.slice(leading);
        if (capital && !/^\p{Lu}/u.test(body)) return whole;
        const tokens = lex({ ...marker.marked, text: body.slice(0, REACH) });
        const end = endOf(tokens, body);
        const content = body.slice(0, end).trim();
        const inside = tokens.filter(({ at }) => at < end);
        // What follows may name other words: "… to the first photo and the text Winter to the second".
        return content !== '' && isWording(inside, content)
          ? `${before}${marker.quote(content)}${marked(body.slice(end))}`
          : whole;
      });
    marker.marked.text = marked(marker.marked.text);
  }
}
