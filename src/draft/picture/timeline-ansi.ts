import { type LanguageOptions, trackLabel, trackName, type Words, wordsFor } from '../summary.js';
import type { Timeline, TimelineSegment, TimelineTrack } from '../timeline.js';
import {
  captionOf,
  clipText,
  columnsOf,
  extentOf,
  graphemesOf,
  headingOf,
  type Mark,
  marksUpTo,
  rowsOf,
} from './lanes.js';
import { type Paint, paintOf } from './palette.js';

/** How to draw a timeline for a terminal. */
export interface AnsiOptions extends LanguageOptions {
  /** In columns, at least 24; no line is longer. Default 80. */
  readonly width?: number | undefined;
  /**
   * Whether to use colours (256-colour mode). Without them, bars are filled differently for each kind.
   * Default true.
   */
  readonly color?: boolean | undefined;
}

/**
 * Draws a timeline for a terminal: a line for each track, overlaps one below the other, under a ruler. Names are
 * cleaned of control characters. Every line resets its style; the last ends with a line break.
 */
export function timelineANSI(timeline: Timeline, options: AnsiOptions = {}): string {
  return new Drawing(timeline, options).toString();
}

const BOLD = '1';
const FAINT = '2';

/** A segment as the columns that it fills. */
interface Bar {
  readonly segment: TimelineSegment;
  readonly from: number;
  readonly to: number;
}

class Drawing {
  readonly #timeline: Timeline;
  readonly #words: Words;
  readonly #color: boolean;
  readonly #width: number;
  /** The first column of time, how many there are, and how many a millisecond is. */
  readonly #left: number;
  readonly #columns: number;
  readonly #scale: number;
  readonly #marks: readonly Mark[];
  /** The column of the end of the video, where segments reach beyond it. */
  readonly #end: number | undefined;

  constructor(timeline: Timeline, { width = 80, color = true, language }: AnsiOptions) {
    const extentMs = extentOf(timeline);
    this.#timeline = timeline;
    this.#words = wordsFor(language);
    this.#color = color;
    this.#width = Math.max(24, Math.floor(width) || 0);
    this.#left = Math.min(22, Math.floor(this.#width / 4)) + 1;
    this.#columns = this.#width - this.#left;
    this.#scale = this.#columns / extentMs;
    this.#marks = marksUpTo(extentMs, Math.max(1, Math.floor(this.#columns / 10)), this.#words.second);
    this.#end = timeline.durationMs < extentMs ? this.#column(timeline.durationMs) : undefined;
  }

  toString(): string {
    const lines = [
      this.#heading(),
      this.#ruler(),
      ...this.#timeline.tracks.flatMap((track) => this.#track(track)),
    ];
    return `${lines.join('\n')}\n`;
  }

