import type { NewVideo } from './facts.js';
import { clock, type Phrases, percent, seconds } from './phrases.js';

const list = (items: readonly string[]): string => items.join('、');
const quoted = (texts: readonly string[]): string => list(texts.map((text) => `“${text}”`));

/** What lies over the pictures of a new video. */
const furniture = ({ music, volume, title, captions, otherTexts, logo }: NewVideo): string[] => [
  ...(music === undefined ? [] : [`音乐 ${music}（${percent(volume ?? 1)}）`]),
  ...(title === undefined ? [] : [`标题“${title}”`]),
  ...(captions > 0 ? [`${captions} 条字幕`] : []),
  ...(otherTexts > 0 ? [`另外 ${otherTexts} 条文字`] : []),
  ...(logo ? ['您的 logo'] : []),
];

const TEXTS = { title: '标题', caption: '字幕', overlay: '文字', cta: '结尾文字', any: '文字' };
const TEXT_CHANGES = { size: '大小', colour: '颜色', place: '位置', times: '时间' };
const LOGO_CHANGES = { size: '大小', place: '位置', times: '时间', opacity: '透明度' };
const ORDERS = { reverse: '倒序', shuffle: '随机顺序', name: '按文件名的顺序', list: '按您给的顺序' };
const KINDS = { picture: '张图片', clip: '个片段', text: '条文字' };
const CORNERS: Record<string, string> = {
  'top-left': '左上角',
  'top-right': '右上角',
  'bottom-left': '左下角',
  'bottom-right': '右下角',
};

