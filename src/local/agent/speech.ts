import { lengthOf, type Storyboard } from './storyboard.js';

/** A sentence in English and in Chinese. */
export type Said = readonly [en: string, zh: string];

export const SENTENCES = {
  working: ['Working on your video… ', '正在制作视频…'],
  done: ['Done!', '完成！'],
  preview: ['Open the timeline panel to preview.', '打开时间线面板即可预览。'],
  unchanged: ['Nothing was changed.', '没有做任何改动。'],
  export: [
    'Click the Export button to download it, or open the timeline panel to preview.',
    '点击“导出”按钮即可下载，或打开时间线面板预览。',
  ],
  placeholder: [
    'Note: the local backend has no generative model: it draws a placeholder scene.',
    '注意：本地后端没有生成模型，只绘制占位画面。',
  ],
  nothingYet: ['There is no video yet: ask me to create one first.', '还没有视频：请先让我创建一个。'],
  notUnderstood: [
    'I did not understand that. I follow a table of commands, not a language model. I understand for example: “Make it 15 seconds long”, “Add lo-fi music”, “Remove the second photo”.',
    '没有看懂这个要求。我按指令表工作，不是语言模型。我能看懂的要求例如：“时长15秒”、“配上轻快的音乐”、“删掉第二张照片”。',
  ],
} as const satisfies Readonly<Record<string, Said>>;

/** So many things that were not done are listed one by one. */
const MOST_LISTED = 12;

/** What of a message was not done, as written, in one sentence, or none. */
export function notDone(missed: readonly string[]): Said[] {
  if (missed.length === 0) return [];
  const items = missed
    .slice(0, MOST_LISTED)
    .map((raw) => `“${raw.length > 200 ? `${raw.slice(0, 200)}…` : raw}”`);
  if (missed.length > MOST_LISTED) items.push('…');
  return [[`I did not do: ${items.join('; ')}.`, `没有做的：${items.join('；')}。`]];
}

/** The whole video in one sentence. */
export function described(board: Storyboard): Said {
  const { pictures, music, words } = board;
  const seconds = Math.round(lengthOf(board) / 100) / 10;
  const noun = pictures.every(({ m }) => m.kind === 'scene') ? 'scene' : 'picture';
  const count = pictures.length;
  const all: Said[] = [[`${count} ${noun}${count === 1 ? '' : 's'}`, `${count} 个画面`]];
  const volume = `${Math.round((music?.m.volume ?? 1) * 100)}%`;
  if (music) all.push([`the music ${music.m.name} at ${volume}`, `音乐 ${music.m.name}（${volume}）`]);
  for (const { m } of words) if (m.role === 'title') all.push([`the title “${m.text}”`, `标题“${m.text}”`]);
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
