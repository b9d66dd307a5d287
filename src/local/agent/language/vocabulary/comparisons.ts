import type { Compare, TokenValues } from '../token.js';
import type { Entry } from './verbs.js';

/** More or less of something. The Chinese forms need a mark of comparison, for 大 alone is part of many words. */
const zhMore = (stem: string): string =>
  `(?:再|更|变|调)${stem}(?:一点点?|一些|点|些)?|${stem}(?:一点点?|一些|点|些)`;
const TOO = "(?:too |not so |isn't so )";

export const COMPARES: readonly Entry<Compare>[] = [
  [
    { axis: 'amount', by: 1 },
    `big(?:ger)?|larger?|${TOO}(?:small|tiny)|huge|more (?:prominent|visible)`,
    `${zhMore('大')}|大(?=[一两三\\d]倍)|太小了?|更大|大号|醒目(?:一点|一些|点)`,
  ],
  [
    { axis: 'amount', by: -1 },
    `small(?:er)?|tinier|tiny|${TOO}(?:big|large|huge)|less prominent`,
    `${zhMore('小')}|太大了?|更小|小号`,
  ],
  [
    { axis: 'volume', by: 1 },
    `louder|loud|${TOO}(?:quiet|soft)`,
    `${zhMore('响')}|大声(?:一点|一些|点)?|太轻了?|太小声`,
  ],
  [
    { axis: 'volume', by: -1 },
    `quiet(?:er)?|softer|less loud|${TOO}loud`,
    `小声(?:一点|一些|点)?|${zhMore('轻')}|太响了?|太大声|太吵了?|安静(?:一点|一些|点)`,
  ],
  [
    { axis: 'speed', by: 1 },
    `fast(?:er)?|quick(?:er)?|snapp(?:y|ier)|fast-paced|quick-paced|punch(?:y|ier)|more dynamic|${TOO}slow`,
    `${zhMore('快')}|太慢了?|快节奏|紧凑(?:一点|一些|点)?`,
  ],
  [
    { axis: 'speed', by: -1 },
    `slow(?:er)|slow-paced|${TOO}(?:fast|quick)`,
    `${zhMore('慢')}|太快了?|慢节奏|舒缓(?:一点|一些|点)`,
  ],
  [{ axis: 'length', by: 1 }, `long(?:er)|${TOO}short`, `${zhMore('长')}|太短了?|${zhMore('久')}`],
  [{ axis: 'length', by: -1 }, `short(?:er)|${TOO}long`, `${zhMore('短')}|太长了?`],
  [{ axis: 'time', by: -1 }, 'earlier|sooner', '早一点|早点|提前|提早|靠前|往前|向前|前移'],
  [{ axis: 'time', by: 1 }, 'later', '晚一点|晚点|推迟|延后|靠后|往后|向后|后移'],
];

export const DEGREES: readonly Entry<TokenValues['degree']>[] = [
  [
    'little',
    '(?:a )?(?:little|tiny|wee)? ?bit|slightly|a little|a touch|a tad|a notch|somewhat',
    '稍微|略微|稍|一点点|一点儿?|一些|有点',
  ],
  [
    'much',
    '(?:so |very )?much|a lot|lots|way|far|significantly|considerably|really',
    '得多|很多|许多|大大|大幅|非常|特别',
  ],
];

export const FACTORS: readonly Entry<number>[] = [
  [2, 'twice|doubled?', '加倍|翻倍|一倍'],
  [3, 'triple|three times', ''],
  [0.5, 'half(?! an?\\b)|by half|halve', '一半|减半|半'],
];
