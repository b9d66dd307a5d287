import type { Catalogue } from './catalogue.js';

const listOf = (items: readonly string[], last: string): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
const files = (count: number): string => (count === 1 ? 'your file' : `${count} files`);
const namedFile = (file: string | undefined): string => (file === undefined ? 'That file' : `“${file}”`);

/** What the assistant says in English. */
export const ENGLISH: Catalogue = {
  connecting: 'Setting up your project…',
  reconnecting: 'Picking up your project where we left it…',
  queued: 'I’ll get to that as soon as the work under way is done.',
  uploading: (count) => `Uploading ${files(count)}…`,
  uploaded: (names) => `Got ${listOf(names, 'and')}.`,
  working: 'On it…',
  stillWorking: (minutes) => `Still working… (${minutes} ${minutes === 1 ? 'minute' : 'minutes'} so far)`,
  recovering:
    'The connection dropped; I’m checking whether your request was carried out. Nothing is sent twice.',
  catchingUp: 'First I’m checking whether your last request was carried out…',
  firstStage: 'The pictures are in place; the finishing touches come next.',
  changed: (changes) =>
    changes.length === 1
      ? `Done. ${changes[0]}.`
      : `Done:\n${changes.map((change) => `• ${change}`).join('\n')}`,
  unchanged: 'Nothing changed on the timeline this time.',
  emptyTimeline:
    'The timeline is still empty. Send me pictures or clips, or describe the video you have in mind.',
  media: (names) => `Your files: ${listOf(names, 'and')}.`,
  credits: (available, frozen) =>
    `You have ${available} ${available === 1 ? 'credit' : 'credits'} left${frozen > 0 ? `; ${frozen} more are set aside for work under way` : ''}.`,
  exporting: 'Exporting your video. That usually takes 30 to 90 seconds.',
  exportProgress: (percent) => `Exporting: ${percent} %`,
  uploadProgress: (percent) => `Uploading: ${percent} %`,
  downloadProgress: (percent) => `Saving: ${percent} %`,
  file: ({ place, size, seconds, claimUrl }) => {
    const facts = [`${seconds} seconds`, ...(size === undefined ? [] : [size])].join(', ');
    const keep =
      claimUrl === undefined ? '' : `\nThis link keeps the project in your own account: ${claimUrl}`;
    return `Your video is ready (${facts})${place === undefined ? '.' : `: ${place}`}${keep}`;
  },
  question: ({ title, prompt, options, several }) => {
    const asked = [title, prompt].filter((words) => words !== undefined && words !== '').join('\n');
    const how = several
      ? 'Answer with numbers, such as “1, 2”, or in your own words.'
      : 'Answer with a number, or in your own words.';
    const list = options.map((label, index) => `${index + 1}. ${label}`);
    return [
      asked === '' ? 'The editor asks for more details.' : asked,
      ...list,
      ...(options.length > 0 ? [how] : []),
    ].join('\n');
  },
  questionDropped: 'All right, I leave that question. What would you like instead?',
  askForFiles: 'Please send me the files. MP4, MOV, JPG and PNG work best, up to 500 MB each.',
  askForMessage: 'What would you like me to make?',
  greeting:
    'Hello! Send me pictures or clips, or describe the video you have in mind. I edit it, show you the timeline and export it.',
  thanks: 'You’re welcome!',
  cannot: {
    gif: 'I can’t make a GIF: videos come as MP4. Say “Export” for that one.',
    resolution:
      'I can’t make that resolution: videos have at most 1080 × 1920 pixels. Say it again without it.',
    sending: 'I can’t send anything to a phone or an inbox. Say “Export” and you get the file here.',
    source: 'I can’t use addresses of YouTube or Spotify. Send me the file itself instead.',
  },
  offer: (sentences) =>
    `The editor proposes this next: ${listOf(
      sentences.map((sentence) => `“${sentence}”`),
      'and',
    )}. Say so if you want it.`,
  stopped: 'Stopped. If your request had already been sent, the edit may still appear on the timeline.',
  doItYourself: (phrases) => `Please do this yourself, I have no screen: ${phrases.join('; ')}`,
  suggest: (suggestions) =>
    `You could say next: ${listOf(
      suggestions.map((words) => `“${words}”`),
      'or',
    )}.`,
  suggestions: {
    create: ['Make a 15-second video with music and a title', 'Make a slideshow with crossfades'],
    music: 'Add calm music',
    title: 'Add the title “Hello”',
    captions: 'Add captions',
    bigger: 'Make the title bigger',
    quieter: 'Set the music to 20%',
    export: 'Export',
    shorter: 'Make it 10 seconds long',
    vertical: 'Make it vertical',
  },
  tips: {
    beSpecific:
      'Tip: the more precise, the better: say what, where and when, such as “show ‘Summer Sale’ from 5s to 8s”.',
    fewImages: 'Tip: videos of fewer than 10 images render fastest.',
    formats: 'Tip: MP4, MOV, JPG and PNG work best, up to 500 MB each.',
  },
  errors: {
    credits: () => 'Your credits are used up. Top up your account on the website, then say that again.',
    creditsAnonymous: ({ registerUrl }) =>
      `The free credits are used up. Register to get more and keep this project: ${registerUrl ?? 'on the website'}`,
    exportNotAllowed: () =>
      'Exporting isn’t part of this account’s plan. Register or change the subscription on the website, then ask again; more credits won’t help here.',
    unsupportedMedia: ({ file, formats }) =>
      `${namedFile(file)} isn’t a file I can use. Send one of these instead: ${listOf(formats, 'or')}.`,
    mediaTooLarge: ({ file, limit }) =>
      `${namedFile(file)} is larger than ${limit}. Trim or compress it, then send it again.`,
    mediaMissing: () => 'I couldn’t find or open one of those files. Check where it is, then send it again.',
    mediaChanged: ({ file }) =>
      `${namedFile(file)} could not be read to its end. Send it again when nothing writes to it any more.`,
    nothingToExport: () =>
      'There’s nothing to export yet. Send me pictures or clips, or describe the video you have in mind.',
    renderFailed: () =>
      'The export failed, but your timeline is safe. Ask for it again; if it keeps failing, try fewer or shorter clips.',
    renderTimeout: () => 'The export is taking far longer than usual. Ask for it again in a few minutes.',
    download: () =>
      'The video is finished, but I couldn’t save it here. Ask for it again, or check the free disk space first.',
    sessionGone: () => 'This project no longer exists. Send me your files again and we’ll start a new one.',
    authentication: () =>
      'The service no longer accepts this sign-in. Sign in again, then repeat what you said.',
    tokenLater: ({ until }) =>
      `The free sign-in is used up for now. Register on the website, or come back after ${until ?? 'some days'}.`,
    rateLimit: ({ waitSeconds }) => `The service is busy. Wait ${waitSeconds} seconds, then say that again.`,
    unreachable: () => 'I can’t reach the service. Check the connection, then say that again.',
    interrupted: () =>
      'The connection broke and nothing changed on the timeline. Wait a few minutes, then say that again.',
    outcomeUnknown: () =>
      'The connection broke and I don’t know yet whether your edit was made. Ask me for the status before you repeat it.',
    agentFailed: () => 'The editor couldn’t carry that out. Try to put it another way, or in smaller steps.',
    other: () => 'Something went wrong at the service. Try again in a moment.',
  },
};

