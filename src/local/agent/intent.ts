import type { LocalDraft, LocalMedia } from '../dialect.js';
import { has } from './language/token.js';
import { objectsOf } from './reading/clause.js';
import type { Part, Reading } from './reading/read.js';
import type { Request } from './reading/request.js';

/** What a message as a whole is after. */
export type Intent = 'create' | 'edit' | 'export' | 'ask' | 'help' | 'nothing-yet' | 'unknown';

const ARTICLE = /\b(?:an?|another|new|one)\b|一|个|条|段|支|新/i;
const INSERTS = /\b(?:add|insert|append|include)\b|添|插入|加/i;
const DEFINITE =
  /\b(?:the|this|my|our) (?:(?:whole|entire|current) )?(?:video|film|movie|reel|clip|slide ?show|montage|edit|timeline)\b|把/i;

/** A new video is asked for by name: "create a …", 做一个…视频. */
function asksForVideo({ clause }: Part): boolean {
  const { verb, tokens, words } = clause;
  if (has(tokens, 'verb', 'restart')) return true;
  const video = clause.things.some((thing) => thing.noun === 'video' && thing.role !== 'on');
  const pronoun = clause.things.some((thing) => thing.noun === 'pronoun' && thing.role === 'object');
  if (!video || pronoun || DEFINITE.test(words)) return false;
  // 做成方形视频: making the video into something else makes no new one.
  const into = tokens.some(
    (token) => token.kind === 'verb' && token.value === 'create' && /成$/.test(token.raw),
  );
  if (has(tokens, 'verb', 'create')) return !into || ARTICLE.test(words);
  // "Add a video of the sea" puts a clip into the video that is there.
  if (verb === 'add' && INSERTS.test(words)) return false;
  const wants = verb === undefined || ['make', 'add', 'use', 'put', 'turn', 'change', 'show'].includes(verb);
  return wants && ARTICLE.test(words) && !has(tokens, 'compare');
}

/** Requests that say how a video is to be; with uploads at hand they are reason enough to make one. */
const ADDS: readonly Request['do'][] = [
  'write',
  'captions',
  'music',
  'logo',
  'total',
  'aspect',
  'transition',
  'motion',
  'insert',
  'order',
  'keep',
  'length',
  'move',
];

const changesSomething = (request: Request): boolean =>
  (request.do === 'music' && request.volume?.times !== undefined) ||
  (request.do === 'logo' && request.size?.times !== undefined) ||
  (request.do === 'total' && request.amount.to === undefined) ||
  (request.do === 'length' && request.amount.to === undefined);

/** "Make something of these": whatever it is to be, it is a video. */
const usesUploads = ({ clause, requests }: Part): boolean =>
  (clause.verb === 'make' || clause.verb === 'create' || clause.verb === 'use') &&
  clause.things.some(
    ({ noun }) => noun === 'picture' || noun === 'file' || noun === 'pronoun' || noun === 'clip',
  ) &&
  !requests.some(changesSomething);

/** Before there is a video, anything that describes one asks for it. */
function describesVideo(reading: Reading, media: readonly LocalMedia[]): boolean {
  const requests = reading.parts.flatMap((part) => part.requests);
  const makes = reading.parts.some(
    ({ clause }) =>
      has(clause.tokens, 'verb', 'create', 'restart') ||
      (clause.things.some(({ noun }) => noun === 'video') && !DEFINITE.test(clause.words)),
  );
  const pictures = media.some(({ kind }) => kind !== 'audio');
  const adds = requests.some((request) => ADDS.includes(request.do) && !changesSomething(request));
  const informative =
    requests.length > 0 || reading.tokens.some(({ kind }) => kind === 'word' || kind === 'occasion');
  if (pictures) {
    const shows = reading.parts.some(
      ({ clause }) =>
        objectsOf(clause, 'picture', 'video').length > 0 && clause.verb !== 'remove' && clause.verb !== 'cut',
    );
    return adds || (makes && (informative || shows)) || reading.parts.some(usesUploads);
  }
  const video = reading.parts.some(({ clause }) =>
    clause.things.some(({ noun }) => noun === 'video' || noun === 'clip'),
  );
  return makes && video;
}

const QUESTION =
  /^(?:so |and |but |ok,? )?(?:how (?:long|many|much|is|does|do)|what|which|when|where|why|who|is (?:it|there|the)|are (?:there|the)|does|did|do you|tell me|describe|summari[sz]e|list)\b|(?:多长|多久|多少|几张|几个|几秒|什么|哪[张个些]|怎么样)|(?:有没有|是不是|是否)|.*有.*吗\W*$/i;
const REQUEST =
  /^(?:what|how) about\b|^(?:is|would) it (?:be )?possible\b|^is there (?:a|any) way\b|^(?:what|how) if\b|^why (?:don't|not)\b|可以|能不能|能否|可否/i;

const HELP =
  /\bwhat (?:can|could) (?:you|i)\b|^\W*help\b|\bhow do (?:i|you) (?:use|work)\b|能做什么|会做什么|怎么用|^帮助/i;

/** A question about the video. A polite request ("could you …?") is no question, nor is "how about …?". */
const asks = (text: string): boolean => QUESTION.test(text.trim()) && !REQUEST.test(text.trim());

/** Decides what a message is after. */
export function intentOf(reading: Reading, draft: LocalDraft | null, media: readonly LocalMedia[]): Intent {
  const { parts, text } = reading;
  const requests = parts.flatMap((part) => part.requests);
  const exports = parts.filter(({ clause }) => clause.verb === 'export');
  if (exports.length > 0 && exports.length === parts.length) return draft ? 'export' : 'nothing-yet';
  if (HELP.test(text)) return 'help';
  if (asks(text) && (draft || requests.length === 0)) return draft ? 'ask' : 'unknown';
  if (!draft) {
    if (parts.some(asksForVideo) || describesVideo(reading, media)) return 'create';
    return requests.some((request) => request.do !== 'say') ? 'nothing-yet' : 'unknown';
  }
  if (parts.some(asksForVideo)) return 'create';
  return requests.length > 0 ? 'edit' : 'unknown';
}
