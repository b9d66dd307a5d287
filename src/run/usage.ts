import type { RunUsage } from './events.js';

type Counts = Readonly<Record<string, unknown>>;

/**
 * Adds up `usageMetadata`. Each whole event counts one answer of the model; a partial event counts what its answer has
 * used so far, and is believed only where no whole event says more.
 */
export class UsageCount {
  #whole: Counts | undefined;
  #partial: Counts | undefined;

  add(counts: Counts, partial: boolean): void {
    if (partial) this.#partial = counts;
    else this.#whole = this.#whole === undefined ? counts : sum(this.#whole, counts);
  }

  /** Undefined when the service counted nothing. */
  get total(): RunUsage | undefined {
    return this.#whole ?? this.#partial;
  }
}

function sum(a: Counts, b: Counts): Counts {
  const total: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = total[key];
    total[key] = typeof value === 'number' && typeof before === 'number' ? before + value : value;
  }
  return total;
}
