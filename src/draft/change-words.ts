import type { ChangeType } from './change.js';
import { isChinese } from './words.js';

/** The words of changes in one language. */
export interface ChangeWords {
  /** What happened to what: `Title added`. */
  head(type: ChangeType, label: string): string;
  /** What a whole track is called in a head. */
  track(label: string): string;
  readonly timeline: string;
  /** Several segments that moved together. */
  together(count: number, length: string, isLater: boolean): string;
  /** Where there was nothing, or is nothing any more. */
  readonly nothing: string;
  readonly fields: { readonly [name: string]: string };
}

const ENGLISH: ChangeWords = {
  head: (type, label) => `${label} ${type}`,
  track: (label) => `${label} track`,
  timeline: 'Timeline',
  together: (count, length, isLater) => `${count} segments ${length} ${isLater ? 'later' : 'earlier'}`,
  nothing: 'none',
  fields: { durationMs: 'length', sourceStartMs: 'from', code: 'type', track: 'track', order: 'place' },
};

const CHINESE: ChangeWords = {
  head: (type, label) =>
    ({ added: '新增', removed: '移除', moved: '移动', trimmed: '裁剪', changed: '修改' })[type] + label,
  track: (label) => `${label}轨道`,
  timeline: '时间线',
  together: (count, length, isLater) => `${count} 段${isLater ? '延后' : '提前'} ${length}`,
  nothing: '无',
  fields: {
    durationMs: '时长',
    startMs: '开始',
    sourceStartMs: '素材起点',
    id: '编号',
    name: '名称',
    title: '标题',
    width: '宽度',
    height: '高度',
    text: '文字',
    volume: '音量',
    source: '素材',
    speed: '速度',
    position: '位置',
    transition: '转场',
    role: '用途',
    kind: '种类',
    code: '类型',
    track: '轨道',
    order: '次序',
  },
};

/** The words of changes in a language. */
export function changeWordsFor(language: string | undefined): ChangeWords {
  return isChinese(language) ? CHINESE : ENGLISH;
}
