import { clipText, columnsOf, graphemesOf } from './graphemes.js';

/** How a cell of a terminal looks, as the parameters of an SGR sequence; empty for plain. */
export type Style = string;

interface Cell {
  /** Empty for the right half of a character that fills two cells. */
  text: string;
  style: Style;
}

/** A line of a terminal as cells. Whatever is written over what, it stays as many columns wide as it was made. */
export class Cells {
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

  /** A character that loses one of its halves goes as a whole. */
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

  /** The line as text, with as few sequences as it takes. */
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
