import { isExactNumber } from '../wire/json.js';
import type {
  ChangedField,
  ChangeType,
  SegmentChange,
  TimelineChange,
  TrackChange,
  WholeChange,
} from './diff-timelines.js';
import type { Span } from './spans.js';
import {
  formatLength,
  formatSpan,
  formatVolume,
  isChinese,
  type LanguageOptions,
  oneLine,
  segmentName,
  trackContent,
  trackLabel,
  type Words,
  wordsFor,
} from './summary.js';

/**
 * Puts changes into sentences for a person, in their order: `Title added: "Paradise Found" (0-3s)`. One sentence a
 * change, except that three or more neighbours on a track that moved by the same time share one. Random seeds, and a frame rate
 * where there was no frame rate before, are only in the fields of the change; so is a first length of the whole beside
 * other changes.
 */
export function describeChanges(
  changes: readonly TimelineChange[],
  { language }: LanguageOptions = {},
): string[] {
  const describer = new Describer(wordsFor(language), changeWordsFor(language));
  const meant = changes.length === 1 ? changes : changes.filter((change) => !isMeaningless(change));
  return groupMoves(meant).map((change) =>
    Array.isArray(change) ? describer.moves(change) : describer.change(change),
  );
}

/** At least this many segments that moved together share one sentence. */
const TOGETHER = 3;

function groupMoves(changes: readonly TimelineChange[]): (TimelineChange | SegmentChange[])[] {
  const groups: (TimelineChange | SegmentChange[])[] = [];
  let run: SegmentChange[] = [];
  let runMove: string | undefined;
  const endRun = (): void => {
    if (run.length >= TOGETHER) groups.push(run);
    else groups.push(...run);
    run = [];
  };
  for (const change of changes) {
    const move = change.target === 'segment' ? moveOf(change) : undefined;
    if (move !== runMove) endRun();
    if (change.target === 'segment' && move !== undefined) run.push(change);
    else groups.push(change);
    runMove = move;
  }
  endRun();
  return groups;
}

/** The track and the distance of a segment that moved and did not change otherwise. */
function moveOf({ before, after, fields }: SegmentChange): string | undefined {
  if (before === undefined || after === undefined) return undefined;
  if (fields.length !== 1 || fields[0]?.name !== 'startMs') return undefined;
  return `${after.track.index} ${after.segment.startMs - before.segment.startMs}`;
}

class Describer {
  readonly #words: Words;
  readonly #own: ChangeWords;

  constructor(words: Words, own: ChangeWords) {
    this.#words = words;
    this.#own = own;
  }

  change(change: TimelineChange): string {
    switch (change.target) {
      case 'timeline':
        return this.#whole(change);
      case 'track':
        return this.#track(change);
      case 'segment':
        return this.#segment(change);
    }
  }