  #heading(): Cells {
    const { title, facts } = headingOf(this.#timeline, this.#words);
    const line = new Cells(this.#width);
    const left = Math.max(0, this.#width - widthOf(facts));
    line.write(0, title, left - 2, this.#style(BOLD));
    line.write(left, facts, this.#width, this.#style(FAINT));
    return line;
  }

  #ruler(): Cells {
    const line = new Cells(this.#width);
    let free = this.#left;
    for (const { ms, label } of this.#marks) {
      const width = widthOf(label);
      const column = Math.min(this.#column(ms), this.#width - width);
      if (column < free) continue;
      line.write(column, label, width, this.#style(FAINT));
      free = column + width + 1;
    }
    return line;
  }

  #track(track: TimelineTrack): Cells[] {
    const label = trackLabel(track, this.#words);
    return rowsOf(track.segments).map((row, index) => {
      const line = new Cells(this.#width);
      if (index === 0) {
        const room = this.#left - 1;
        line.write(0, label, room, this.#style(BOLD));
        line.write(widthOf(label) + 1, trackName(track), room - widthOf(label) - 1, this.#style(FAINT));
      }
      this.#grid(line);
      for (const bar of this.#visible(row)) this.#bar(line, bar, track);
      this.#moments(line, row, paintOf(track));
      return line;
    });
  }

  /** The bars of a row that later ones do not cover: at most one a column, of however many segments. */
  #visible(row: readonly TimelineSegment[]): Bar[] {
    const visible: Bar[] = [];
    const covered = new Set<number>();
    for (const segment of row.toReversed()) {
      if (segment.durationMs === 0) continue;
      const from = this.#column(segment.startMs);
      const to = Math.min(
        this.#width,
        Math.max(from + 1, Math.round(this.#left + segment.endMs * this.#scale)),
      );
      const before = covered.size;
      for (let column = from; column < to; column += 1) covered.add(column);
      if (covered.size > before) visible.push({ segment, from, to });
    }
    return visible.reverse();
  }

  #grid(line: Cells): void {
    for (const { ms } of this.#marks) line.write(this.#column(ms), '┊', 1, this.#style(FAINT));
    if (this.#end !== undefined) line.write(this.#end, '│', 1, this.#style(FAINT));
  }

  #bar(line: Cells, { segment, from, to }: Bar, track: TimelineTrack): void {
    const paint = paintOf(track);
    const style = this.#style(`48;5;${paint.ansiFill};38;5;${paint.ansiInk}`);
    line.fill(from, to, this.#color ? ' ' : paint.plain, style);
    // The edge keeps neighbours apart.
    line.write(from, this.#color ? '▏' : '[', 1, style);
    if (!this.#color && to - from > 1) line.write(to - 1, ']', 1, style);
    const room = to - from - 2;
    if (room > 0) line.write(from + 1, captionOf(segment, track, this.#words), room, style);
  }

  /** The segments without a length. */
  #moments(line: Cells, row: readonly TimelineSegment[], { ansiFill }: Paint): void {
    const columns = new Set<number>();
    for (const { startMs, durationMs } of row) if (durationMs === 0) columns.add(this.#column(startMs));
    for (const column of columns) line.write(column, '◆', 1, this.#style(`38;5;${ansiFill}`));
  }

  #column(ms: number): number {
    return Math.min(this.#width - 1, Math.round(this.#left + Math.max(0, ms) * this.#scale));
  }

  #style(style: Style): Style {
    return this.#color ? style : '';
  }
}

function widthOf(text: string): number {
  let width = 0;
  for (const grapheme of graphemesOf(text)) width += columnsOf(grapheme);
  return width;
}

/** How a cell of a terminal looks, as the parameters of an SGR sequence; empty for plain. */
type Style = string;

interface Cell {
  /** Empty for the right half of a character that fills two cells. */
  text: string;
  style: Style;
}

/** A line of a terminal as cells. Its width stays the same, whatever is written over what. */
class Cells {
  readonly #cells: Cell[];

  constructor(width: number) {
    this.#cells = Array.from({ length: width }, () => ({ text: ' ', style: '' }));
  }

  /** Writes from a column on as much as fits into `room` columns, with an ellipsis if that is not all. */
  write(column: number, text: string, room: number, style: Style): void {
    let at = column;
    for (const grapheme of graphemesOf(
      clipText(text, Math.min(room, this.#cells.length - column), columnsOf),
    )) {
      const columns = columnsOf(grapheme);
      if (columns > 0) this.#set(at, grapheme, style);
      if (columns === 2) this.#set(at + 1, '', style);
      at += columns;
    }
  }

  /** Fills columns with one character. */
  fill(from: number, to: number, character: string, style: Style): void {
    for (let column = from; column < to; column += 1) this.#set(column, character, style);
  }

  /** A wide character that loses one half is removed whole. */
  #set(column: number, text: string, style: Style): void {
    const cell = this.#cells[column];
    if (cell === undefined) return;
    const left = this.#cells[column - 1];
    const right = this.#cells[column + 1];
    if (cell.text === '' && text !== '' && left !== undefined) left.text = ' ';
    if (right?.text === '' && cell.text !== '') right.text = ' ';
    cell.text = text;
    cell.style = style;
  }

  /** The line as text, with as few sequences as possible. */
  toString(): string {
    let line = '';
    let style: Style = '';
    for (const cell of this.#cells) {
      if (cell.style !== style) {
        if (style !== '') line += '\u001b[0m';
        if (cell.style !== '') line += `\u001b[${cell.style}m`;
        style = cell.style;
      }
      line += cell.text;
    }
    return style === '' ? line.trimEnd() : `${line}\u001b[0m`;
  }
}
