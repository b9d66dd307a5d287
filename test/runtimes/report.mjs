/** What came of the checks: `ok` and `FAILED` are counted, `absent` (nothing to run it with) is only listed. */
export class Report {
  #rows = [];

  /** Makes a check: it holds when `work` resolves; what it resolves with is the note beside it. */
  async check(subject, job, work) {
    const begun = performance.now();
    try {
      const note = await work();
      this.#add('ok', subject, job, begun, note ?? '');
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#add('FAILED', subject, job, begun, message);
    }
  }

  /** Says that a check could not be made, and why that is no fault of the package. */
  absent(subject, job, reason) {
    this.#add('absent', subject, job, performance.now(), reason);
  }

  #add(state, subject, job, begun, note) {
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    this.#rows.push({ state, subject, job, seconds, note });
    console.log(`${state.padEnd(7)} ${subject}: ${job} (${seconds} s)${note === '' ? '' : `: ${note}`}`);
  }

  /** Prints everything as a table, and the count as the last line. Returns whether nothing failed. */
  print() {
    const width = (key) => Math.max(...this.#rows.map((row) => row[key].length));
    const [subject, job] = [width('subject'), width('job')];
    console.log('');
    for (const row of this.#rows) {
      const [note = ''] = row.note.split('\n');
      console.log(
        `${row.state.padEnd(7)} ${row.subject.padEnd(subject)}  ${row.job.padEnd(job)}  ${row.seconds.padStart(5)} s  ${note}`.trimEnd(),
      );
    }
    const count = (state) => this.#rows.filter((row) => row.state === state).length;
    if (count('absent') > 0) console.log(`${count('absent')} could not be run here`);
    console.log(`${count('ok')} passed, ${count('FAILED')} failed`);
    return count('FAILED') === 0;
  }
}