/** What the agent says in Chinese. */
export const ZH: Phrases = {
  removedPictures: ({ names }) => `已删除 ${list(names)}。`,
  removedTexts: ({ texts }) => `已删除文字${quoted(texts)}。`,
  removedMusic: () => '已删除音乐。',
  removedLogo: () => '已删除 logo。',
  keptOnly: ({ names }) => `只保留了 ${list(names)}。`,
  moved: ({ name, place }) => `已把 ${name} 移到第 ${place} 位。`,
  swapped: ({ a, b }) => `已交换 ${a} 和 ${b}。`,
  replaced: ({ was, now }) => `已把 ${was} 换成 ${now}。`,
  inserted: ({ names, place }) => `已在第 ${place} 位加入 ${list(names)}。`,
  generated: ({ words, place }) => `已在第 ${place} 位生成“${words}”片段（本地后端只绘制占位画面）。`,
  duplicated: ({ names }) => `已复制 ${list(names)}。`,
  ordered: ({ by }) => `图片现在为${ORDERS[by]}。`,
  trimmed: ({ name, ms }) => `已把${name === undefined ? '视频' : ` ${name} `}剪到 ${seconds(ms)} 秒。`,
  lasts: ({ name, ms }) =>
    name === undefined ? `每张现在显示 ${seconds(ms)} 秒。` : `${name} 现在显示 ${seconds(ms)} 秒。`,
  total: ({ ms }) => `视频现在长 ${seconds(ms)} 秒。`,
  sped: ({ name, times }) =>
    `${name ?? '视频'}现在${times >= 1 ? '更快' : '更慢'}了（${Math.round(times * 100) / 100} 倍）。`,
  aspect: ({ aspect }) => `画面现在是 ${aspect}。`,
  fps: ({ fps }) => `视频现在每秒 ${fps} 帧。`,
  transition: ({ type, ms }) =>
    type === 'cut' ? '图片之间改为硬切。' : `图片之间改为 ${seconds(ms)} 秒的交叉淡化。`,
  motion: ({ motion }) => (motion === 'none' ? '图片现在静止不动。' : '已调整图片的运动。'),
  wrote: ({ text, from, to }) => `已加上文字“${text}”（${clock(from)} 到 ${clock(to)}）。`,
  wroteOver: ({ text, count }) => `已在 ${count} 张图片上加上文字“${text}”。`,
  rewrote: ({ was, now }) => (was === now ? `文字“${now}”保持不变。` : `已把文字“${was}”改成“${now}”。`),
  captioned: ({ count }) => `已写上 ${count} 条字幕。`,
  restyled: ({ texts, changes }) =>
    `已修改${quoted(texts)}的${list(changes.map((change) => TEXT_CHANGES[change]))}。`,
  music: ({ name }) => `音乐现在是 ${name}。`,
  volume: ({ volume }) => `音乐音量现在是 ${percent(volume)}。`,
  fades: ({ fadeIn, fadeOut }) =>
    `音乐${list([
      ...(fadeIn === undefined ? [] : [fadeIn > 0 ? `用 ${seconds(fadeIn)} 秒淡入` : '不再淡入']),
      ...(fadeOut === undefined ? [] : [fadeOut > 0 ? `用 ${seconds(fadeOut)} 秒淡出` : '不再淡出']),
    ])}。`,
  musicTimes: ({ from, to }) => `音乐现在从 ${clock(from)} 播放到 ${clock(to)}。`,
  clipSound: ({ volume }) => (volume === 0 ? '已关掉片段的原声。' : `片段原声现在是 ${percent(volume)}。`),
  logo: ({ name, corner }) => `logo ${name} 放在${CORNERS[corner] ?? corner}。`,
  logoChanged: ({ changes }) => `已修改 logo 的${list(changes.map((change) => LOGO_CHANGES[change]))}。`,

  nothingYet: () => '还没有视频：请先让我创建一个，例如“做一个30秒的宣传视频，配上音乐”。',
  nothingToUse: () => '没有可以用来做视频的素材。',
  onlySoMany: ({ asked, have, kind }) =>
    asked < 0
      ? `只有 ${have} ${KINDS[kind]}。`
      : `没有第 ${asked} ${KINDS[kind]}：一共只有 ${have} ${KINDS[kind]}。`,
  noSuchFile: ({ name }) => `没有上传过名为“${name}”的文件。`,
  notOnTimeline: ({ name }) => `${name} 不在时间线上。`,
  whichOne: ({ have, kind }) =>
    `您指的是哪一${KINDS[kind].charAt(0)}？一共有 ${have} ${KINDS[kind]}，例如可以说“第二${KINDS[kind]}”。`,
  unknownThing: ({ words }) => `视频里没有找到“${words}”。`,
  lastPicture: () => '视频至少要有一张图片，所以没有删除。',
  noText: ({ role }) => `视频里没有${TEXTS[role]}。`,
  noSuchText: ({ text }) => `视频里没有文字“${text}”。`,
  noMusic: () => '视频里没有音乐。',
  noLogo: () => '视频里没有 logo。',
  noLogoFile: () => '没有找到 logo：请上传一张文件名里带“logo”的图片。',
  noSoundFile: () => '还没有上传音频文件。',
  noClip: () => '视频里没有可以这样处理的片段。',
  notASound: ({ name }) => `${name} 不是音频文件。`,
  notAPicture: ({ name }) => `${name} 不是图片。`,
  nothingNew: () => '没有视频里还没用过的素材。',
  whatWords: () => '要写什么字？请放在引号里告诉我。',
  namesSayNothing: () => '文件名里没有可以作字幕的内容，请把文字放在引号里告诉我。',
  sourceTooShort: ({ name, ms }) => `${name} 最长只有 ${seconds(ms)} 秒。`,
  tooShort: ({ ms }) => `这样太短了，至少要 ${seconds(ms)} 秒。`,
  tooLong: ({ ms }) => `这样太长了，我最长做 ${seconds(ms)} 秒的视频。`,
  noRoom: ({ text }) => `“${text}”放不下：那个位置在那个时间已经有别的文字。`,
  outside: ({ ms }) => `这个时间超出了视频，视频长 ${seconds(ms)} 秒。`,
  alreadySo: ({ words }) => `不用改，现在已经是这样了（${words}）。`,
  onlyOnePicture: () => '这至少需要两张图片。',
  noScreenSide: () => 'logo 只能放在四个角之一。',
  cannot: ({ words }) => `“${words}”超出了这个后端的能力。`,
  noUndo: () => '我没有保存历史，无法撤销；请告诉我要改回什么。',
  notUnderstood: ({ words }) => `没看懂“${words}”，这部分没有改动。`,
  leftAlone: () => '好的，保持不变。',
  describes: ({ ms, pictures, texts, logo, music, volume }) =>
    `视频长 ${seconds(ms)} 秒：${list([
      `${pictures} 个画面`,
      music === undefined ? '没有音乐' : `音乐 ${music}（${percent(volume ?? 1)}）`,
      texts === 0 ? '没有文字' : `${texts} 条文字`,
      logo ? '有 logo' : '没有 logo',
    ])}。`,
  exportNow: () => '视频已经准备好了，点击“导出”按钮即可下载。',
  help: () =>
    '我是按规则工作的编辑器，不是语言模型。我能看懂的要求例如：“做一个30秒的宣传视频，配上音乐和文字”、“把标题放大，删掉第二张照片”、' +
    '“在第5秒到第8秒显示‘夏日大促’”、“音乐音量35%”、“logo放左上角”、“改成竖屏”、“转场用1秒的交叉淡化”、“把片段剪到前4秒”、“把最后一张移到最前面”。',
  nothingUnderstood: () => '没有看懂这个要求，也没有做任何改动。',

  laysPictures: ({ pictures }) => `正在排列您的 ${pictures} 个素材…`,
  generatesClips: ({ clips, words }) => `正在为“${words}”生成 ${clips} 个片段…`,
  furnishes: (video) => `正在加上${list(furniture(video))}…`,
  created: ({ ms, pictures, scenes, repeated, left, ...video }) =>
    [
      `${seconds(ms)} 秒的视频做好了：${list([`${pictures} 个${scenes === pictures ? '场景' : '画面'}`, ...furniture(video)])}。`,
      ...(scenes > 0 ? ['本地后端没有生成模型，只按您的文字绘制占位画面。'] : []),
      ...(repeated ? ['素材不够这么长，所以重复播放。'] : []),
      ...(left > 0 ? [`有 ${left} 个画面排不下。`] : []),
    ].join(''),
};

/** The sentences around them. */
export const ZH_FRAME = {
  done: '完成！',
  notDone: '没有做的：',
  space: '',
  preview: '打开时间线面板即可预览。',
  export: '点击“导出”按钮即可下载，或打开时间线面板预览。',
};
