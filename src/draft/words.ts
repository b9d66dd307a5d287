import type { TrackRole } from './role.js';

/** The words of the summary in one language. */
export interface Words {
  role(role: TrackRole): string;
  /** Of a track whose type code is not documented. */
  unknown(code: string): string;
  timeline(tracks: number): string;
  readonly empty: string;
  more(count: number): string;
  quote(text: string): string;
  /** After a label, before what it labels. */
  readonly colon: string;
  readonly comma: string;
  inBrackets(text: string): string;
  /** After a number of seconds. */
  readonly second: string;
}

const ENGLISH: Words = {
  role: (role) => (role === 'bgm' ? 'BGM' : role.charAt(0).toUpperCase() + role.slice(1)),
  unknown: (code) => `Type ${code}`,
  timeline: (tracks) => `Timeline (${tracks} ${tracks === 1 ? 'track' : 'tracks'})`,
  empty: 'empty',
  more: (count) => `${count} more`,
  quote: (text) => `"${text}"`,
  colon: ': ',
  comma: ', ',
  inBrackets: (text) => ` (${text})`,
  second: 's',
};

const CHINESE_ROLES: { readonly [Role in TrackRole]: string } = {
  video: '视频',
  overlay: '叠加画面',
  logo: '徽标',
  bgm: '背景音乐',
  voice: '配音',
  sound: '音效',
  audio: '音频',
  title: '标题',
  caption: '说明文字',
  subtitle: '字幕',
  text: '文字',
  unknown: '未知',
};

const CHINESE: Words = {
  role: (role) => CHINESE_ROLES[role],
  unknown: (code) => `类型 ${code}`,
  timeline: (tracks) => `时间线（${tracks} 条轨道）`,
  empty: '空',
  more: (count) => `另有 ${count} 段`,
  quote: (text) => `“${text}”`,
  colon: '：',
  comma: '，',
  inBrackets: (text) => `（${text}）`,
  second: '秒',
};

/** How to put things in words. */
export interface LanguageOptions {
  /** A language tag: everything that begins with `zh` is Chinese, everything else English. Default `'en'`. */
  readonly language?: string | undefined;
}

/** Whether the words are to be Chinese ones. */
export function isChinese(language: string | undefined): boolean {
  return /^(zh|chinese|中文)/i.test(language ?? '');
}

/** The words of a language. */
export function wordsFor(language: string | undefined): Words {
  return isChinese(language) ? CHINESE : ENGLISH;
}
