import { formatSpan, type LanguageOptions, trackLabel, trackName, type Words, wordsFor } from '../summary.js';
import type { Timeline, TimelineSegment, TimelineTrack } from '../timeline.js';
import { captionOf, clipText, emOf, extentOf, headingOf, marksUpTo, rowsOf, tooltipOf } from './lanes.js';
import { iconOf, type Paint, paintOf, styleOf, type Theme } from './palette.js';

/** How to draw a timeline. */
export interface SvgOptions extends LanguageOptions {
  /** In pixels, at least 320. The height follows from the tracks. Default 960. */
  readonly width?: number | undefined;
  /** `'auto'` follows the reader's system. Default `'auto'`. */
  readonly theme?: Theme | undefined;
}

/**
 * Draws a timeline as SVG: a lane for each track, overlaps one below the other, with a ruler, names and tooltips.
 * It loads nothing, runs no script, and shows names as they are, whatever markup they contain.
 */
export function timelineSVG(timeline: Timeline, options: SvgOptions = {}): string {
  return new Drawing(timeline, options).toString();
}

const PADDING = 16;
const LANES_FROM = 76;
const ROW = 26;
const GAP = 6;
const LABEL = 132;

/** Segments narrower than this are drawn as one with those next to them. */
const NARROW = 2;

/** Segments narrower than this carry no name. */
const NAMED = 18;

class Drawing {
  readonly #timeline: Timeline;
  readonly #language: string | undefined;
  readonly #words: Words;
  readonly #theme: Theme;
  readonly #width: number;
  /** Where time begins, and how many pixels a millisecond is. */
  readonly #left: number;
  readonly #scale: number;
  readonly #extentMs: number;

  constructor(timeline: Timeline, { width = 960, theme = 'auto', language }: SvgOptions) {
    this.#timeline = timeline;
    this.#language = language;
    this.#words = wordsFor(language);
    this.#theme = theme;
    this.#width = Math.max(320, Math.round(width) || 0);
    this.#left = PADDING + Math.min(LABEL, Math.round(this.#width / 4));
    this.#extentMs = extentOf(timeline);
    this.#scale = (this.#width - 2 * PADDING - this.#left) / this.#extentMs;
  }

