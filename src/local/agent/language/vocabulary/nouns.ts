import type { Axis, Noun } from '../token.js';
import type { Entry } from './verbs.js';

const PICTURE = '(?:photo(?:graph)?s?|pictures?|images?|pics?|stills?|slides?|shots?)';

/** What people call the parts of a video. */
export const NOUNS: readonly Entry<Noun>[] = [
  [
    'picture',
    `(?:product )?${PICTURE}|photo file|image file`,
    '产品图片?|商品图片?|照片|图片|相片|图像|产品照|图|画面',
  ],
  ['clip', 'video clips?|clips?|footage|video files?', '视频片段|视频素材|片段'],
  [
    'segment',
    'segments?|scenes?|parts?|sections?|pages?|frames?|ones?(?= (?:and|to|from|off|before|after|with)|$|[,.!?])',
    '镜头|场景|部分',
  ],
  [
    'video',
    '(?:(?:promo(?:tional)?|marketing|product) )?(?:videos?|films?|movies?|reels?|montage|slide ?shows?|mp4|edit|commercial|trailer|teaser|advert(?:isement)?|ads?|promo|timeline|everything|whole thing)',
    '宣传视频|短视频|视频|影片|短片|片子|成片|幻灯片|相册|宣传片|广告片|广告|vlog|整体|整个',
  ],
  [
    'title',
    '(?:main |opening )?(?:title|headline|heading)s?(?: card| text| slide)?|title text|titled|entitled|called|named|(?:call|title|name) it',
    '大标题|主标题|标题文字|标题|片名|题目|名为|叫做|题为',
  ],
  [
    'caption',
    '(?:(?:photo|picture|image) )?(?:captions?|subtitles?|labels?|lower thirds?)(?: text)?',
    '字幕|图注|说明文字|说明|图片说明|配文',
  ],
  [
    'text',
    'text overlays?|overlay texts?|on-?screen texts?|texts?(?: layers?| tracks?)?|wording|lettering|overlays?|fonts?(?= (?:size|colou?r|bigger|larger|smaller))|typography|slogans?|taglines?|messages?|lines?',
    '文字(?:叠加|覆盖|轨道)?|文案|文本|字体(?=.{0,3}(?:大|小|颜色))|花字|标语|口号|字(?!体)',
  ],
  [
    'cta',
    'calls? to action|cta|(?:closing|ending|end|final) (?:texts?|lines?|words?|message|cards?|titles?|slogan)|end ?cards?|outro(?: text)?',
    '行动号召|结尾文字|结束语|片尾文字|结尾标语|结尾字幕|片尾',
  ],
  [
    'music',
    '(?:background |bg )?(?:music|songs?|tunes?|bgm|beats?)(?: tracks?)?|sound ?tracks?|(?:audio|music|background) tracks?|backing tracks?|score|tracks?',
    '背景音乐|背景乐|音乐|配乐|歌曲|歌|曲子|曲|bgm|音轨',
  ],
  ['sound', 'original (?:sound|audio)|clip audio|sounds?|audio|noise', '原声|原音|声音|音频'],
  [
    'logo',
    '(?:(?:my|our|the|company|brand) )?(?:logos?|watermarks?|brand ?marks?)(?: (?:files?|images?|pictures?))?',
    '公司标志|品牌标志|徽标|标志|商标|水印|标识|logo(?:文件|图片|图)?',
  ],
  ['transition', 'transitions?', '转场效果|转场|过渡效果|过渡'],
  [
    'motion',
    'zoom(?:ing)?(?: effects?)?|ken[- ]burns(?: effects?)?|camera (?:moves?|movement|motion)|movement|motion|panning',
    '缩放效果|放大效果|缩小效果|推拉效果|缩放|运镜|镜头运动|镜头移动|动效|推拉|运动',
  ],
  ['file', 'files?|uploads?|uploaded|assets?|materials?|media', '文件|素材|上传的'],
  ['filename', 'file ?names?|names? of the (?:files?|photos?|pictures?)', '文件名称?|图片名称?'],
  ['order', 'order|sequence', '顺序|次序|排列顺序'],
  ['version', 'versions?|formats?|layouts?', '版本|版'],
  ['pronoun', 'it|them|this|that|these|those', '它们?|这个|那个|其'],
];

/** What people call the properties of a part. */
export const AXES: readonly Entry<Axis>[] = [
  ['size', 'sizes?|font size', '大小|尺寸|字号'],
  ['volume', 'volume|loudness|sound level', '音量|声音大小'],
  ['speed', 'speed|pace|tempo|pacing|rhythm|as fast', '速度|节奏|倍速'],
  ['length', 'length|duration|running time|runtime|as long', '时长|长度|总时长|持续时间'],
  ['colour', 'colou?rs?', '颜色|色'],
  ['place', 'position|location', '位置'],
  ['opacity', 'opacity|transparency|(?:semi[- ]|half[- ])?transparent', '透明度|半透明|透明'],
];
