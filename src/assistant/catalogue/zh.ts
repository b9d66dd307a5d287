import type { Catalogue } from './catalogue.js';

const list = (items: readonly string[]): string => items.join('、');
const named = (file: string | undefined): string => (file === undefined ? '这个文件' : `“${file}”`);

/** What the assistant says in Chinese. */
export const CHINESE: Catalogue = {
  connecting: '正在为您准备项目…',
  reconnecting: '正在接着上次的项目…',
  queued: '好的，等手头的工作完成后马上处理。',
  uploading: (count) => `正在上传 ${count} 个文件…`,
  uploaded: (names) => `已收到 ${list(names)}。`,
  working: '正在处理…',
  stillWorking: (minutes) => `还在处理中…（已经 ${minutes} 分钟）`,
  recovering: '连接断开了，正在查看刚才的请求是否完成，不会重复发送。',
  catchingUp: '先看看上一个请求的结果…',
  firstStage: '画面已经排好，接下来完善细节。',
  changed: (changes) =>
    changes.length === 1
      ? `完成了：${changes[0]}。`
      : `完成了：\n${changes.map((change) => `• ${change}`).join('\n')}`,
  unchanged: '这次时间线没有变化。',
  emptyTimeline: '时间线还是空的。请发给我图片或视频片段，或者描述您想要的视频。',
  media: (names) => `您的素材：${list(names)}。`,
  credits: (available, frozen) =>
    `您还有 ${available} 积分${frozen > 0 ? `，另有 ${frozen} 积分留给正在进行的工作` : ''}。`,
  exporting: '正在导出视频，通常需要 30 到 90 秒。',
  exportProgress: (percent) => `导出进度：${percent}%`,
  uploadProgress: (percent) => `上传进度：${percent}%`,
  downloadProgress: (percent) => `保存进度：${percent}%`,
  file: ({ place, size, seconds, claimUrl }) => {
    const facts = [`时长 ${seconds} 秒`, ...(size === undefined ? [] : [size])].join('，');
    const keep = claimUrl === undefined ? '' : `\n用这个链接可以把项目保存到您自己的账户：${claimUrl}`;
    return `视频做好了（${facts}）${place === undefined ? '。' : `：${place}`}${keep}`;
  },
  askForFiles: '请把文件发给我。MP4、MOV、JPG 和 PNG 效果最好，每个不超过 500 MB。',
  askForMessage: '您想做什么样的视频？',
  stopped: '已停止。如果请求已经发出，修改可能仍会出现在时间线上。',
  doItYourself: (phrases) => `我没有屏幕，请您直接完成：${phrases.join('；')}`,
  suggest: (suggestions) => `接下来可以说：${suggestions.map((words) => `“${words}”`).join('、')}。`,
  suggestions: {
    create: ['做一个15秒的视频，配上音乐和标题', '做一个带交叉淡化的幻灯片视频'],
    music: '加上舒缓的音乐',
    title: '加标题“你好”',
    captions: '加上字幕',
    bigger: '把标题放大',
    quieter: '音乐音量20%',
    export: '导出',
    shorter: '改成10秒',
    vertical: '改成竖屏',
  },
  tips: {
    beSpecific: '小提示：说得越具体效果越好，比如内容、位置和时间：“在第5秒到第8秒显示‘夏日大促’”。',
    fewImages: '小提示：图片少于 10 张时渲染最快。',
    formats: '小提示：MP4、MOV、JPG 和 PNG 效果最好，每个不超过 500 MB。',
  },
  errors: {
    credits: () => '积分用完了。请在网站上充值，然后再说一次。',
    creditsAnonymous: ({ registerUrl }) =>
      `免费积分用完了。注册后可以获得更多积分，并保留这个项目：${registerUrl ?? '请访问网站'}`,
    exportNotAllowed: () => '当前账户的套餐不包含导出。请在网站上注册或更改订阅后再试；充值积分并不能解决。',
    unsupportedMedia: ({ file, formats }) => `${named(file)}无法使用。请改用以下格式：${list(formats)}。`,
    mediaTooLarge: ({ file, limit }) => `${named(file)}超过了 ${limit}。请剪短或压缩后再发给我。`,
    mediaMissing: () => '有一个文件找不到或打不开。请确认它的位置后再发一次。',
    mediaChanged: ({ file }) => `${named(file)}没能完整读取。请等它不再被写入后再发一次。`,
    nothingToExport: () => '还没有可以导出的内容。请发给我图片或视频片段，或者描述您想要的视频。',
    renderFailed: () => '导出失败了，但时间线没有受影响。请再试一次；如果仍然失败，请减少或缩短片段。',
    renderTimeout: () => '这次导出比平时慢很多。请过几分钟再试。',
    download: () => '视频已经做好，但没能保存到这里。请检查磁盘空间后再试一次。',
    sessionGone: () => '这个项目已经不存在了。请重新发送文件，我们开始一个新项目。',
    authentication: () => '登录已失效。请重新登录，然后再说一次。',
    tokenLater: ({ until }) => `免费登录暂时用完了。请在网站上注册，或在 ${until ?? '几天'} 之后再来。`,
    rateLimit: ({ waitSeconds }) => `服务现在很忙。请等 ${waitSeconds} 秒后再说一次。`,
    unreachable: () => '连不上服务。请检查网络，然后再说一次。',
    interrupted: () => '连接断开了，时间线没有变化。请过几分钟再说一次。',
    outcomeUnknown: () => '连接断开了，还不知道修改是否完成。请先问我状态，再决定要不要重复。',
    agentFailed: () => '这个要求没能完成。请换一种说法，或者分成几步。',
    other: () => '服务出了点问题。请稍后再试。',
  },
};
