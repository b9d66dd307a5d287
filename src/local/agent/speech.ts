import { lengthOf, type Storyboard } from './storyboard.js';

/** A sentence in English and in Chinese. */
export type Said = readonly [en: string, zh: string];

export const SENTENCES = {
  working: ['Working on your video… ', '正在制作视频…'],
  done: ['Done!', '完成！'],
  unchanged: ['Nothing was changed.', '没有做任何改动。'],
  preview: ['Open the timeline panel to preview.', '打开时间线面板即可预览。'],
  export: [
    'Click the Export button to download it, or open the timeline panel to preview.',
    '点击“导出”按钮即可下载，或打开时间线面板预览。',
  ],
  placeholder: [
    'Note: the local backend has no generative model: it draws a placeholder scene.',
    '注意：本地后端没有生成模型，只绘制占位画面。',
  ],
  nothingYet: [
    'There is no video yet: ask me to create one first, for example “create a 30-second promotional video with music”.',
    '还没有视频：请先让我创建一个，例如“做一个30秒的宣传视频，配上音乐”。',
  ],
  notUnderstood: [
    'I did not understand that, and I changed nothing.',
    '没有看懂这个要求，也没有做任何改动。',
  ],
  help: [
    'I follow a table of commands, not a language model. I understand for example: “Make it 15 seconds long”, “Add captions”, “Remove the second photo”.',
    '我按指令表工作，不是语言模型。我能看懂的要求例如：“时长15秒”、“每张照片配上字幕”、“删掉第二张照片”。',
  ],
} as const satisfies Readonly<Record<string, Said>>;

const REASONS = {
  picture: ['there is no such picture', '没有这张图片'],
  which: ['say which picture, for example “the second photo”', '请说明是哪一张，例如“第二张”'],
  pair: ['that takes two pictures', '需要两张图片'],
  last: ['a video needs at least one picture', '视频至少要有一张图片'],
  upload: ['there is no such upload', '没有上传过这个文件'],
  kind: ['it is not a file of that kind', '文件类型不对'],
  outside: ['that time is outside the video', '超出了视频的时间'],
  length: ['a video lasts 1 to 600 s, a picture at least 0.2 s', '视频长 1 到 600 秒，每张至少 0.2 秒'],
  source: ['the clips are too short for that', '素材不够长'],
  fixed: ['the message gives the length of the video, too', '同一条消息已指定视频长度'],
  aspect: ['only 16:9, 9:16 and 1:1', '只有 16:9、9:16 和 1:1'],
  words: ['give me the words in quotation marks', '请把文字放在引号里告诉我'],
  caption: ['a caption lasts as long as its picture', '字幕与图片同时显示'],
  text: ['there is no such text in the video', '视频里没有这样的文字'],
  place: ['words go to the top, the centre or the bottom', '文字只能放在顶部、中间或底部'],
  music: ['there is no music', '没有音乐'],
  style: ['say which music: lo-fi, upbeat, ambient, cinematic or a file', '请说明哪种音乐'],
  logo: ['upload an image with “logo” in its name', '请上传一张文件名里带“logo”的图片'],
  corner: ['the logo goes into one of the four corners', 'logo 只能放在四个角之一'],
} as const satisfies Readonly<Record<string, Said>>;

/** Thrown by an edit that cannot be done; what it has changed is thrown away. */
export class NotDone extends Error {
  override readonly name = 'NotDone';
  readonly why: Said;

  constructor(reason: keyof typeof REASONS) {
    super(reason);
    this.why = REASONS[reason];
  }
}

/** What was not done, as written. */
export interface Missed {
  readonly raw: string;
  readonly why?: Said;
}

/** So many things that were not done are listed one by one. */
const MOST_LISTED = 12;

/** What of a message was not done, in one sentence, or none. */
export function notDone(missed: readonly Missed[]): Said[] {
  if (missed.length === 0) return [];
  const items = missed.slice(0, MOST_LISTED).map(({ raw, why }): Said => {
    const shown = `“${raw.length > 200 ? `${raw.slice(0, 200)}…` : raw}”`;
    return why ? [`${shown} (${why[0]})`, `${shown}（${why[1]}）`] : [shown, shown];
  });
  const left = missed.length - items.length;
  if (left > 0) items.push([`and ${left} more`, `另外 ${left} 处`]);
  const [en, zh] = [items.map(([en]) => en).join('; '), items.map(([, zh]) => zh).join('；')];
  return [[`I did not do: ${en}.`, `没有做的：${zh}。`]];
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The whole video in one sentence. */
export function described(board: Storyboard): Said {
  const { pictures, music, words, logo } = board;
  const seconds = Math.round(lengthOf(board) / 100) / 10;
  const noun = pictures.every(({ m }) => m.kind === 'scene') ? 'scene' : 'picture';
  const all: Said[] = [[counted(pictures.length, noun), `${pictures.length} 个画面`]];
  const volume = `${Math.round((music?.m.volume ?? 1) * 100)}%`;
  if (music) all.push([`the music ${music.m.name} at ${volume}`, `音乐 ${music.m.name}（${volume}）`]);
  const titles = words.filter(({ m }) => m.role === 'title');
  for (const { m } of titles) all.push([`the title “${m.text}”`, `标题“${m.text}”`]);
  const texts = words.length - titles.length;
  if (texts > 0) all.push([counted(texts, 'text'), `${texts} 条文字`]);
  if (logo) all.push(['your logo', '您的 logo']);
  return [
    `Your ${seconds}-second video is ready: ${all.map(([en]) => en).join(', ')}.`,
    `${seconds} 秒的视频做好了：${all.map(([, zh]) => zh).join('、')}。`,
  ];
}

/** What becomes of the subject of a video that shows uploads. */
export const asTheyAre = (subject: string): Said => [
  `Your files are shown as they are: “${subject}” adds nothing to them.`,
  `素材按原样展示，“${subject}”没有改变它们。`,
];
