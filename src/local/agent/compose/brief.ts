import type { LocalMedia } from '../../dialect.js';
import { unread } from '../answer.js';
import type { Thing } from '../language/thing.js';
import { has, type TokenValues } from '../language/token.js';
import { subjectOf } from '../reading/clause.js';
import type { Part, Reading } from '../reading/read.js';
import type { Request } from '../reading/request.js';
import type { Said } from '../replies/facts.js';
import { isLogoName } from '../wording/file-names.js';
import { foreignWords } from '../wording/foreign.js';
import { subjectOfMessage } from '../wording/subject.js';

/** What a new video is to be, out of the message that asks for it. */
export interface Brief {
  /** What it is about, as written. */
  subject?: string;
  /** It sells something. */
  promo: boolean;
  /** Length of the whole, in ms. */
  totalMs?: number;
  /** Length of each picture, in ms. */
  eachMs?: number;
  /** How much text: none, a title, or a title with captions and a closing call. */
  texts: 'none' | 'title' | 'full';
  music: boolean;
  logo: boolean;
  aspect: TokenValues['aspect'];
  fast: boolean;
  /** The pictures, in the order they were uploaded, without the logo. */
  pictures: LocalMedia[];
  /** Requests about which pictures there are, to be met before time is shared out among them. */
  choosing: Request[];
  /** Requests about single pictures, to be met after. */
  shaping: Request[];
  /** Requests about what is laid over them. */
  over: Request[];
  /** What of the message was not understood. */
  unread: Said[];
}

const PROMO =
  /\b(?:promo\w*|advert\w*|ads?|commercial|marketing|sales?|launch|shop|store|products?|offer|discount|collection)\b|宣传|推广|促销|广告|营销|带货|产品|商品|新品|特惠|优惠|折/i;

/** Requests that a new video answers by how it is laid out. */
const LAYOUT = ['total', 'aspect'];
const CHOOSING = ['remove', 'keep', 'move', 'swap', 'order', 'insert', 'duplicate', 'replace', 'generate'];
const SHAPING = ['trim', 'length', 'speed', 'transition', 'motion', 'fps', 'sound'];

/** "use photos 3, 1 and 2": only these, in this order. */
function selection(requests: readonly Request[]): Request[] {
  return requests.flatMap((request): Request[] => {
    if (request.do !== 'insert') return [request];
    const { what } = request;
    const some = what.which !== undefined && what.which !== 'all';
    return some || what.file !== undefined
      ? [
          { do: 'keep', what: [what] },
          { do: 'order', by: 'list', list: [what] },
        ]
      : [];
  });
}

const severalIn = (things: readonly Thing[]): boolean =>
  things.some(({ which }) => Array.isArray(which) && which.length > 1);

/** Several files named one by one are one choice, not a choice among the choices before. */
function joined(requests: readonly Request[]): Request[] {
  const kept = requests.flatMap((request) => (request.do === 'keep' ? request.what : []));
  const listed = requests.flatMap((request) =>
    request.do === 'order' && request.by === 'list' ? request.list : [],
  );
  const others = requests.filter(
    (request) => !(request.do === 'keep' || (request.do === 'order' && request.by === 'list')),
  );
  return [
    ...(kept.length > 0 ? [{ do: 'keep', what: kept } as const] : []),
    // One picture has no order.
    ...(listed.length > 1 || severalIn(listed) ? [{ do: 'order', by: 'list', list: listed } as const] : []),
    ...others,
  ];
}

function textsWanted(requests: readonly Request[], promo: boolean, foreign: boolean): Brief['texts'] {
  const none = requests.some(
    (request) => request.do === 'unwrite' && request.target.role === 'any' && request.target.plural,
  );
  const own = requests.some(
    (request) => request.do === 'write' || (request.do === 'captions' && request.from !== 'names'),
  );
  if (none && !own) return 'none';
  if (requests.some((request) => request.do === 'captions' && request.from === 'names')) return 'full';
  // Who gives words of their own wants these, not more of ours.
  if (own)
    return requests.some((request) => request.do === 'write' && request.role === 'title') ? 'title' : 'none';
  // Who does not write English or Chinese wants no words in it that nobody asked for.
  if (foreign) return 'none';
  return promo ? 'full' : 'title';
}

const ownMusic = (request: Request): boolean => request.do === 'silence';

/** Whether a part of the message is only about the video as such: its kind, its subject, its files. */
const isFraming = ({ clause }: Part): boolean =>
  has(clause.tokens, 'verb', 'create', 'restart', 'use') ||
  clause.things.some(
    (thing) => thing.noun === 'pronoun' || subjectOf(thing) === 'video' || subjectOf(thing) === 'picture',
  ) ||
  clause.things.every(({ role }) => role === 'on');

/** Gathers from the message, and from what is uploaded, what the new video is to be. */
export function briefOf(reading: Reading, media: readonly LocalMedia[]): Brief {
  const requests = reading.parts.flatMap((part) => part.requests);
  const promo = PROMO.test(reading.text);
  const subject = subjectOfMessage(reading.tokens, reading.source);
  const foreign = subject ? undefined : foreignWords(reading.tokens);
  const totals = requests.flatMap((request) =>
    request.do === 'total' && request.amount.to ? request.amount.to : [],
  );
  const each = requests.flatMap((request) =>
    request.do === 'length' && request.what === 'each' && request.amount.to ? request.amount.to : [],
  );
  const aspects = requests.flatMap((request) => (request.do === 'aspect' ? request.aspect : []));
  const logo = requests.findLast((request) => request.do === 'logo' || request.do === 'unlogo');
  const sounds = requests.findLast((request) => request.do === 'music' || ownMusic(request));
  const asLogo = requests.flatMap((request) =>
    request.do === 'logo' && request.file ? request.file.url : [],
  );
  const asked = requests.filter((request) => request.do !== 'generate' || !request.whole);
  const rest = asked.filter(
    (request) => !LAYOUT.includes(request.do) && !(request.do === 'length' && request.what === 'each'),
  );
  const pictures = media.filter(
    ({ kind, name, url }) =>
      kind !== 'audio' && !(kind === 'image' && isLogoName(name)) && !asLogo.includes(url),
  );
  const [totalMs] = totals;
  const [eachMs] = each;
  return {
    ...(subject !== undefined && { subject }),
    promo,
    ...(totalMs !== undefined && { totalMs }),
    ...(eachMs !== undefined && { eachMs }),
    texts: textsWanted(requests, promo, foreign !== undefined),
    music: !(sounds && ownMusic(sounds)),
    logo: logo?.do !== 'unlogo',
    aspect: aspects.at(-1) ?? '16:9',
    fast: requests.some(
      (request) => request.do === 'speed' && request.what === undefined && request.times > 1,
    ),
    pictures,
    choosing: joined(selection(rest.filter((request) => CHOOSING.includes(request.do)))),
    shaping: rest.filter((request) => SHAPING.includes(request.do) && !isPace(request)),
    over: rest.filter((request) => ![...CHOOSING, ...SHAPING].includes(request.do)),
    unread:
      foreign === undefined
        ? unread(reading.parts.filter((part) => part.requests.length === 0 && !isFraming(part)))
        : [{ say: 'notUnderstood', words: foreign }],
  };
}

/** The pace of a video that has yet to be made is a manner, not a change. */
const isPace = (request: Request): boolean => request.do === 'speed' && request.what === undefined;
