import type { Place, TokenValues } from '../token.js';
import type { Entry } from './verbs.js';

/** The values of CSS's named colours (CSS Color Module Level 4, 6.1), so that a browser and a person agree. */
export const COLOURS: readonly Entry<string>[] = [
  ['#ffffff', 'white', '白色?'],
  ['#000000', 'black', '黑色|黑'],
  ['#ff0000', 'red', '红色|红'],
  ['#ffa500', 'orange', '橙色|橘色|橙'],
  ['#ffff00', 'yellow', '黄色|黄'],
  ['#008000', 'green', '绿色|绿'],
  ['#0000ff', 'blue', '蓝色|蓝'],
  ['#87ceeb', 'sky blue|light blue', '天蓝色?|浅蓝色?'],
  ['#000080', 'navy(?: blue)?|dark blue', '深蓝色?|藏青色?'],
  ['#800080', 'purple', '紫色|紫'],
  ['#ee82ee', 'violet', '紫罗兰色?'],
  ['#ffc0cb', 'pink', '粉红色?|粉色|粉'],
  ['#808080', 'gr[ae]y', '灰色|灰'],
  ['#c0c0c0', 'silver', '银色'],
  ['#ffd700', 'gold(?:en)?', '金色|金黄色?'],
  ['#a52a2a', 'brown', '棕色|褐色'],
  ['#00ffff', 'cyan|aqua', '青色'],
  ['#008080', 'teal', '蓝绿色'],
  ['#40e0d0', 'turquoise', '绿松石色'],
  ['#00ff00', 'lime', ''],
  ['#ff00ff', 'magenta|fuchsia', '洋红色?|品红色?'],
  ['#800000', 'maroon', '栗色|酒红色?'],
  ['#ff7f50', 'coral', '珊瑚色'],
  ['#f5f5dc', 'beige', '米色'],
  ['#fffff0', 'ivory|cream', '象牙色|奶油色'],
];

const IN = '(?:(?:at|in|to|on|into|near|towards?) the )?';
const AREA = '(?:[- ](?:corner|side|edge|part|third|area|of the (?:screen|frame|video|picture|image)))*';

export const PLACES: readonly Entry<Place>[] = [
  [{ v: 'top', h: 'left' }, `${IN}(?:top|upper)[- ]left${AREA}`, '左上角?(?:位置)?'],
  [{ v: 'top', h: 'right' }, `${IN}(?:top|upper)[- ]right${AREA}`, '右上角?(?:位置)?'],
  [{ v: 'bottom', h: 'left' }, `${IN}(?:bottom|lower)[- ]left${AREA}`, '左下角?(?:位置)?'],
  [{ v: 'bottom', h: 'right' }, `${IN}(?:bottom|lower)[- ]right${AREA}`, '右下角?(?:位置)?'],
  [
    { v: 'top' },
    `${IN}(?:very )?(?:top|upper)${AREA}|higher(?: up)?`,
    '最上面|最上方|上方|顶部|上面|上部|顶端|上边',
  ],
  [
    { v: 'bottom' },
    `${IN}(?:very )?(?:bottom|lower)${AREA}|lower down|underneath`,
    '最下面|最下方|下方|底部|下面|下部|底端|下边',
  ],
  [
    { v: 'center' },
    `${IN}(?:cent(?:er|re)(?:ed|d)?|middle)${AREA}`,
    '正?中间|正?中央|居中|正中|中部|屏幕中间',
  ],
  [{ h: 'left' }, `${IN}left${AREA}`, '左边|左侧|左'],
  [{ h: 'right' }, `${IN}right${AREA}`, '右边|右侧|右'],
];

const AT = '(?:at|in|to|from|off|for|near) ';
const OF_IT = '(?: of (?:the (?:video|clip|film)|it))?';

export const EDGES: readonly Entry<'start' | 'end'>[] = [
  [
    'start',
    `(?:${AT}(?:the )?(?:very )?(?:start|beginning|front|opening|intro|head)|the (?:very )?(?:start|beginning|front)|beginning|at first)${OF_IT}|first(?= *(?:$|[.!,]))`,
    '一开始|最开始|开始处?|开头|最前面|最前|片头|首位|前头|前面|开场|第一位',
  ],
  [
    'end',
    `(?:${AT}(?:the )?(?:very )?(?:end|back|ending|tail|finish)|the (?:very )?(?:end|back|ending))${OF_IT}|last(?= *(?:$|[.!,]))`,
    '最末尾|末尾|结尾|最后面|片尾处|结束处?|最后|后面|末位|收尾',
  ],
];