  #whole({ type, fields }: WholeChange): string {
    return this.#own.head(type, this.#own.timeline) + this.#behind(fields);
  }

  #track({ type, before, after, fields }: TrackChange): string {
    const track = after ?? before;
    if (track === undefined) return '';
    const label = trackLabel(track, this.#words);
    if (fields.length === 0) return this.#own.head(type, label) + trackContent(track, label, this.#words);
    return this.#own.head(type, this.#own.track(label)) + this.#behind(fields);
  }

  #segment({ type, before, after, fields }: SegmentChange): string {
    const from = before ?? after;
    const to = after ?? before;
    if (from === undefined || to === undefined) return '';
    const label = trackLabel(to.track, this.#words);
    const nameBefore = segmentName(from.segment, from.track.kind, this.#words);
    const nameAfter = segmentName(to.segment, to.track.kind, this.#words);
    const name = arrow(nameBefore || label, nameAfter || label);
    const shown = new Set([
      'startMs',
      'durationMs',
      ...(nameBefore === nameAfter ? [] : ['name', 'text', 'source']),
    ]);
    const rest = this.#list(fields.filter((field) => !shown.has(field.name)));
    const head = this.#own.head(type, label) + (nameBefore || nameAfter ? this.#words.colon + name : '');
    return head + this.#times(from.segment, to.segment) + (rest && this.#words.comma + rest);
  }

  /** Several segments of one track that moved by the same time. */
  moves(run: readonly SegmentChange[]): string {
    const first = run[0];
    if (first?.before === undefined || first.after === undefined) return '';
    const byMs = first.after.segment.startMs - first.before.segment.startMs;
    const length = formatLength(Math.abs(byMs), this.#words.second);
    const label = trackLabel(first.after.track, this.#words);
    const times = this.#times(
      extentOf(run.map(({ before }) => before?.segment)),
      extentOf(run.map(({ after }) => after?.segment)),
    );
    const what = this.#own.together(run.length, length, byMs > 0);
    return this.#own.head('moved', label) + this.#words.colon + what + times;
  }

  #times(before: Span, after: Span): string {
    const { second } = this.#words;
    return this.#words.inBrackets(arrow(formatSpan(before, second), formatSpan(after, second)));
  }

  /** The fields behind a head; empty when no field is for a person. */
  #behind(fields: readonly ChangedField[]): string {
    const list = this.#list(fields);
    return list && this.#words.colon + list;
  }

  #list(fields: readonly ChangedField[]): string {
    return fields
      .filter((field) => !isTechnical(field))
      .map((field) => this.#field(field))
      .join(this.#words.comma);
  }

  /** `volume 35% → 50%`, or `volume 50%` where there was no value; without values that do not fit into a sentence. */
  #field({ name, before, after }: ChangedField): string {
    const label = this.#own.fields[name] ?? oneLine(keyOf(name));
    if (isMissing(after)) return this.#own.without(label);
    const from = this.#value(name, before);
    const to = this.#value(name, after);
    if (to === undefined || from === to) return label;
    if (isMissing(before)) return `${label} ${to}`;
    return from === undefined ? label : `${label} ${from} → ${to}`;
  }

  #value(name: string, value: unknown): string | undefined {
    if (typeof value === 'number') {
      if (name === 'volume') return formatVolume(value);
      if (name === 'track' || name === 'order') return String(value + 1);
      return name.endsWith('Ms') ? formatLength(value, this.#words.second) : String(value);
    }
    if (typeof value === 'string') return oneLine(value);
    if (isExactNumber(value)) return value.$number;
    return typeof value === 'boolean' ? String(value) : undefined;
  }
}

/** The key of a field that has no name here. */
function keyOf(name: string): string {
  return name.replace(/^(metadata|extra)\./, '');
}

/** Whether a field means nothing to a person: a seed always, a frame rate where there was no other before. */
function isTechnical({ name, before }: ChangedField): boolean {
  const key = keyOf(name);
  return key === 'seed' || (key === 'fps' && isMissing(before));
}

/** Whether a change of the whole says nothing that the others do not: it got a length, and technical fields. */
function isMeaningless({ target, fields }: TimelineChange): boolean {
  const isLength = ({ name, before }: ChangedField): boolean => name === 'durationMs' && isMissing(before);
  return target === 'timeline' && fields.every((field) => isTechnical(field) || isLength(field));
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

function arrow(before: string, after: string): string {
  return before === after ? after : `${before} → ${after}`;
}

function extentOf(segments: readonly (Span | undefined)[]): Span {
  let startMs = Number.POSITIVE_INFINITY;
  let endMs = Number.NEGATIVE_INFINITY;
  for (const segment of segments) {
    startMs = Math.min(startMs, segment?.startMs ?? startMs);
    endMs = Math.max(endMs, segment?.endMs ?? endMs);
  }
  return { startMs, endMs };
}

/** The words of changes in one language. */
interface ChangeWords {
  /** What happened to what: `Title added`. */
  head(type: ChangeType, label: string): string;
  /** The name of a whole track in a head. */
  track(label: string): string;
  readonly timeline: string;
  /** Several segments that moved together. */
  together(count: number, length: string, isLater: boolean): string;
  /** A field that is missing now. */
  without(field: string): string;
  readonly fields: { readonly [name: string]: string };
}

const ENGLISH: ChangeWords = {
  head: (type, label) => `${label} ${type}`,
  track: (label) => `${label} track`,
  timeline: 'Timeline',
  together: (count, length, isLater) => `${count} segments ${length} ${isLater ? 'later' : 'earlier'}`,
  without: (field) => `no ${field}`,
  fields: { durationMs: 'length', sourceStartMs: 'from', code: 'type', track: 'track', order: 'place' },
};

const CHINESE: ChangeWords = {
  head: (type, label) =>
    ({ added: '新增', removed: '移除', moved: '移动', trimmed: '裁剪', changed: '修改' })[type] + label,
  track: (label) => `${label}轨道`,
  timeline: '时间线',
  together: (count, length, isLater) => `${count} 段${isLater ? '延后' : '提前'} ${length}`,
  without: (field) => `无${field}`,
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
function changeWordsFor(language: string | undefined): ChangeWords {
  return isChinese(language) ? CHINESE : ENGLISH;
}
