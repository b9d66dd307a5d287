/**
 * The words that the agent knows: one table for English and Chinese. A key is the meaning, with a value behind a space
 * where the meaning has one; the entry lists the words for it, separated by commas. Plurals in -s need no entry.
 */
const WORDS: Readonly<Record<string, string>> = {
  // What is to be done.
  create:
    'create, creating, render, generate, generating, produce, producing, build, compose, assemble, design, craft, put together, edit together, stitch together, start over with, 创建, 创作, 制作, 生成, 做出, 合成, 拍, 拼成, 来一个, 来一段, 来一条, 剪辑成, 剪成',
  make: "make, making, made, get, let, have, let's have, 做, 弄, 让, 使, 弄成, 做成, 变得",
  add: "add, adding, insert, include, append, attach, overlay, give, need, want, i'd like, would like, want to see, throw in, bring in, 添加, 加上, 加入, 加个, 加一个, 加一段, 加一句, 加一行, 加点, 加, 增加, 添, 插入, 配上, 配, 附上, 带上, 带, 来点, 想要, 需要, 要有, 要",
  put: 'put, putting, place, position, pin, 放到, 放在, 放进, 放, 摆到, 摆在, 置于',
  show: 'show, showing, display, appear, hold, stay, last, play, run, 显示, 展示, 停留, 持续, 播放, 出现',
  write: 'write, writing, type, print, 写上, 写, 打上',
  set: 'set, change, changing, update, edit, adjust, alter, convert, rename, modify, turn, switch to, turn into, crop to, 改成, 改为, 改到, 更改, 改, 修改成, 修改为, 修改, 变成, 变为, 设置成, 设置为, 设置, 设为, 设成, 设, 调成, 调为, 调到, 调整到, 调整为, 调整, 换成, 换为, 更换为, 转成, 切换成',
  use: 'use, using, 使用, 采用, 用',
  remove:
    'remove, removing, delete, deleting, drop, erase, discard, get rid of, take out, take away, throw out, cut out, leave out, turn off, switch off, hide, clear, skip, omit, 删除, 删掉, 删去, 删了, 删, 去掉, 去除, 移除, 拿掉, 取消, 清除, 关掉, 关闭, 关了, 隐藏',
  cut: 'cut, cutting, trim, trimming, chop, crop, 剪掉, 剪去, 剪到, 剪, 裁剪, 裁到, 裁, 剪短到, 截取, 截到, 截',
  keep: 'keep, keeping, only keep, keep only, retain, leave only, 保留, 只保留, 只留, 只留下, 留下, 仅保留',
  only: 'only, just, solely, nothing but, exclusively, 只用, 只, 仅用, 仅, 只要',
  move: 'move, moving, shift, bring, drag, 移动到, 移动, 移到, 移至, 移, 挪到, 挪, 排到, 提到',
  swap: 'swap, switch, exchange, interchange, trade, 交换, 对调, 互换, 调换',
  replace: 'replace, replacing, substitute, swap out, 替换成, 替换为, 替换, 更换',
  reverse: 'reverse, reversed, backwards, back to front, 倒序, 反转, 倒过来, 逆序, 颠倒',
  shuffle: 'shuffle, randomize, randomise, random, 打乱, 随机',
  sort: 'sort, order, reorder, re order, arrange, rearrange, 排序, 排列, 顺序, 重新排列, 次序',
  mute: 'mute, muted, silence, 静音, 消音',
  fade: 'fade, fading',
  export: 'export, exporting, download, save it, save the video, save this video, 导出, 下载',
  leave: 'touch, leave, leave alone, as it is, as is, unchanged, 保持不变, 不变, 别动, 动, 保持',
  ask: 'how long is, how many, what is in, what is, what does, what music, which music, describe, 多长, 多久, 几张, 几秒, 有多少, 什么样',
  // Words that mean the opposite, and what binds.
  no: "no, not, without, without any, don't, do not, don't want, do not want, no more, never, dont, 不要, 不需要, 不用, 没有, 无需, 无, 不加, 不带, 别, 别加, 先不要, 不",
  instead: 'instead of, rather than, 代替, 而不是',
  each: 'each, every, per, all of them, 每张, 每个, 每段, 每一张, 各, 每',
  all: 'all, all the, all of the, both, 所有, 全部, 所有的',
  says: 'says, saying, say, reads, reading, read, that says, which says, with the words, with the text, called, named, titled, entitled, 写着, 内容为, 内容是, 叫做, 叫, 名为, 题为, 为, 是',
  a: 'a, an, another, one, some, new, 一个, 一段, 一条, 一部, 一支, 一张, 一首, 个, 段, 条, 新, 新的',
  the: 'the, this, that, these, those, my, our, your, current, 这个, 这段, 这些, 那个, 这张, 把, 将, 我的, 我们的',
  it: 'it, them, its, everything, the whole thing, 它, 它们, 整个',
  and: 'and, then, and then, but, also, plus, or, as well as, along with, after that, afterwards, finally, next, 以及, 并且, 并, 然后, 接着, 同时, 还有, 另外, 而且, 和, 与, 跟, 及, 再, 最后再, 也, 还, 但是, 但, 或',
  by: 'by',
  after: 'after, behind, following, 之后, 后面, 的后面, 以后, 后',
  before: 'before, in front of, ahead of, until, till, up to, 之前, 前面, 的前面, 以前, 前',
  'prep from':
    'from, out of, starting at, starting from, beginning at, begin at, start at, start, starts at, 从, 起',
  'prep to': 'to, into, until, till, through, as, onto, 到, 至, 成',
  'prep for': 'for, because, so that, as long as, lasting, 给',
  with: 'with',
  'prep of': 'of, around, 以',
  'prep in':
    'in, on, at, over, across, throughout, during, between, among, off, within, 在, 里, 里面, 中, 上, 处, 之间, 时, 时候',
  about:
    'about, featuring, showcasing, promoting, introducing, advertising, celebrating, announcing, regarding, on the topic of, 关于, 介绍',
  // The parts of a video.
  video:
    'video, film, movie, reel, montage, slideshow, slide show, mp4, commercial, trailer, teaser, ad, advert, advertisement, promo, vlog, short film, 视频, 影片, 短片, 片子, 宣传片, 广告片, 广告, 幻灯片, 短视频, 成片, 相册, 预告片',
  version:
    'version, format, layout, cut of it, 版本, 版, 画面, 画幅, frame, 比例, ratio, aspect, aspect ratio, 画面比例, 宽高比, 长宽比',
  picture:
    'picture, photo, photograph, image, pic, still, slide, shot, product photo, product picture, 照片, 图片, 相片, 图像, 图, 张, 幅',
  clip: 'clip, footage, video clip, scene, segment, part, 片段, 素材片段, 镜头, 场景, 视频片段',
  upload:
    'file, upload, uploaded file, uploaded, asset, material, media, attached, attachment, source, 文件, 素材, 附件, 上传, 上传的, 已上传',
  title:
    'title, headline, heading, main title, opening title, title card, title it, call it, name it, 标题, 大标题, 主标题, 片名, 题目',
  caption: 'caption, subtitle, label, lower third, 字幕, 图注, 说明文字, 说明, 配文',
  text: 'text, text overlay, overlay text, on screen text, words, wording, overlay, slogan, tagline, line, message, closing line, call to action, 文字, 文案, 文本, 花字, 标语, 口号, 字, 结尾文字, 一行字, 一句话',
  music:
    'music, song, tune, bgm, soundtrack, sound track, background music, backing track, music track, audio track, beat, track, 音乐, 背景音乐, 配乐, 歌曲, 歌, 曲子, 背景乐',
  sound: 'sound, audio, original sound, clip audio, 原声, 声音, 音频, 原音',
  volume: 'volume, loudness, 音量',
  logo: 'logo, watermark, brand mark, 标志, 徽标, 商标, 水印, 标识',
  transition: 'transition, 转场, 过渡, 转场效果, 过渡效果',
  names: 'file name, filename, name, names of the files, 文件名, 名称, 名字',
  length: 'length, duration, running time, long, in length, 时长, 长度, 总时长, 长',
  other: 'different, another one, 另一首, 换一首, 别的, 换个',
  pace: 'pace, paced, speed, 速, 倍速, tempo, rhythm, 节奏, 速度',
  size: 'size, font size, 大小, 字号',
  hue: 'colour, color, 颜色',
  take: 'take, 拿',
  corner: 'screen, 屏幕, 位, corner, side, edge, 角, 角落, 位置',
  // How it is to be.
  bigger: 'bigger, big, larger, large, enlarge, huge, 放大, 大一点, 大一些, 大点, 更大, 变大, 调大, 加大',
  smaller: 'smaller, small, tiny, shrink, 缩小, 小一点, 小一些, 小点, 更小, 变小, 调小',
  longer: 'longer, extend, lengthen, prolong, 延长, 更长, 长一点, 长一些, 再长, 拉长',
  shorter: 'shorter, shorten, cut down, cut it down, condense, reduce, 缩短, 更短, 短一点, 短一些, 缩短到',
  louder:
    'louder, loud, up, turn up, raise, increase, boost, too quiet, 大声, 大声一点, 调高, 提高, 响一点, 太小声',
  quieter:
    'quieter, quiet, down, softer, turn down, lower, decrease, too loud, 小声, 小声一点, 调低, 降低, 轻一点, 太大声, 太响',
  faster:
    'faster, fast, fast paced, quicker, speed up, speed it up, snappier, snappy, faster pace, quick pace, too slow, 快一点, 更快, 加快, 快一些, 快节奏, 快点, 变快',
  slower:
    'slower, slow, slow down, slow it down, calmer pace, too fast, 慢一点, 更慢, 放慢, 慢一些, 慢节奏, 慢点, 变慢',
  left: '左移, pan left',
  in: 'fade in, 淡入, 渐入',
  out: 'fade out, out, 淡出, 渐出',
  'in-out': 'fade in and out, 淡入淡出',
  off: 'off',
  'aspect 9:16':
    'vertical, portrait, upright, tiktok, tik tok, instagram stories, instagram story, stories, shorts, youtube shorts, 竖屏, 竖版, 竖向, 抖音, 快手, 小红书, 竖',
  'aspect 16:9': 'landscape, horizontal, widescreen, wide screen, youtube, 横屏, 横版, 横向, 宽屏, 横',
  'aspect 1:1': 'square, 正方形, 方形, 方的',
  'style lo-fi':
    'lo fi, lofi, chill, chilled, relaxed, relaxing, laid back, mellow, 低保真, 放松, 慵懒, 悠闲',
  'style upbeat':
    'upbeat, up beat, energetic, happy, cheerful, lively, fun, catchy, 轻快, 欢快, 活泼, 动感, 快乐',
  'style ambient':
    'ambient, calm, calming, calmer, peaceful, soothing, gentle, dreamy, soft, 氛围, 舒缓, 安静, 柔和, 轻柔, 平静',
  'style cinematic':
    'cinematic, epic, dramatic, orchestral, inspiring, uplifting, emotional, 电影感, 史诗, 史诗感, 大气, 震撼, 激昂, 励志',
  'cross crossfade':
    'crossfade, cross fade, cross dissolve, dissolve, smooth transition, fade transition, 交叉淡化, 叠化, 溶解',
  'cross cut': 'hard cut, straight cut, jump cut, cuts only, 硬切, 直切, 跳切',
  'edge start':
    'start with, begin with, open with, start of the video, beginning, the beginning, at first, at the beginning, at the start, the front, front, the start, first place, intro, 开头, 最前面, 最前, 开始, 片头, 首位, 第一位, 一开始',
  'edge end':
    'end with, finish with, close with, end, the end, at the end, very end, ending, the back, last place, outro, 末尾, 结尾, 最后面, 片尾, 最后',
  'place top': 'top, upper, top of the screen, 顶部, 上方, 上面, 最上面, 顶端',
  'place bottom': 'bottom, lower part, bottom of the screen, 底部, 下方, 下面, 最下面, 底端',
  'place center': 'center, centre, middle, centered, centred, 中间, 中央, 居中, 正中',
  'place top-left': 'top left, upper left, 左上角, 左上',
  'place top-right': 'top right, upper right, 右上角, 右上',
  'place bottom-left': 'bottom left, lower left, 左下角, 左下',
  'place bottom-right': 'bottom right, lower right, 右下角, 右下',
  'colour #ffffff': 'white, 白色',
  'colour #000000': 'black, 黑色',
  'colour #ff0000': 'red, 红色',
  'colour #ffa500': 'orange, 橙色',
  'colour #ffff00': 'yellow, 黄色',
  'colour #008000': 'green, 绿色',
  'colour #0000ff': 'blue, 蓝色',
  'colour #800080': 'purple, 紫色',
  'colour #ffc0cb': 'pink, 粉色, 粉红色',
  'colour #808080': 'gray, grey, 灰色',
  'colour #ffd700': 'gold, golden, 金色',
  'times 2': 'twice as, double, doubled, 两倍, 加倍, 翻倍',
  'times 0.5': 'half as, half, halve, 减半, 一半',
  'percent 0': 'silent, 零音量',
  'ordinal 1': 'first, 1st',
  'ordinal 2': 'second, 2nd',
  'ordinal 3': 'third, 3rd',
  'ordinal 4': 'fourth, 4th',
  'ordinal 5': 'fifth, 5th',
  'ordinal 6': 'sixth, 6th',
  'ordinal 7': 'seventh, 7th',
  'ordinal 8': 'eighth, 8th',
  'ordinal 9': 'ninth, 9th',
  'ordinal 10': 'tenth, 10th',
  'ordinal -1': 'last, final, 最后一张, 最后一个, 最后一段',
  // Tone, and what goes without saying.
  filler:
    "please, something, total, suitable, is it possible, possible, possible to, pls, kindly, really, very, so, quite, nice, nicely, good, great, cool, beautiful, awesome, amazing, stunning, professional, simple, clean, whole, entire, complete, can, could, would, will, you, i, me, us, we, let's, lets, is, are, was, be, to be, should, must, hey, hi, hello, ok, okay, now, too, again, there, here, same, that's, it's, i'm, we'd, thank you, thanks, other, well, more, bit, a bit, a little, a little bit, slightly, much, a lot, look, looking, look like, sure, instead, actually, existing, 1080p, hd, full hd, high quality, ready, want you to, would you, can you, could you, yet, product, promotional, marketing, short, quick, style, type, kind of, mode, following, respectively, in this order, in that order, in total, overall, with it, these are, here are, 请, 帮我, 麻烦, 帮, 我们, 我想, 我, 你, 您, 一下, 吧, 呢, 啊, 哦, 了, 的, 得, 地, 能不能, 可不可以, 可以, 能, 吗, 都, 就, 先, 很, 好看, 漂亮, 简单, 高清, 专业, 一点, 一些, 稍微, 有, 会, 应该, 希望, 起来, 出来, 进去, 现在, 左右, 大约, 宣传, 产品, 商品, 推广, 风格, 式, 效果, 首, 只是, 以下, 分别, 依次, 如下, 共, 总, 感",
};

const TABLE: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS).flatMap(([meaning, words]) =>
    words.split(', ').map((word): [string, string] => [word.replaceAll('-', ' '), meaning]),
  ),
);

/** What a phrase means, as a key of the table: `aspect 9:16`. Words are in lower case, one space apart. */
export function meaningOf(phrase: string): string | undefined {
  return TABLE.get(phrase) ?? (/[a-z]{3}s$/.test(phrase) ? TABLE.get(phrase.slice(0, -1)) : undefined);
}

/** The most words and the most Chinese characters of an entry. */
export const LONGEST = { words: 5, characters: 6 } as const;