export const ASPECTS: readonly Entry<TokenValues['aspect']>[] = [
  [
    '9:16',
    '9 ?[:x×] ?16|9 by 16|vertical(?:ly)?|portrait|upright|(?:for )?(?:tik ?tok|(?:instagram |ig |facebook )?reels|(?:instagram|ig|facebook) (?:reel|stor(?:y|ies))|youtube shorts?|shorts|douyin|snapchat)|(?:for )?(?:phones?|mobile)(?: screens?)?',
    '竖屏|竖版|竖向|竖的|竖着|抖音|快手|小红书|视频号|手机(?:屏幕|端|竖屏)?',
  ],
  [
    '16:9',
    '16 ?[:x×] ?9|16 by 9|landscape|horizontal(?:ly)?|wide ?screen|(?:for )?youtube|(?:for )?(?:tv|television)',
    '横屏|横版|横向|横的|宽屏|b站|电视',
  ],
  ['1:1', '1 ?[:x×] ?1|square|(?:for )?instagram(?: (?:posts?|feed))?', '正方形|方形|方的|方图|朋友圈'],
];

export const STYLES: readonly Entry<TokenValues['style']>[] = [
  [
    'lo-fi',
    'lo-?fi|chill(?:ed|out)?|relax(?:ing|ed)|laid-back|mellow',
    '低保真|lofi|放松的?|慵懒的?|悠闲的?|休闲的?',
  ],
  [
    'upbeat',
    'up-?beat|energetic|happy|cheerful|poppy|fun|lively|catchy|(?:pop|dance|party|electronic)(?= (?:music|song|tune|track|beat))',
    '轻快的?|欢快的?|活泼的?|动感的?|快乐的?|有节奏感的?|节奏感强的?|流行',
  ],
  [
    'ambient',
    'ambient|calm(?:ing|er)?|softer(?= music)|soft|peaceful|soothing|gentle|dreamy|meditative',
    '氛围|舒缓的?|安静的?|柔和的?|轻柔的?|平静的?|空灵的?|温柔的?',
  ],
  [
    'cinematic',
    'cinematic|epic|dramatic|orchestral|inspiring|inspirational|emotional|uplifting',
    '电影感的?|电影般的?|史诗(?:感|级)?的?|大气的?|震撼的?|恢弘的?|激昂的?|励志的?',
  ],
];

export const TRANSITIONS: readonly Entry<TokenValues['transition']>[] = [
  [
    'crossfade',
    '(?:smooth )?(?:cross-?(?: ?fade|dissolve)(?:s|d)?|dissolves?|cross-?fading)(?: transitions?)?|fad(?:es?|ing)(?: (?:transitions?|effects?))?|(?:smooth(?:er)?|soft(?:er)?) transitions?|fade transitions?',
    '交叉淡化|交叉淡入淡出|交叉溶解|叠化|溶解|淡入淡出(?:的|式)?(?:转场|过渡)|平滑(?:的)?(?:转场|过渡)',
  ],
  [
    'cut',
    '(?:hard|straight|simple|clean|jump|sharp|direct) cuts?|cuts|cut transitions?|(?:just|only) cuts?|a cut',
    '硬切|直切|直接切换|硬切换|跳切',
  ],
];

export const MOTIONS: readonly Entry<TokenValues['motion']>[] = [
  ['zoom-in', 'zoom(?:s|ing)? in(?:to)?(?: on)?|push in', '推近|拉近|放大镜头|推镜头'],
  ['zoom-out', 'zoom(?:s|ing)? out|pull out|pull back', '拉远|拉镜头'],
  ['pan-left', 'pan(?:s|ning)?(?: to the| to)? left', '向左平移|左移|向左移'],
  ['pan-right', 'pan(?:s|ning)?(?: to the| to)? right|pan across', '向右平移|右移|向右移|平移'],
  [
    'none',
    'static|still(?= (?:photos?|pictures?|images?|shots?))|motionless|keep still|stand still',
    '静止|静态|不动',
  ],
];

export const FADES: readonly Entry<TokenValues['fade']>[] = [
  ['both', 'fade(?:s|d)? in and (?:fade )?out|fading in and out', '淡入淡出|渐入渐出'],
  ['in', 'fade(?:s|d)?[- ]in|fading in', '淡入|渐入|渐强'],
  ['out', 'fade(?:s|d)?[- ](?:out|away)|fading out', '淡出|渐出|渐弱'],
];
