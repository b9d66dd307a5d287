import type { ChangedField, SegmentChange, TimelineChange, TrackChange, WholeChange } from './change.js';
import { type ChangeWords, changeWordsFor } from './change-words.js';
import { formatLength, formatSpan, formatVolume, oneLine } from './format.js';
import type { Span } from './spans.js';
import { segmentName, trackContent, trackLabel } from './summary.js';
import { type LanguageOptions, type Words, wordsFor } from './words.js';

/**
 * Puts changes into sentences for a person, in their order: `Title added: "Paradise Found" (0-3s)`. Each has its own,
 * except that three or more neighbours on a track that moved by the same time share one. Random seeds, and a frame rate
 * where there was none before, are only in the fields of the change.
 */
export function describeChanges(
  changes: readonly TimelineChange[],
  { language }: LanguageOptions = {},
): string[] {
  const describer = new Describer(wordsFor(language), changeWordsFor(language));
  return groupMoves(changes).map((change) =>
    Array.isArray(change) ? describer.moves(change) : describer.change(change),
  );
}

/** From how many on segments that moved together are told in one sentence. */
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

/** On which track a segment moved how far, if it did nothing else. */
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
    return this.#own.head(type, this.#own.timeline) + this.#told(fields);
  }

  #track({ type, before, after, fields }: TrackChange): string {
    const track = after ?? before;
    if (track === undefined) return '';
    const label = trackLabel(track, this.#words);
    if (fields.length === 0) return this.#own.head(type, label) + trackContent(track, label, this.#words);
    return this.#own.head(type, this.#own.track(label)) + this.#told(fields);
  }

  #segment({ type, before, after, fields }: SegmentChange): string {
    const from = before ?? after;
    const to = after ?? before;
    if (from === undefined || to === undefined) return '';
    const label = trackLabel(to.track, this.#words);
    const nameBefore = segmentName(from.segment, from.track.kind, this.#words);
    const nameAfter = segmentName(to.segment, to.track.kind, this.#words);
    const name = arrow(nameBefore || label, nameAfter || label);
    const told = new Set([
      'startMs',
      'durationMs',
      ...(nameBefore === nameAfter ? [] : ['name', 'text', 'source']),
    ]);
    const rest = this.#list(fields.filter((field) => !told.has(field.name)));
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

  /** The fields behind a head; nothing where none of them is for a person. */
  #told(fields: readonly ChangedField[]): string {
    const list = this.#list(fields);
    return list && this.#words.colon + list;
  }

  #list(fields: readonly ChangedField[]): string {
    return fields
      .filter((field) => !isTechnical(field))
      .map((field) => this.#field(field))
      .join(this.#words.comma);
  }

  /** `volume 35% → 50%`; without the values where they are too much for a sentence. */
  #field({ name, before, after }: ChangedField): string {
    const label = this.#own.fields[name] ?? oneLine(keyOf(name));
    const from = this.#value(name, before);
    const to = this.#value(name, after);
    return from === undefined || to === undefined || from === to ? label : `${label} ${from} → ${to}`;
  }

  #value(name: string, value: unknown): string | undefined {
    if (value === undefined || value === null) return this.#own.nothing;
    if (typeof value === 'number') {
      if (name === 'volume') return formatVolume(value);
      if (name === 'track' || name === 'order') return String(value + 1);
      return name.endsWith('Ms') ? formatLength(value, this.#words.second) : String(value);
    }
    if (typeof value === 'string') return oneLine(value);
    return typeof value === 'boolean' ? String(value) : undefined;
  }
}

/** The key of a field that has no name here. */
function keyOf(name: string): string {
  return name.replace(/^(metadata|extra)\./, '');
}

/** Whether a field says nothing to a person: a seed never does, a frame rate only where there was another one. */
function isTechnical({ name, before }: ChangedField): boolean {
  const key = keyOf(name);
  return key === 'seed' || (key === 'fps' && (before === undefined || before === null));
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
