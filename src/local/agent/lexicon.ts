/**
 * The words that the agent knows, English and Chinese in one table. A key is what they mean, and behind a space the value
 * that they stand for; plurals in -s need no entry. What is not here is a `word`, which no command understands.
 */
const WORDS: Readonly<Record<string, string>> = {
  // What to do.
  make: 'make, create, generate, render, produce, build, film, compose, design, put together, cut together, edit together, get, let, 创建, 创作, 制作, 生成, 做出, 做成, 做, 拍, 剪成, 剪辑成, 弄成, 弄, 让, 使',
  'put add': 'add, insert, include, 添加, 加上, 加入, 加个, 加, 增加, 插入',
  put: 'put, show, shown, write, use, using, have, give, place, display, overlay, play, need, want, see, 配上, 配, 带, 放到, 放在, 放, 显示, 展示, 停留, 播放, 写上, 写, 使用, 用, 需要, 想要, 要',
  set: 'set, change, shorten it to, shorten the video to, extend it to, extend the video to, 缩短到, 缩短至, 延长到, 延长至, rename, replace, switch, substitute, update, edit, adjust, convert, turn, turn into, switch to, crop to, 改成, 改为, 改到, 改, 修改成, 修改为, 修改, 变成, 变为, 设置成, 设置为, 设为, 设成, 调成, 调为, 调到, 调整到, 换成, 换为, 更换为, 替换成, 替换为, 替换, 更换, 转成',
  out: "remove, delete, drop, erase, discard, get rid of, take out, leave out, cut out, don't use, do not use, turn off, hide, clear, 删除, 删掉, 删去, 删, 去掉, 去除, 移除, 拿掉, 取消, 清除, 关掉, 关闭, 隐藏, 不要用, 别用",
  cut: 'cut, cut it down, chop, trim, 剪掉, 剪去, 剪, 裁掉, 裁',
  keep: 'keep, only, just, keep only, only keep, leave only, solely, 保留, 只保留, 只留, 只留下, 只用, 只要, 只, 仅保留, 仅用, 仅',
  move: 'move, shift, bring, drag, 移动到, 移动, 移到, 移至, 移, 挪到, 挪, 排到',
  reverse: 'reverse, reversed, backwards, 倒序, 反转, 逆序, 颠倒',
  sort: 'sort, order, reorder, arrange, rearrange, 排序, 排列, 顺序, 次序',
  mute: 'mute, silence, 静音, 消音',
  leave: 'leave, leave alone, touch, unchanged, as it is, as is, 保持不变, 不变, 别动, 保持',
  export: 'export, download, save it, save the video, 导出, 下载',
  ask: 'how long is, how many, what is, what does, what music, which, describe, 多长, 多久, 几张, 几秒, 多少, 什么样',
  no: "no, not, without, don't, do not, don't want, do not want, no more, never, 不要, 不需要, 不用, 没有, 无需, 无, 不加, 不带, 别, 别加, 先不要, 不",
  with: 'with, 配有',
  // No wish, and no refusal either.
  dislike: "don't like, do not like",
  // What binds words.
  a: 'a, an, another, one, new, 一个, 一段, 一条, 一部, 一支, 一张, 一首, 个, 段, 条, 新的, 新',
  it: 'it, them, everything, 它, 它们, 整个',
  and: 'and, then, but, also, plus, as well as, after that, finally, 以及, 并且, 并, 然后, 接着, 同时, 还有, 另外, 而且, 和, 与, 跟, 及, 再, 也, 还, 但是, 但',
  says: 'says, saying, say, reads, called, named, titled, entitled, 写着, 内容为, 内容是, 叫做, 叫, 名为, 题为, 为, 是',
  about: 'about, featuring, 关于, 介绍',
  of: 'of, out of',
  for: 'for, because, so that, 给',
  to: 'to, into, as, 到, 至, 成',
  prep: 'from, in, on, at, between, over, by way of, during, within, per, 从, 在, 之间, 里面, 里, 中, 上, 处, 起, 以',
  // The parts of a video.
  video:
    'video, film, movie, reel, montage, slideshow, commercial, trailer, teaser, ad, promo, clip show, version, 视频, 影片, 短片, 片子, 宣传片, 广告片, 广告, 幻灯片, 短视频, 成片, 相册, 预告片, 画面, 版本',
  picture: 'picture, photo, image, pic, slide, shot, 照片, 图片, 相片, 图像, 图, 张',
  clip: 'clip, footage, scene, 片段, 镜头, 视频片段',
  upload:
    'file, upload, uploaded file, uploaded, material, media, 文件, 素材, 附件, 上传的, 上传, 已上传的, 已上传',
  title: 'title, headline, heading, 标题, 大标题, 主标题, 片名, 题目',
  caption: 'caption, subtitle, 字幕, 图注, 说明文字',
  text: 'text, text overlay, overlay text, words, slogan, tagline, call to action, 文字, 一句, 文案, 文本, 标语, 口号, 一行字, 一句话',
  music:
    'music, song, tune, bgm, soundtrack, background music, music track, 音乐, 背景音乐, 配乐, 歌曲, 歌, 曲子',
  volume: 'volume, 音量',
  logo: 'logo, watermark, 标志, 徽标, 商标, 水印',
  transition: 'transition, 转场, 过渡, 转场效果',
  length: 'length, duration, long, in length, 时长, 长度, 总时长',
  pace: 'pace, speed, tempo, 节奏, 速度',
  frame: 'aspect ratio, aspect, ratio, format, 画面比例, 宽高比, 比例, 画幅',
  each: 'each, every, per photo, 每张, 每个, 每段, 每一张, 每',
  all: 'all, all the, all of the, both, 所有, 全部',
  // How it is to be.
  bigger: 'bigger, larger, enlarge, 放大, 大一点, 大一些, 更大, 变大, 调大',
  smaller: 'smaller, shrink, 缩小, 小一点, 小一些, 更小, 变小, 调小',
  faster:
    'faster, fast, fast paced, quicker, speed up, speed it up, too slow, 加速, 快一点, 更快, 加快, 快节奏',
  slower: 'slower, slow, slow down, slow it down, too fast, 慢一点, 更慢, 放慢, 慢节奏',
  off: 'off, out, away',
  'aspect 9:16': 'vertical, portrait, tiktok, instagram stories, shorts, 竖屏, 竖版, 竖向, 抖音, 小红书',
  'aspect 16:9': 'landscape, horizontal, widescreen, youtube, 横屏, 横版, 横向, 宽屏',
  'aspect 1:1': 'square, 正方形, 方形',
  'style lo-fi': 'lo fi, lofi, chill, relaxed, guitar, 低保真, 放松, 悠闲',
  'style upbeat': 'upbeat, energetic, happy, cheerful, lively, pop, electronic, 轻快, 欢快, 活泼, 动感',
  'style ambient': 'ambient, calm, peaceful, soothing, gentle, soft, piano, 氛围, 舒缓, 安静, 柔和, 钢琴',
  'style cinematic': 'cinematic, epic, dramatic, orchestral, inspiring, 电影感, 史诗, 大气, 震撼, 励志',
  'cross crossfade':
    'crossfade, cross fade, fade, smooth, dissolve, fade transition, 交叉淡化, 淡入淡出, 叠化, 溶解',
  'cross cut': 'hard cut, straight cut, cuts only, 硬切, 直切',
  'edge start':
    'start, the start, beginning, the beginning, at the start, at the beginning, start with, begin with, open with, front, the front, intro, 开头, 最前面, 最前, 开始, 片头',
  'edge end':
    'end, the end, at the end, end with, finish with, close with, ending, the back, outro, 末尾, 结尾, 最后面, 片尾, 最后',
  'place top': 'top, 顶部, 上方, 上面, 最上面',
  'place bottom': 'bottom, 底部, 下方, 下面, 最下面',
  'place center': 'center, centre, middle, 中间, 中央, 居中',
  'place top-left': 'top left, upper left, 左上角, 左上',
  'place top-right': 'top right, upper right, 右上角, 右上',
  'place bottom-left': 'bottom left, lower left, 左下角, 左下',
  'place bottom-right': 'bottom right, lower right, 右下角, 右下',
  'pick -1': 'last, final, 最后一张, 最后一个, 最后一段',
  // Tone, and what needs no saying.
  filler:
    "the, this, these, those, my, our, your, its, please, really, very, so, quite, nice, good, great, beautiful, whole, thing, entire, can, could, would, you, i, i'd, like, me, us, we, let's, is, are, was, be, should, must, hi, hello, ok, now, too, again, here, there, it's, i'm, thanks, thank you, more, bit, a bit, a little, a lot, look, looking, well, instead, yet, promotional, product, marketing, short, corner, screen, size, side, position, font size, in total, in this order, mp4, something, 这个, 这段, 这些, 那个, 这张, 这, 把, 将, 我的, 我们的, 请, 帮我, 帮, 我们, 我, 你, 您, 一下, 吧, 呢, 啊, 了, 的, 得, 地, 能不能, 可以, 能, 吗, 都, 就, 先, 很, 一点, 一些, 有, 现在, 左右, 大约, 宣传, 产品, 推广, 风格, 效果, 角, 位置, 大小, 以下, 依次, 共, 首, 好看, 屏幕",
};

const TABLE: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS).flatMap(([meaning, words]) =>
    words.split(', ').map((word): [string, string] => [word, meaning]),
  ),
);

/** What a phrase means, as a key of the table: `aspect 9:16`. Words are in lower case, one space apart. */
export function meaningOf(phrase: string): string | undefined {
  return TABLE.get(phrase) ?? (/[a-z]{3}s$/.test(phrase) ? TABLE.get(phrase.slice(0, -1)) : undefined);
}

/** The most words and the most Chinese characters of an entry. */
export const LONGEST = { words: 4, characters: 5 } as const;
