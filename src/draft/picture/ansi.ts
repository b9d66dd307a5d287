import { trackLabel, trackName } from '../summary.js';
import type { Timeline } from '../timeline.js';
import type { TimelineSegment, TimelineTrack } from '../track.js';
import { type LanguageOptions, type Words, wordsFor } from '../words.js';
import { captionOf, extentOf, headingOf } from './captions.js';
import { Cells, type Style } from './cells.js';
import { columnsOf, graphemesOf } from './graphemes.js';
import { type Paint, paintOf } from './palette.js';
import { rowsOf } from './rows.js';
import { type Mark, marksUpTo } from './ruler.js';

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
      for (const segment of row) if (segment.durationMs > 0) this.#bar(line, segment, track);
      for (const segment of row) if (segment.durationMs === 0) this.#moment(line, segment, paintOf(track));
      return line;
    });
  }

  #grid(line: Cells): void {
    for (const { ms } of this.#marks) line.write(this.#column(ms), '┊', 1, this.#style(FAINT));
    if (this.#timeline.durationMs < extentOf(this.#timeline)) {
      line.write(this.#column(this.#timeline.durationMs), '│', 1, this.#style(FAINT));
    }
  }

  #bar(line: Cells, segment: TimelineSegment, track: TimelineTrack): void {
    const paint = paintOf(track);
    const style = this.#style(`48;5;${paint.ansiFill};38;5;${paint.ansiInk}`);
    const from = this.#column(segment.startMs);
    const to = Math.max(from + 1, Math.round(this.#left + segment.endMs * this.#scale));
    line.fill(from, to, this.#color ? ' ' : paint.plain, style);
    // The edge keeps neighbours apart.
    line.write(from, this.#color ? '▏' : '[', 1, style);
    if (!this.#color && to - from > 1) line.write(to - 1, ']', 1, style);
    line.write(from + 1, captionOf(segment, track, this.#words), to - from - 2, style);
  }

  #moment(line: Cells, { startMs }: TimelineSegment, { ansiFill }: Paint): void {
    line.write(this.#column(startMs), '◆', 1, this.#style(`38;5;${ansiFill}`));
  }

  #column(ms: number): number {
    return Math.min(this.#width - 1, Math.round(this.#left + Math.max(0, ms) * this.#scale));
  }

  #style(style: Style): Style {
    return this.#color ? style : '';
  }
}

function widthOf(text: string): number {
  return graphemesOf(text).reduce((width, grapheme) => width + columnsOf(grapheme), 0);
}