  toString(): string {
    const lanes: string[] = [];
    const segments: string[] = [];
    let bottom = LANES_FROM;
    for (const track of this.#timeline.tracks) {
      const rows = rowsOf(track.segments);
      lanes.push(this.#lane(track, rows.length * ROW, bottom));
      segments.push(...rows.flatMap((row, index) => this.#row(row, track, bottom + index * ROW)));
      bottom += rows.length * ROW + GAP;
    }
    const height = bottom - GAP + PADDING;
    const { title, facts } = headingOf(this.#timeline, this.#words);
    const right = this.#width - PADDING;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${this.#width}" height="${height}" viewBox="0 0 ${this.#width} ${height}" role="img" class="nvt">`,
      `<title>${escapeXml(title)}</title>`,
      `<desc>${escapeXml(this.#timeline.toString({ language: this.#language }))}</desc>`,
      `<style>${styleOf(this.#theme)}</style>`,
      `<rect class="nvt-page" width="${this.#width}" height="${height}" rx="8"/>`,
      `<text class="nvt-title" x="${PADDING}" y="34">${this.#fitted(title, this.#width * 0.6, 16)}</text>`,
      `<text class="nvt-facts" x="${right}" y="34">${escapeXml(facts)}</text>`,
      ...lanes,
      this.#ruler(height),
      ...segments,
      '</svg>\n',
    ].join('\n');
  }

  #ruler(height: number): string {
    const most = Math.max(1, Math.floor((this.#extentMs * this.#scale) / 70));
    const bottom = height - PADDING;
    const marks = marksUpTo(this.#extentMs, most, this.#words.second).map(({ ms, label }) => {
      const x = short(this.#x(ms));
      const line = `<path class="nvt-line" d="M${x} 66V${bottom}" stroke-opacity=".5"/>`;
      return `${line}<text class="nvt-mark" x="${x}" y="60">${escapeXml(label)}</text>`;
    });
    const { durationMs } = this.#timeline;
    const x = short(this.#x(durationMs));
    const end = `<path class="nvt-end" d="M${x} 66V${bottom}" stroke-dasharray="4 3"/>`;
    return [...marks, durationMs < this.#extentMs ? end : ''].join('\n');
  }

  #lane(track: TimelineTrack, height: number, top: number): string {
    const label = trackLabel(track, this.#words);
    const name = trackName(track);
    const room = this.#left - PADDING - 32 - 7.5 * label.length;
    const soft = `<tspan class="nvt-name" font-weight="400" dx="6">${this.#fitted(name, room, 12)}</tspan>`;
    return [
      `<rect class="nvt-lane" x="${this.#left}" y="${top}" width="${short(this.#extentMs * this.#scale)}" height="${height}" rx="4"/>`,
      iconOf(track.kind, PADDING, top + 7, paintOf(track).fill),
      `<svg x="${PADDING + 18}" y="${top}" width="${this.#left - PADDING - 26}" height="${ROW}">`,
      `<title>${escapeXml(name === '' ? label : `${label}: ${name}`)}</title><text class="nvt-label" y="17">${escapeXml(label)}${soft}</text></svg>`,
    ].join('\n');
  }

  #row(row: readonly TimelineSegment[], track: TimelineTrack, top: number): string[] {
    const paint = paintOf(track);
    const boxes: string[] = [];
    // Drawn last, because a box that begins at the same place would cover them.
    const marks: string[] = [];
    let narrow: TimelineSegment[] = [];
    const endRun = (): void => {
      const [first] = narrow;
      const last = narrow.at(-1);
      if (first !== undefined && last !== undefined && first !== last)
        boxes.push(this.#crowd(first, last, narrow.length, paint, top));
      else if (first !== undefined) marks.push(this.#box(first, track, paint, top));
      narrow = [];
    };
    for (const segment of row) {
      const isNarrow = segment.durationMs * this.#scale < NARROW;
      const previous = narrow.at(-1);
      const isNear = previous !== undefined && (segment.startMs - previous.endMs) * this.#scale < NARROW;
      if (!isNarrow || !isNear) endRun();
      if (isNarrow) narrow.push(segment);
      else boxes.push(this.#box(segment, track, paint, top));
    }
    endRun();
    return [...boxes, ...marks];
  }

  #box(segment: TimelineSegment, track: TimelineTrack, paint: Paint, top: number): string {
    const x = this.#x(segment.startMs);
    const width = this.#x(segment.endMs) - x;
    const tooltip = `<title>${escapeXml(tooltipOf(segment, track, this.#words))}</title>`;
    if (width < NARROW) return `<g>${tooltip}${this.#diamond(x, top, paint)}</g>`;
    const rect = `<rect x="${short(x)}" y="${top + 2}" width="${short(Math.max(width - 1, 1))}" height="${ROW - 4}" rx="${width < 8 ? 1 : 4}" fill="${paint.fill}"/>`;
    const caption = width < NAMED ? '' : this.#fitted(captionOf(segment, track, this.#words), width - 12, 12);
    if (caption === '') return `<g>${tooltip}${rect}</g>`;
    const text = `<text x="6" y="17" fill="${paint.ink}">${caption}</text>`;
    return `<g>${tooltip}${rect}<svg x="${short(x)}" y="${top}" width="${short(width - 4)}" height="${ROW}">${text}</svg></g>`;
  }

  /** For a segment that is too short to be seen at its length. */
  #diamond(x: number, top: number, { fill, ink }: Paint): string {
    return `<path d="M${short(x)} ${top + 4}l5 9-5 9-5-9z" fill="${fill}" stroke="${ink}" stroke-width=".75"/>`;
  }

  /** Many segments that are too short to be drawn one by one. */
  #crowd(first: TimelineSegment, last: TimelineSegment, count: number, paint: Paint, top: number): string {
    const x = this.#x(first.startMs);
    const width = Math.max(this.#x(last.endMs) - x, NARROW);
    const times = formatSpan({ startMs: first.startMs, endMs: last.endMs }, this.#words.second);
    const rect = `<rect x="${short(x)}" y="${top + 2}" width="${short(width)}" height="${ROW - 4}" fill="${paint.fill}"/>`;
    const comb = `<path d="M${short(x)} ${top + 20}h${short(width)}" stroke="${paint.ink}" stroke-width="4" stroke-dasharray="1 2"/>`;
    const caption = width < 40 ? '' : this.#fitted(`× ${count}`, width - 12, 12);
    const text =
      caption === '' ? '' : `<text x="${short(x + 6)}" y="${top + 14}" fill="${paint.ink}">${caption}</text>`;
    return `<g><title>× ${count}${escapeXml(this.#words.inBrackets(times))}</title>${rect}${comb}${text}</g>`;
  }

  #fitted(text: string, width: number, size: number): string {
    return escapeXml(clipText(text, width / size, emOf));
  }

  #x(ms: number): number {
    return this.#left + Math.max(0, ms) * this.#scale;
  }
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text escaped for an element or an attribute; characters that XML forbids are replaced. */
function escapeXml(text: string): string {
  if (!/[^\x20-\x7e]|[&<>"']/.test(text)) return text;
  return text
    .replace(/[\p{Cs}\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** A number rounded to what is visible. */
function short(number: number): string {
  return String(Math.round(number * 100) / 100);
}
