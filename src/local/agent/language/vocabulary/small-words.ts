import type { TokenValues } from '../token.js';
import type { Entry } from './verbs.js';

export const PREPOSITIONS: readonly Entry<TokenValues['prep']>[] = [
  ['with', 'with|using|by|plus', '用|以|配以'],
  ['to', 'to|into|onto|as', '到|成|为|至|给'],
  ['before', 'before|in front of|ahead of|above', '之前|以前|前面|前边|的前面|前'],
  ['after', 'after|behind|following', '之后|以后|后面|后边|的后面|后'],
  ['on', 'on|over|of|for|in|from|off|across|under|at|during|within', '上面|上|里面|里|中|在|从|给|对'],
  ['between', 'between|among', '之间|中间的'],
  [
    'about',
    'about|regarding|featuring|showcasing|showing off|promoting|introducing|advertising|announcing|celebrating|starring|set in|depicting',
    '关于|介绍|宣传(?=.)|展现',
  ],
  ['instead', 'instead of|rather than', '而不是|代替'],
];

export const PARTICLES: readonly Entry<TokenValues['particle']>[] = [
  ['up', 'up', ''],
  ['down', 'down', ''],
  ['off', 'off', ''],
  ['out', 'out|away', ''],
  ['back', 'back', ''],
  // "fade the music in", but not "in the middle".
  ['in', 'in(?= *(?:$|[,.;!?]|and (?:fade )?out|over|for|slowly|gently|softly))', ''],
];

export const JOINS: readonly Entry<TokenValues['join']>[] = [
  [
    'and',
    '(?:and )?(?:then|also|next|afterwards|after that|finally|but)|and|&|\\+|as well as|along with|together with',
    '以及|并且|并|然后|接着|同时|还有|另外|此外|而且|和|与|跟|及|再|也|还|但是?|最后再|、',
  ],
  ['comma', ',', ','],
  ['stop', '[.;!?]+(?= |$)|\\n+|[。;!?…]+', '[。;!?…]+'],
];

export const NEGATIONS: readonly Entry<TokenValues['not']>[] = [
  [
    'never',
    "don't|do not|never|dont|please don't|stop",
    '别|不要(?=删|改|动|移|剪|换|放|调|把|去)|不许|请勿|勿|不能(?!不)',
  ],
  [
    'none',
    "no|without(?: any)?|not any|zero|don't (?:want|need|include|use|have|add)(?: any)?|do not (?:want|need|include|use|have|add)(?: any)?|no need for|no more",
    '不要有?|不需要|不用|没有|无需|无|不加|不带|不想要|别加|不要加',
  ],
];

/** Words that only carry tone, or that go with another word and add nothing to it. */
export const FILLER =
  "please|pls|kindly|the|an?|my|our|your|his|her|its|their|some|any|just|only|really|very|so|quite|nice(?:ly)?|good|great|cool|beautiful(?:ly)?|awesome|amazing|stunning|professional(?:-looking)?|simple|clean|short|quick|little|new|whole|entire|complete|full|can|could|would|will|you|i|we|me|us|let's|lets|want|like|to be|be|is|are|was|should|must|hey|hi|hello|ok(?:ay)?|now|too|again|there|here|out of|same|that's|it's|i'm|i'd|we'd|thanks?|thank you|everything|each other|other|also|well|more|bit|one|which|where|while|so that|(?:full )?hd|1080p?|1920 ?[x×] ?1080|1080 ?[x×] ?1920|high[- ]quality|h\\.?264|product|marketing|social(?: media)?|long|ready|look(?:s|ing)?|feel|sure|maybe|perhaps|instead|actually|currently|existing|current|s";

export const ZH_FILLER =
  '请帮我|麻烦你?|请|帮忙|帮我|帮|我们|我想|我要|我|你|您|一下子?|一下|吧|呢|啊|哦|呀|嘛|了|的|得|地|能不能|可不可以|可以|能否|能|吗|这些?|那些?|几|两边|想|要|需要|都|就|先|很|好看|漂亮|精美|精彩|简单|高清|高质量|专业|一位|位|一个|一段|一条|一张|一首|一行|一句|一种|个|段|条|张|首|句|支|部|们|是|有|会|应该|希望|把|将|整个|整|起来|出来|上去|进去|进行|使|让|其中|产品|商品|它|加|我的|现在|目前|左右|大概|大约|式|款|秒|分';
