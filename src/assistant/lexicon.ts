import { lazily } from '../platform/lazily.js';

/**
 * The words that the rules know, by the part they play. A word in none of these lists is content (`other`), and a
 * clause with content in the wrong place is an instruction for the editor: this separates "download the video"
 * from "download button animation" without a list of everything that can be put into a video.
 *
 * Entries are separated by commas and may hold several words. Chinese is simplified; see `traditional.ts`.
 */
const LEXICON = [
  // words around a request
  [
    'polite',
    `please, pls, plz, kindly, ok, okay, yes, yeah, yep, sure, alright, all right, so, well, hey, hi, now, just, then,
    also, finally, first, next, again, once more, asap, immediately, quickly, already, thanks, thank you, thx, yet, still,
    currently, right now, so far, for now, at the moment, here, at last, right away, straight away, don't forget to,
    why don't you, why not, too, as well, instead, really, actually, simply, maybe, but, and, quick, today, look like, looks like, wrap it up, wrap up, how about, proceed,
    finish up, finish it up, if, whether, almost, nearly, out of here, how it turned out, turned out, of course, definitely, lastly, eventually,
    btw, by the way, oh, hmm, um, also please, 刚才, 刚刚, 给你, 确认, 确定, 这边, 的话, 一键, 快, 这次, 这里, 急着, 上去,
    请, 请问, 麻烦, 劳驾, 一下, 下, 吧, 了, 啊, 呀, 哦, 呢, 哈, 嘛, 吗, 么, 好, 好的, 好了, 嗯, 那, 那么, 就, 先, 再, 也, 还, 都,
    已经, 目前, 谢谢, 一遍, 一次, 出来, 过来, 上来, 来, 去, 在, 现在, 直接, 马上, 立刻, 立即, 赶紧, 赶快, 快, 最后, 然后, 顺便, 另外,
    没有, 没, 好吗, 行吗, 可以吗, 好不好, 怎样, 怎么样, 如何, 出, 自己, 自己的, 到底, 一共, 总共, 大概, 请你, 只, 就行, 即可, 一份`,
  ],
  [
    'modal',
    `i, we, let, lets, let's, go, go ahead, ahead, try, i'll, we'll, i'm, im, we're, mind, time, able, be able,
    am, think, wonder, about to, gonna, going to, help, do, i've, we've, i have to, like, you, u, you're, you've, ready to, d, i'd, we'd, you'd, it's time,
    you'll, does, how do, who, it'd,
    帮我, 帮, 替我, 帮忙, 你, 您, 开始, 继续, 重新, 准备, 该, 把它, 我来, 我们, 咱们, 让我, 允许, 怎么, 怎样才能, 哪里, 在哪, 哪儿, 从哪, 来个`,
  ],
  [
    'ask',
    `can, could, may, will, would, shall, should, can't, cant, couldn't, might, possible, is it possible to, is there a way to, is there any way to, 支持,
    可以, 能, 能不能, 可不可以, 能否, 可否, 是否可以, 能够`,
  ],
  [
    'want',
    `let me have, want, wanna, need, get, love, wish, must, want to, need to, like to, i'd like, we'd like, would like, grab, gimme, receive,
    要, 想, 想要, 我要, 我想, 需要, 我需要, 我想要, 要不要, 需不需要, 得`,
  ],
  ['have', 'have, has, got, had, contain, contains'],
  ['me', 'me, us, myself, 我'],
  ['giveme', '发给我, 传给我, 发我, 发送给我, 给我发, 给我传'],
  ['forme', '给我, 为我'],
  ['how', 'how, where, when, 什么时候, how can, how to'],
  ['what', `what, what's, whats, which, 什么, 哪些, 哪几条, 几条, 啥, 是什么样, 是什么, 什么样, 哪`],
  [
    'quantity',
    'how many, how much, how many more, many, much, any, more, number of, 多少, 几, 几个, 多, 多大',
  ],
  [
    'be',
    `is, are, was, were, did, where's, wheres, isn't, aren't, there, be, been, being, 是, 是不是, 有, 有没有, 处于`,
  ],
  [
    'not',
    `don't, dont, do not, not, no, never, without, stop, cancel, avoid, skip, won't, hold off, no need to, never mind,
    不要, 别, 别急着, 不用, 不必, 无需, 先别, 不, 别再, 停止, 取消, 暂不, 先不要, 不需要, 暂时不, 暂时别, 暂时不要, 先不, 没必要, 不急着, 勿`,
  ],
  [
    'praise',
    `great, perfect, good, nice, awesome, amazing, happy, looks, look, lgtm, fine, cool, excellent, beautiful,
    wonderful, approved, satisfied, lovely, exactly, editing, great work, good work, good job, nice work, nice job, what i wanted, what i want,
    no more changes, no changes, nothing else, nothing to change, love it, i love it, all set, that works, works for me, sounds good, good to go, 可以的, that's all, that's it, that is all, all good,
    没问题, 很好, 不错, 完美, 可以了, 满意, 很满意, 就这样, 行, 好看, 棒, 太棒了, 很棒, 挺好, 挺好的, 太好了, 搞定, 没事, 很, 行了, 不用改了`,
  ],
  [
    'done',
    `done, ready, exported, rendered, downloaded, uploaded, 上传了, 传了, 完成, 做完, 弄好, 做好, 搞好, 弄完, there yet, finish, working`,
  ],
  [
    'doneq',
    `什么样子, 是什么样子, 是什么样子了, 变成什么样, 变成什么样了, 变成什么样子, 好了吗, 好了没, 好了没有, 好了么, 完成了吗, 完成了没, 完成了没有, 完了吗, 完了没, 做好了吗, 做好了没, 做好了没有, 做完了吗, 做完了没,
    弄好了吗, 弄好了没, 剪好了吗, 剪完了吗, 导出好了吗, 导出完了吗, 导好了吗, 渲染好了吗, 渲染完了吗, 生成好了吗, 生成完了吗, 到哪了, 到哪一步了, 到哪一步,
    到哪儿了, 到什么程度了, 到什么程度, 做到什么程度了, 做到什么程度, 做到哪一步了, 做到哪了, 做到哪儿了, 做到哪一步, 做得怎么样, 做得怎么样了, 怎么样了, 弄得怎么样了, 进行得怎么样, 还没好吗, 还没好, 没好吗, 好没好, 完成没有, 成功了吗`,
  ],
  // what is asked for
  [
    'export',
    `export, download, re-export, reexport, exporting, downloading, re-download, redownload, output,
    导出, 下载, 重新导出, 汇出, 导, 出一下, 输出, 出片, 导出来`,
  ],
  ['render', 'render, rendering, finalize, finalise, 渲染, 生成最终'],
  ['save', 'save, saving, deliver, hand over, 保存, 存, 存到, 交付, 保存到, 下到'],
  [
    'give',
    `give, send, send over, ship, hand, pass, share, email, mail, sent, drop me,
    给, 发送, 发, 发到`,
  ],
  [
    'start',
    'start, hit, press, click, tap, begin, run, do, make, kick off, trigger, continue, launch, perform, proceed with, 执行, 进行, 启动, 做',
  ],
  ['upload', 'upload, uploading, add my own, use my own, 上传, 添加自己的, 加自己的, 用自己的, 放自己的'],
  ['attach', 'attach, attaching, import, importing, 导入, 传'],
  ['work', '生成, 制作, 处理, 剪辑, 剪, 合成'],
  ['convert', 'convert, turn, make into, 转, 转成, 转换, 转换成, 转为'],
  ['put', 'add, put, insert, include, 添加, 加, 放, 加入'],
  ['itis', "it's, that's, there's, its ready, it is, that is, this is"],
  ['over', 'over'],
  ['hows', "how's, hows, how is, how are"],
  ['produce', 'generate, produce, create, build, compile, put out'],
  [
    'bring',
    `send you, sending you, give you, hand you, share with you, show you,
    发你, 传你, 发给你, 传给你, 给你发, 给你传`,
  ],
  [
    'show',
    `show, see, check, view, list, tell, look at, look up, print, display, open, know, watch, find, find out, describe, inspect, summarize,
    看, 看看, 看一下, 看下, 查看, 显示, 查, 查一下, 查询, 查查, 打开, 告诉, 列出, 列一下, 展示, 说说, 说一下, 知道, 检查, 瞧瞧, 汇报`,
  ],
  ['preview', 'preview, previewing, 预览'],
  [
    'cost',
    'cost, costs, use, uses, used, charge, charged, charges, spend, spent, deduct, deducted, take, takes, needed, 用完, 用完了, 花, 花了, 用了, 消耗, 消耗了, 扣, 扣了, 要花, 需要花, 用掉',
  ],
  ['buy', 'buy, purchase, 购买, 买'],
  ['topup', 'recharge, top up, top-up, refill, 充值'],
  // things
  [
    'credits',
    `credits, credit, balance, credit balance, credit situation, credit count, points, billing, points left, quota,
    积分, 余额, 点数, 额度, 积分余额, 账户余额, 剩余积分, 余额积分`,
  ],
  ['account', 'account, plan, wallet, 账户, 账号'],
  [
    'left',
    `left, remaining, remain, remains, available, low, out, run out, running out, running, enough, total, free, expire, expires, reset, renew, info, details,
    剩, 剩下, 剩余, 还有, 还剩, 剩了, 够, 够不够, 足够, 不够, 够用, 可用`,
  ],
  [
    'board',
    `status, state, timeline, tracks, progress, status update, status report, summary, overview, rundown, track list, tracklist, timeline summary,
    where are we, how far, how far along, any updates, any update, any news, update me, progress report, draft, where do we stand, where we are, where we stand,
    状态, 轨道, 时间线, 时间轴, 进度, 进展, 情况, 音轨, 轨, 轨道列表, 状况`,
  ],
  ['going', 'going, going on, happening, coming along, coming, doing, looking'],
  ['track', 'track, 第'],
  [
    'howlong',
    'how long, how much longer, how much more time, how many seconds, how many minutes, length, duration, running time, runtime, 多长, 多久, 多长时间, 几秒, 多少秒, 时长, 总时长, 长度',
  ],
  [
    'video',
    `video, videos, file, files, movie, film, result, results, project, version, copy, final cut, finished cut, rough cut, final product, finished product, end result, clip, reel, thing,
    whole thing, vid, ad, promo, slideshow, trailer, teaser, montage, commercial, vlog, short film,
    presentation,
    视频, 影片, 文件, 片子, 作品, 结果, 项目, 工程, 短片, 视屏, 成果, 版本, 效果, 广告, 宣传片, 短视频, 相册`,
  ],
  ['number', 'two, three, four, five, six, seven, eight, nine, ten, twenty, 两, 三, 四, 五, 六, 十'],
  ['filetype', 'mp4, mov, mpeg, h264, gif'],
  [
    'format',
    `1080p, 720p, 480p, 4k, 2k, hd, full hd, uhd, high, highest, best, low quality,
    high quality, best quality, max, maximum, vertical, horizontal, portrait, landscape, square, widescreen, 60fps, 30fps,
    高清, 超清, 最高, 高质量, 原画, 竖屏, 横屏, 方形, 竖屏版, 横屏版, 高清版, 完整版, 无水印`,
  ],
  ['property', 'quality, resolution, format, size, fps, settings, 格式, 画质, 清晰度, 分辨率, 质量'],
  [
    'place',
    `phone, computer, disk, desktop, laptop, drive, device, folder, pc, mac, camera roll, gallery, downloads folder, usb,
    本地, 手机, 电脑, 相册, 桌面, 硬盘, 我手机`,
  ],
  [
    'site',
    'youtube, tiktok, instagram, facebook, twitter, x, vimeo, reels, shorts, snapchat, wechat, 抖音, 快手, 小红书, 微信, 朋友圈, 视频号, b站, 油管',
  ],
  [
    'media',
    `photo, photos, picture, pictures, pic, pics, image, images, footage, clips, logo, song, songs, audio, music, soundtrack,
    recording, recordings, media, material, materials, asset, assets, selfie, shots, shot, headshot, voiceover, voice, narration, jingle, screenshot, screenshots, document,
    图, 图片, 产品图, 产品照片, 配图, 照片, 素材, 音频, 音乐, 歌, 歌曲, 片段, 录音, 图像, 相片, 资料, 附件`,
  ],
  ['link', 'link, url, downloadable file, downloadable version, downloadable link, 链接, 地址'],
  // little words
  [
    'final',
    `final, finished, complete, completed, finalized, 最终, 最终的, 最终版, 最终版本, 完整, 完整的, 剪好的, 剪完的, 弄好的, 做好的, 做完的, 完成的, 渲染好的, 导出好的, 成片, 成品`,
  ],
  [
    'the',
    `the, current, present, 当前, 当前的, 现在的, my, our, your, its, attached, whole, entire, full, edited, latest, newest, last, own, new,
    我的, 你的, 整个, 最新, 最新的, 生成的, 自己的, 所有, 全部, 本, a copy of`,
  ],
  ['hereis', "here is, here are, here's, heres, here comes, 这是"],
  ['this', 'this, that, these, those, 这, 这个, 那个, 该, 这段, 这条, 这些, 这张, 这份, 那段, 此, 这几张'],
  [
    'a',
    `a, an, some, another, one, one more, a few, few, a couple of, several, 一个, 一段, 一张, 一条, 一些, 几张, 几个, 几段, 个, 张, 段, 条, 一首, 首, 两张, 三张, 点`,
  ],
  ['it', 'it, them, things, all, anything, everything, something, 它, 它们'],
  ['of', '的'],
  ['about', 'about, 关于'],
  ['ba', '把, 将, 对'],
  [
    'to',
    'to, as, in, at, for, with, on, into, from, of, onto, by, 为, 成, 到, 里, 上, 中, 里面, 上面, 从, 用, 以',
  ],
] as const;

