import { has, isHan, type Token } from '../language/token.js';
import { headline } from './file-names.js';
import { isSpoken, speaksClearly } from './foreign.js';
import { shorten } from './shorten.js';

/** Finds what a video is about in the words that ask for it: "a promo for our summer sale" is about a summer sale. */

/** Whom or where a video is for is not what it is about. */
const AUDIENCE =
  /^(?:boss|clients?|customers?|colleagues?|team|friends?|website|site|homepage|home|web|page|pages|online|store|shop|social|channel|account|feed|blog|newsletter|e-?mail|campaign|presentation|meeting|audience|people|everyone|business|company|brand|facebook|twitter|linkedin|pinterest|etsy|amazon|shopify|weibo|wechat|screen|way|客户|老板|大家|朋友|网店|网站|店铺|淘宝|微信|微博|公司|品牌)$/i;

/** Praise and kinds of video; alone they are no subject. */
const GENERIC =
  /^(?:engaging|exciting|dynamic|modern|minimal(?:ist|istic)?|elegant|attractive|eye-catching|viral|creative|stylish|premium|luxury|warm|high-end|cute|funny|epic|based|style|type|kind|something|nice|lovely|perfect|best|better|full|length|final|single|few|minute|second|sec|min|fresh|trendy|vibrant|polished|branded|basic|teaser|intro|demo|sample|test|photo|image|picture|silent|digital|custom|great-looking|吸引人|酷|炫酷|漂亮|高端|时尚|现代|精致|温馨|有趣|无声)$/i;

const SUBJECT_OF =
  /^(?:about|for|of|on|featuring|showcasing|showing off|promoting|introducing|advertising|announcing|celebrating|regarding|starring|depicting)$/i;
const GOES_ON = /^(?:in|of|at|on|by|under|over|near|from|for|across|within|during)$/i;
const ARTICLE = /^(?:(?:an?|the|my|our|your|these|those|this|some|any|new) )+/i;

const says = (token: Token | undefined): boolean =>
  token?.kind === 'word' && !AUDIENCE.test(token.value) && !GENERIC.test(token.value);

const joinable = (token: Token | undefined): boolean =>
  token !== undefined && ['word', 'occasion', 'colour', 'style', 'beyond', 'number'].includes(token.kind);

/** The words after "about" or "for", up to where something else begins; empty where they name no subject. */
function phraseAfter(tokens: readonly Token[], start: number): Token[] {
  const phrase: Token[] = [];
  for (let index = start; index < tokens.length; index++) {
    const token = tokens[index];
    const ahead = tokens.slice(index + 1).find(({ kind }) => kind !== 'filler');
    if (!token) break;
    const preposition =
      token.kind === 'prep' && GOES_ON.test(token.raw) && phrase.some(says) && ahead?.kind === 'word';
    const conjunction =
      token.kind === 'join' && token.value === 'and' && phrase.some(says) && ahead?.kind === 'word';
    const article = token.kind === 'filler' && joinable(ahead);
    if (!joinable(token) && !preposition && !conjunction && !article) break;
    phrase.push(token);
  }
  while (phrase.length > 0 && !joinable(phrase.at(-1))) phrase.pop();
  return phrase.some(says) ? phrase : [];
}

/** What leads to the kind of a video: an article, a verb, how long it is to be. "Erstelle ein Video" has none of these. */
const OPENS =
  /^(?:an?|the|my|our|your|their|some|any|new|nice|good|great|cool|beautiful|awesome|amazing|stunning|simple|clean|short|quick|little)$/i;
const OPENERS: readonly Token['kind'][] = ['verb', 'prep', 'duration', 'aspect', 'factor', 'degree', 'not'];

/**
 * The words right before "video": "a coffee shop video". Where nothing known leads to them, as at the beginning of the
 * message, they may be the verb of another language: then something else must show that they are not.
 */
function phraseBefore(tokens: readonly Token[], noun: number): Token[] {
  const phrase: Token[] = [];
  for (let index = noun - 1; index >= 0; index--) {
    const token = tokens[index];
    if (
      !token ||
      !(joinable(token) || (token.kind === 'filler' && token.raw === '的' && phrase.length === 0))
    )
      break;
    if (token.kind !== 'filler') phrase.unshift(token);
  }
  while (phrase[0]?.kind === 'number' || (phrase[0]?.kind === 'word' && GENERIC.test(phrase[0].value)))
    phrase.shift();
  const [first] = phrase;
  if (!first || !phrase.some(says)) return [];
  const opener = tokens[tokens.indexOf(first) - 1];
  const led =
    isHan(first.raw) ||
    (opener !== undefined && (OPENERS.includes(opener.kind) || joinable(opener) || OPENS.test(opener.raw)));
  return led || speaksClearly(tokens, phrase) ? phrase : [];
}

function spoken(phrase: readonly Token[], text: string): string | undefined {
  const [head, tail] = [phrase[0], phrase.at(-1)];
  if (!head || !tail) return undefined;
  return (
    text
      .slice(head.at, tail.at + tail.raw.length)
      .replace(ARTICLE, '')
      .trim() || undefined
  );
}

const ZH_SUBJECT = [
  /关于(.{1,24}?)的?(?:宣传|推广|广告|介绍|短)*(?:视频|短片|影片|片子|vlog|广告|片)/,
  /(?:为|给)(?:我们?的?)?(.{1,24}?)(?:制作|创建|生成|剪辑|做|剪|拍|来)/,
];

/** What the video is about, as written, without an article; undefined where the message does not say, or where it is in a language not spoken here. */
export function subjectOfMessage(tokens: readonly Token[], text: string): string | undefined {
  for (const pattern of ZH_SUBJECT) {
    const found = pattern.exec(text)?.[1]?.trim();
    if (
      found &&
      !/^(?:我|你|他|她|它|这|那|其)/.test(found) &&
      !AUDIENCE.test(found) &&
      !/[\uE000-\uF8FF\d]/.test(found)
    )
      return found;
  }
  const after = tokens.flatMap((token, index) => {
    // French begins so: "On veut …".
    const about =
      token.kind === 'prep' && SUBJECT_OF.test(token.raw) && (index > 0 || !/^on$/i.test(token.raw));
    return about ? [phraseAfter(tokens, index + 1)] : [];
  });
  const before = tokens.flatMap((token, index) =>
    has([token], 'noun', 'video', 'clip') ? [phraseBefore(tokens, index)] : [],
  );
  for (const phrase of [...after, ...before]) {
    const words = spoken(phrase, text);
    if (words !== undefined && (isHan(words) || isSpoken(tokens, phrase))) return words;
  }
  return undefined;
}

/** A subject as a title: short enough to be read at a glance. */
export function titleFromSubject(subject: string): string {
  const words = subject.split(/\s+/);
  const short = words.length > 6 ? words.slice(0, 6).join(' ') : subject;
  return shorten(headline(short.replace(/ (?:in|of|at|on|by|and|the|a|for|from)$/i, '')), 48);
}