const joined = (items: readonly string[]): string => items.join('、');
const namedInChinese = (file: string | undefined): string => (file === undefined ? '这个文件' : `“${file}”`);

/** What the assistant says in Chinese. */
export const CHINESE: Catalogue = {
  connecting: '正在为您准备项目…',
  reconnecting: '正在接着上次的项目…',
  queued: '好的，等手头的工作完成后马上处理。',
  uploading: (count) => `正在上传 ${count} 个文件…`,
  uploaded: (names) => `已收到 ${joined(names)}。`,
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
  media: (names) => `您的素材：${joined(names)}。`,
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
  question: ({ title, prompt, options, several }) => {
    const asked = [title, prompt].filter((words) => words !== undefined && words !== '').join('\n');
    const how = several
      ? '请回答编号（可以多选，例如“1、2”），或者用自己的话说。'
      : '请回答编号，或者用自己的话说。';
    const list = options.map((label, index) => `${index + 1}. ${label}`);
    return [
      asked === '' ? '编辑器需要更多信息。' : asked,
      ...list,
      ...(options.length > 0 ? [how] : []),
    ].join('\n');
  },
  questionDropped: '好的，这个问题先放下。您想改做什么？',
  askForFiles: '请把文件发给我。MP4、MOV、JPG 和 PNG 效果最好，每个不超过 500 MB。',
  askForMessage: '您想做什么样的视频？',
  greeting: '您好！请发给我图片或视频片段，或者描述您想要的视频。我来剪辑、展示时间线并导出。',
  thanks: '不客气！',
  cannot: {
    gif: '我做不了动图，视频只能是 MP4。需要的话请说“导出”。',
    resolution: '我做不了这么高的分辨率，视频最大为 1080 × 1920。请去掉这个要求再说一次。',
    sending: '我没办法把文件发到手机或邮箱。请说“导出”，文件会在这里给您。',
    source: '我用不了 YouTube 或 Spotify 的链接。请直接把文件发给我。',
  },
  offer: (sentences) =>
    `编辑器建议接下来：${sentences.map((sentence) => `“${sentence}”`).join('、')}。需要的话请告诉我。`,
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
    unsupportedMedia: ({ file, formats }) =>
      `${namedInChinese(file)}无法使用。请改用以下格式：${joined(formats)}。`,
    mediaTooLarge: ({ file, limit }) => `${namedInChinese(file)}超过了 ${limit}。请剪短或压缩后再发给我。`,
    mediaMissing: () => '有一个文件找不到或打不开。请确认它的位置后再发一次。',
    mediaChanged: ({ file }) => `${namedInChinese(file)}没能完整读取。请等它不再被写入后再发一次。`,
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