/** The part that a word plays in a request; `other` is content; numerals are `number` too. */
export type WordClass = (typeof LEXICON)[number][0] | 'other';

/** Every entry of the lexicon with its class. */
const wordClasses: () => ReadonlyMap<string, WordClass> = /* @__PURE__ */ lazily(() => {
  const words = new Map<string, WordClass>();
  for (const [name, entries] of LEXICON) {
    // The first list that has a word wins, so the order above is the order of preference.
    for (const entry of entries.split(',')) {
      const word = entry.trim().replace(/\s+/g, ' ');
      if (word !== '' && !words.has(word)) words.set(word, name);
    }
  }
  return words;
});

/** A word, in lower case, and the part that it plays. */
export interface Word {
  readonly word: string;
  readonly as: WordClass;
}

/**
 * File names and addresses, Latin words, numerals like `1080p`, single other letters (Chinese is joined to words below),
 * quotations; all else separates.
 */
const PIECE =
  /https?:\/\/[^\s，。；]+|[\w-]{1,100}\.(?:png|jpe?g|gif|webp|mp4|mov|avi|webm|mkv|mp3|wav|m4a|aac)\b|[a-z0-9à-ÿ][a-z0-9à-ÿ'_-]*|[^\p{P}\p{S}\p{Z}\p{C}]|\u{FFFC}+/gu;
const LATIN = /^[a-z0-9à-ÿ]/;
/** What names a file of one's own. */
const FILE = /^https?:|\.[a-z]+\d?$/;
const NUMERAL = /^\d+(?:[a-z]{1,3}|x\d+)?$/;
/** The longest entries of the lexicon: English words, Chinese characters. */
const LONGEST_PHRASE = 5;
const LONGEST_CHINESE = 7;

/** Cuts a normalised text into classified words, the longest known word first. */
export function cutWords(text: string): Word[] {
  const pieces = text.match(PIECE) ?? [];
  const words: Word[] = [];
  const known = wordClasses();
  for (let at = 0; at < pieces.length; ) {
    const first = pieces[at] ?? '';
    const latin = LATIN.test(first);
    let taken = 1;
    let word: Word = latin ? classify(first) : { word: first, as: known.get(first) ?? 'other' };
    for (
      let length = Math.min(latin ? LONGEST_PHRASE : LONGEST_CHINESE, pieces.length - at);
      length > 1;
      length--
    ) {
      const phrase = pieces.slice(at, at + length).join(latin ? ' ' : '');
      const as = known.get(phrase);
      if (as === undefined) continue;
      word = { word: phrase, as };
      taken = length;
      break;
    }
    words.push(word);
    at += taken;
  }
  return words;
}

function classify(word: string): Word {
  const as = wordClasses().get(word);
  if (as !== undefined) return { word, as };
  if (FILE.test(word)) return { word, as: 'media' };
  if (NUMERAL.test(word)) return { word, as: 'number' };
  const meant = meantBy(word);
  return { word: meant ?? word, as: (meant === undefined ? undefined : wordClasses().get(meant)) ?? 'other' };
}

/**
 * Words one slip away from these are read as these ("dowload", "uplaod"): words that people type all the time and that
 * few real words resemble.
 */
const OFTEN_MISTYPED = 'export download upload credits balance status timeline preview please video';
/** The real words that are one slip away from one of them. */
const REAL =
  'expert exports uploads unload uploader downloads downloader statue statues states stats statute balanced balances ' +
  'balancer valance review previews previewed timelines pleased pleases lease videos vide';

const mistyped = /* @__PURE__ */ lazily(() => OFTEN_MISTYPED.split(' '));
const real = /* @__PURE__ */ lazily(() => new Set(REAL.split(' ')));

/** The word that a mistyped one stands for, if it is one. */
function meantBy(word: string): string | undefined {
  return real().has(word) ? undefined : mistyped().find((right) => isOneSlipFrom(word, right));
}

/**
 * One letter left out, doubled, replaced or swapped with its neighbour. The first letter is rarely mistyped and must
 * be right, which keeps most real words apart.
 */
function isOneSlipFrom(word: string, right: string): boolean {
  const difference = word.length - right.length;
  if (word[0] !== right[0] || word.length < 5 || Math.abs(difference) > 1) return false;
  let start = 0;
  while (start < right.length && word[start] === right[start]) start++;
  const rest = (text: string, from: number): string => text.slice(start + from);
  if (difference === 1) return rest(word, 1) === rest(right, 0);
  if (difference === -1) return rest(word, 0) === rest(right, 1);
  const swapped = word[start] === right[start + 1] && word[start + 1] === right[start];
  return rest(word, 1) === rest(right, 1) || (swapped && rest(word, 2) === rest(right, 2));
}

/**
 * Traditional characters of the lexicon's words with their simplified forms, one to one, so that positions stay the
 * same. Not a converter: only what a request to export, upload, look or pay can contain.
 */
const PAIRS =
  '導导 匯汇 載载 視视 頻频 傳传 積积 餘余 額额 狀状 態态 軌轨 時时 間间 軸轴 進进 輸输 檔档 請请 幫帮 將将 這这 個个 張张 圖图 給给 發发 還还 ' +
  '剩剩 麼么 嗎吗 現现 開开 顯显 覽览 預预 長长 後后 並并 與与 賬账 帳账 戶户 號号 為为 從从 讓让 沒没 問问 題题 電电 腦脑 機机 質质 畫画 寫写 ' +
  '標标 聲声 樂乐 訴诉 點点 數数 夠够 條条 誰谁 來来 過过 結结 終终 儲储 雲云 無无 須须 別别 備备 們们 應应 錯错 繼继 續续 動动 啟启';

const simplified = /* @__PURE__ */ lazily(
  () => new Map(PAIRS.split(' ').map((pair): [string, string] => [pair.charAt(0), pair.charAt(1)])),
);

/** Lower case and simplified, every character in its place: `result.length === text.length`. */
export function normalize(text: string): string {
  const simple = simplified();
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const lower = char === '’' ? "'" : char.toLowerCase();
    // A few capitals (İ) grow in lower case; they are kept as they are.
    out += simple.get(char) ?? (lower.length === 1 ? lower : char);
  }
  return out;
}
