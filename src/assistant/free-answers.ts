import { cutClauses, maskQuotes } from './clauses.js';
import { normalize } from './lexicon.js';

/** A message that asks for nothing. */
export type Courtesy = 'greeting' | 'thanks';

/** What the service cannot do, whatever the message offers for it. */
export type Limit = 'gif' | 'resolution' | 'sending' | 'source';

const GREETING =
  /^(?:(?:hi|hello|hey|hiya|howdy|greetings|yo|good (?:morning|afternoon|evening|day))(?: there| again| everyone| all)?|how are you(?: today)?|你好呀?|您好|嗨|哈喽|哈啰|早上好|上午好|中午好|下午好|晚上好|在吗|在不在)$/u;
const THANKS =
  /^(?:(?:many |ok |okay |great )?(?:thanks|thank you|thank u|thx|ty|cheers|much appreciated)(?: a lot| a bunch| a million| so much| very much| again| for (?:the|your) help| everyone)?|(?:bye|goodbye|good night|see you(?: later)?)|(?:好的)?(?:谢谢|多谢|感谢|谢了|辛苦了)(?:你|您|啦|了)?|再见|拜拜|晚安)$/u;

/**
 * The courtesy that a message consists of; undefined where it says anything else, which is for the agent. Praise is for
 * the agent too: it may answer a question that the agent asked in passing.
 */
export function courtesyOf(message: string): Courtesy | undefined {
  if (message.length > 80) return undefined;
  const sentences = normalize(message)
    .split(/[.!?~,。！？，、…\s]*[.!?~,。！？，、…]+[\s]*|\n+/u)
    .map((sentence) => sentence.replace(/[^\p{L}\p{N}\s]/gu, '').trim())
    .filter((sentence) => sentence !== '');
  if (sentences.length === 0 || !sentences.every((words) => GREETING.test(words) || THANKS.test(words)))
    return undefined;
  return sentences.some((words) => THANKS.test(words)) ? 'thanks' : 'greeting';
}

/** Marked, because a bundle that uses nothing of it would keep it otherwise. */
const LIMITS: readonly (readonly [Limit, RegExp])[] = /* @__PURE__ */ (() => [
  [
    'gif',
    // As a result, not as a file that is given: "export it as a GIF", not "use cat.gif".
    /\b(?:as|to|into|in) (?:an? )?(?:animated |looping )?gif(?: format| file)?\b|\b(?:make|create|generate|export|download|save|want|need|give me|send me|get)(?: me)?(?: it| this| that)? (?:an? )?(?:animated |looping )?gif\b(?! (?:that|which) i)|(?:导出|下载|做|生成|转|换|保存|输出|要)(?:成|为)?(?:一?个|一?张)?(?:动图|gif)/u,
  ],
  [
    'resolution',
    /\b(?:in|at|as|to|into) (?:full |true |ultra )?(?:4k|8k|uhd|2160p)\b|\b(?:a|an|export|render|download)(?: an?)? (?:full |true )?(?:4k|8k|uhd|2160p)\b(?! (?:followers|views|likes|subscribers|fans|users|people|steps|customers|downloads|footage))|(?:导出|下载|做|生成|要|输出|用|成)[^，。]{0,6}[48]k(?!粉|人|次|步)/u,
  ],
  [
    'sending',
    /\b(?:send|push|airdrop|forward|share|deliver)\b[^.!?。]{0,30} (?:to|on|via|by|over) (?:my |our )?(?:phone|mobile|cell|iphone|android|whats ?app|telegram|wechat|e-?mail|inbox|slack)\b|\b(?:text|e-?mail|whatsapp|airdrop) (?:it|this|that|me|the (?:final |finished )?video)\b|(?:发|传|发送|推送)(?:到|给|至)?(?:我)?(?:的)?(?:手机|邮箱|微信|电子邮件)/u,
  ],
  ['source', /https?:\/\/(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|spotify\.com)\//u],
])();

/** What a part of a message asks for that the service cannot do; undefined where it asks for nothing of the kind. */
export function limitOf(text: string): Limit | undefined {
  const words = normalize(maskQuotes(text)).replace(/[ \t]+/g, ' ');
  return LIMITS.find(([, pattern]) => pattern.test(words))?.[0];
}

const DELIVERY = /^(?:please |also |then )?(?:export|download|save|convert|render|导出|下载|保存|转)/u;

/**
 * A message without the clauses at its end that ask for a delivery that the service cannot do: "make a clip and email it
 * to me" is "make a clip". Empty where nothing else is asked for, or where what is asked for itself is impossible.
 */
export function withoutDelivery(text: string): string {
  const masked = normalize(maskQuotes(text));
  const clauses = cutClauses(masked);
  while (clauses.length > 0) {
    const { start, end } = clauses.at(-1) ?? { start: 0, end: 0 };
    const limit = limitOf(text.slice(start, end));
    if (limit === undefined || (limit !== 'sending' && !DELIVERY.test(masked.slice(start, end)))) break;
    clauses.pop();
  }
  const rest = text.slice(0, clauses.at(-1)?.end ?? 0);
  return limitOf(rest) === undefined ? rest : '';
}
