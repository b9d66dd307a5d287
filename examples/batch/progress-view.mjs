import { stdout } from 'node:process';

/** What the batch does, redrawn in place in a terminal; elsewhere one line whenever it changes. */
export class ProgressView {
  #videos = new Map();
  #lines = 0;
  #last = '';

  /** Notes the step of a video. */
  see(id, { phase, percent, message }) {
    if (phase === 'done') this.#videos.delete(id);
    else this.#videos.set(id, { percent, message });
  }

  /** Forgets a video that is not in work any more. */
  forget(id) {
    this.#videos.delete(id);
  }

  /** Draws the counts, the videos in work and how long the steps take. */
  draw({ waiting, active, parked, completed, failed }, steps) {
    const total = waiting + active + parked + completed + failed;
    const counts = `${completed} of ${total} delivered, ${active} in work, ${waiting} waiting, ${parked} parked, ${failed} failed`;
    if (!stdout.isTTY) {
      if (counts !== this.#last) console.log(counts);
      this.#last = counts;
      return;
    }
    const times = Object.entries(steps).map(
      ([step, { count, ms }]) => `${step} ${(ms / count / 1000).toFixed(1)} s`,
    );
    const lines = [
      `${bar(completed / Math.max(1, total))}  ${counts}`,
      ...[...this.#videos].map(
        ([id, { percent, message }]) => `  ${bar(percent / 100, 10)} ${id}: ${message}`,
      ),
      ...(times.length > 0 ? [`On average: ${times.join(', ')}`] : []),
    ].map((line) => line.slice(0, stdout.columns - 1));
    stdout.write(`${this.#lines > 0 ? `\x1b[${this.#lines}A` : ''}\x1b[J${lines.join('\n')}\n`);
    this.#lines = lines.length;
  }
}

function bar(part, width = 24) {
  const full = Math.round(part * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
}
