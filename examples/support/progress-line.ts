import { stdout } from 'node:process';

/** A progress bar on one line of a terminal; plain lines where the output is not a terminal. */
export class ProgressLine {
  #label = '';
  #tenth = -1;

  /** Shows `label` with a bar, or without one where the progress is unknown. */
  show(label: string, percent?: number): void {
    if (!stdout.isTTY) {
      const tenth = percent === undefined ? -1 : Math.floor(percent / 10);
      if (label === this.#label && tenth === this.#tenth) return;
      this.#label = label;
      this.#tenth = tenth;
      console.log(percent === undefined ? label : `${String(Math.round(percent)).padStart(3)} %  ${label}`);
      return;
    }
    const line =
      percent === undefined
        ? label
        : `${bar(percent)} ${String(Math.round(percent)).padStart(3)} %  ${label}`;
    stdout.write(`\r\x1b[K${line.slice(0, (stdout.columns || 80) - 1)}`);
  }

  /** Clears the line, so that something else can be printed. */
  clear(): void {
    if (stdout.isTTY) stdout.write('\r\x1b[K');
  }
}

function bar(percent: number): string {
  const full = Math.round((percent / 100) * 24);
  return `${'█'.repeat(full)}${'░'.repeat(24 - full)}`;
}
