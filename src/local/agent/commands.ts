import { type Clause, compile, matches } from './clauses.js';
import * as over from './overlays.js';
import type { Job, Outcome } from './pictures.js';
import * as pictures from './pictures.js';

/** Something that the agent can be asked for. */
export interface Command {
  readonly name: string;
  readonly example: { readonly en: string; readonly zh: string };
  /** The words of a clause that asks for it; see {@link compile}. */
  readonly patterns: readonly string[];
  /** Where in the making of a new video it has its turn. */
  readonly when: 'choice' | 'pictures' | 'over';
  /** Undefined: it asks for nothing to be changed. */
  readonly edit?: (job: Job) => Outcome;
}

/**
 * Everything that the agent understands, beside "create a video": the first command with a pattern that fits has the
 * clause. The docs print this table, and a test holds the two equal.
 */
export const COMMANDS: readonly Command[] = [
  {
    name: 'length',
    example: { en: 'Make it 15 seconds long.', zh: '时长15秒。' },
    patterns: [
      'PUT|cut* video|version|all? length* longer|shorter? by? time',
      'PUT* video|all? length? longer|shorter times?',
      'PUT* video|all? length* times length',
    ],
    when: 'pictures',
    edit: pictures.totalLength,
  },
  {
    name: 'picture length',
    example: { en: 'Show each photo for 3 seconds.', zh: '每张照片显示3秒。' },
    patterns: [
      'PUT|cut* each|all* SHOT+ each|all* longer|shorter? by? length? time each?',
      'PUT* time each+',
      'PUT* pick|file|clip length* longer|shorter',
      'PUT* pick|file|clip times length',
    ],
    when: 'pictures',
    edit: pictures.pictureLength,
  },
  {
    name: 'pace',
    example: { en: 'Make it faster.', zh: '节奏快一点。' },
    patterns: [
      'PUT* video|clip|pick|file? pace* faster|slower+ times? by?',
      'PUT* video|clip|pick|file? times pace',
    ],
    when: 'pictures',
    edit: pictures.pace,
  },
  {
    name: 'trim',
    example: { en: 'Cut the last 5 seconds.', zh: '剪掉最后5秒。' },
    patterns: ['cut|keep|only|remove+ span video|all|SHOT? off?', 'cut|remove time off? edge video|SHOT?'],
    when: 'pictures',
    edit: pictures.trim,
  },
  {
    name: 'only',
    example: { en: 'Use only photos 1 and 3.', zh: '只用第一张和第三张照片。' },
    patterns: ['PUT* only|keep+ upload|all* SHOT+ upload?', 'PUT* only|keep+ all? upload+'],
    when: 'choice',
    edit: pictures.keepOnly,
  },
  {
    name: 'remove',
    example: { en: 'Remove the second photo.', zh: '删掉第二张照片。' },
    patterns: ['OUT SHOT+ all|each? video? PUT? out?', 'take? pick|file out'],
    when: 'choice',
    edit: pictures.removePictures,
  },
  {
    name: 'move',
    example: { en: 'Move the last photo to the front.', zh: '把最后一张移到最前面。' },
    patterns: ['MOVE* pick|file edge', 'MOVE* pick|file+ before|after', 'MOVE* pick pick', 'MOVE* file pick'],
    when: 'choice',
    edit: pictures.movePictures,
  },
  {
    name: 'swap',
    example: { en: 'Swap the first and the second photo.', zh: '交换第一张和第二张。' },
    patterns: ['swap pick|file+'],
    when: 'choice',
    edit: pictures.swapPictures,
  },
  {
    name: 'order',
    example: { en: 'Reverse the order.', zh: '倒序播放。' },
    patterns: [
      'PUT|sort* reverse|shuffle sort? SHOT|all*',
      'sort+ PUT? picture|clip|all|names* pick|file+',
      'sort+ PUT? picture|clip|all* names by?',
    ],
    when: 'choice',
    edit: pictures.orderPictures,
  },
  {
    name: 'replace',
    example: { en: 'Replace the second photo with beach.jpg.', zh: '把第二张换成 beach.jpg。' },
    patterns: ['replace|set pick|file+ with|by?', 'use|PUT file instead pick|file'],
    when: 'choice',
    edit: pictures.replacePicture,
  },
  {
    name: 'insert',
    example: { en: 'Add beach.jpg after the second photo.', zh: '在最后加上新的照片。' },
    patterns: ['add|put|show|use SHOT|upload+ edge|before|after? pick?'],
    when: 'choice',
    edit: pictures.insertPictures,
  },
  {
    name: 'transitions',
    example: { en: 'Use crossfades of 1 second.', zh: '用1秒的交叉淡化转场。' },
    patterns: [
      'PUT|no|only* transition* cross+ WHEN? pick|picture*',
      'OUT transition+ all|picture*',
      'PUT* transition+ faster|slower|longer|shorter|time|span',
      'PUT transition+ all|picture*',
      'PUT* cross+ faster|slower|longer|shorter',
    ],
    when: 'over',
    edit: pictures.transition,
  },
  {
    name: 'aspect',
    example: { en: 'Make it vertical, 9:16.', zh: '画面比例9:16。' },
    patterns: ['PUT* video|version* aspect+', 'PUT* video|version* ratio'],
    when: 'choice',
    edit: over.aspect,
  },
  {
    name: 'reword',
    example: { en: 'Change "Summer Sale" to "Winter Sale".', zh: '把“Summer Sale”改成“夏日大促”。' },
    patterns: ['replace|set+ title|text|caption|says* quote quote with?'],
    when: 'over',
    edit: over.reword,
  },
  {
    name: 'title',
    example: { en: 'Add the title "Summer Sale".', zh: '标题为“夏日大促”。' },
    patterns: ['PUT|replace* title+ quote WHEN? LOOK* video? with?', 'PUT* says+ quote WHEN? LOOK*'],
    when: 'over',
    edit: over.title,
  },
  {
    name: 'text',
    example: {
      en: 'Show the text "Free shipping" from 5s to 8s at the top.',
      zh: '在第5秒到第8秒显示文字“包邮”。',
    },
    patterns: [
      'PUT* text|caption|says+ quote+ WHEN* LOOK* video? all?',
      'add|put|show|write|with|use|make|create+ quote+ WHEN* LOOK* video? all?',
      'quote+ span|edge|place+ LOOK*',
    ],
    when: 'over',
    edit: over.addText,
  },
  {
    name: 'captions',
    example: { en: 'Add captions.', zh: '每张照片配上字幕。' },
    patterns: [
      'PUT* text|caption|title* quote SHOT|each|all+ LOOK*',
      'PUT* text|caption+ names? each|all|picture|clip*',
    ],
    when: 'over',
    edit: over.addText,
  },
  {
    name: 'text style',
    example: { en: 'Make the title bigger and red.', zh: '把标题放大。' },
    patterns: [
      'PUT|move|cut* title|text|caption+ quote? LOOK+ WHEN*',
      'PUT|move* title|text|caption+ quote? WHEN+ pick?',
    ],
    when: 'over',
    edit: over.restyle,
  },
  {
    name: 'remove text',
    example: { en: 'Remove the captions.', zh: '去掉标题。' },
    patterns: ['OUT title|text|caption+ quote* all|each|SHOT*', 'OUT quote+'],
    when: 'over',
    edit: over.removeText,
  },
  {
    name: 'music',
    example: { en: 'Add lo-fi music.', zh: '配上轻快的音乐。' },
    patterns: [
      'PUT|replace* style|other|upload* music+ style|other* file|upload? names? percent? volume? WHEN? video? all? instead|with?',
      'replace style style with?',
    ],
    when: 'over',
    edit: over.music,
  },
  {
    name: 'volume',
    example: { en: 'Set the music volume to 35%.', zh: '音乐音量50%。' },
    patterns: [
      'PUT* volume|music|sound|SHOT* louder|quieter+ by? volume? percent|times?',
      'move volume|music+ louder|quieter* percent',
      'PUT|move* music|sound|SHOT* volume+ percent|number|times|bigger|smaller',
      'PUT* sound+ SHOT* percent|bigger|smaller',
      'PUT* music bigger|smaller',
      'mute music|sound|SHOT|all+',
    ],
    when: 'over',
    edit: over.volume,
  },
  {
    name: 'no music',
    example: { en: 'No music.', zh: '不要音乐。' },
    patterns: ['OUT music|sound+ all|video*', 'music|sound+ off', 'mute all|video*'],
    when: 'over',
    edit: over.removeMusic,
  },
  {
    name: 'music fade',
    example: { en: 'Fade the music out over 3 seconds.', zh: '音乐淡出3秒。' },
    patterns: ['PUT|no|remove? music|sound+ fade|in|out|in-out+ WHEN?'],
    when: 'over',
    edit: over.fadeMusic,
  },
  {
    name: 'logo',
    example: { en: 'Put the logo in the top left corner.', zh: 'logo放到左上角。' },
    patterns: [
      'PUT|move|replace* logo+ upload|only? file? place|bigger|smaller|percent|times* WHEN? all? video?',
    ],
    when: 'over',
    edit: over.logo,
  },
  {
    name: 'no logo',
    example: { en: 'Remove the logo.', zh: '去掉logo。' },
    patterns: ['OUT logo+ video?'],
    when: 'over',
    edit: over.removeLogo,
  },
  {
    name: 'leave',
    example: { en: "Don't change the title.", zh: '标题不变。' },
    patterns: [
      'no+ set|move|remove|leave|cut|swap|replace|export|write|show|make+ title|text|caption|music|logo|video|transition|length|SHOT*',
      'keep? leave+ title|text|caption|music|logo|video|transition|length|SHOT*',
      'keep title|text|caption|music|logo|transition|length+',
    ],
    when: 'over',
  },
];

const COMPILED = COMMANDS.map((command) => ({ command, patterns: command.patterns.map(compile) }));

/** The command that understands a clause, every word of it. */
export function commandFor({ tokens }: Clause): Command | undefined {
  return COMPILED.find(({ patterns }) => patterns.some((items) => matches(items, tokens)))?.command;
}
