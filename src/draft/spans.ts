/** A stretch of time on the timeline, in ms; its end is no part of it. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** What no span covers between the first start and the last end. */
export function gapsBetween(spans: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let coveredTo = Number.POSITIVE_INFINITY;
  for (const { startMs, endMs } of byStart(spans)) {
    if (startMs > coveredTo) gaps.push({ startMs: coveredTo, endMs: startMs });
    coveredTo = coveredTo === Number.POSITIVE_INFINITY ? endMs : Math.max(coveredTo, endMs);
  }
  return gaps;
}

/** What two or more spans cover, in as few pieces as possible. */
export function overlapsOf(spans: readonly Span[]): Span[] {
  const overlaps: Span[] = [];
  let coveredTo = Number.NEGATIVE_INFINITY;
  for (const { startMs, endMs } of byStart(spans)) {
    const sharedTo = Math.min(coveredTo, endMs);
    const last = overlaps.at(-1);
    if (sharedTo > startMs) {
      if (last === undefined || startMs > last.endMs) overlaps.push({ startMs, endMs: sharedTo });
      else overlaps[overlaps.length - 1] = { startMs: last.startMs, endMs: Math.max(last.endMs, sharedTo) };
    }
    coveredTo = Math.max(coveredTo, endMs);
  }
  return overlaps;
}

function byStart<S extends Span>(spans: readonly S[]): S[] {
  return spans.filter(({ startMs, endMs }) => endMs > startMs).sort((a, b) => a.startMs - b.startMs);
}

/** Tells which of many spans cover a point in time, without looking at all of them. */
export class SpanIndex<S extends Span & { readonly index: number }> {
  readonly #byStart: readonly S[];
  /** For each span, how far any one up to it reaches. */
  readonly #reach: number[] = [];

  constructor(spans: readonly S[]) {
    this.#byStart = byStart(spans);
    let reach = Number.NEGATIVE_INFINITY;
    for (const { endMs } of this.#byStart) {
      reach = Math.max(reach, endMs);
      this.#reach.push(reach);
    }
  }

  /** The spans that cover `ms`, by their index. */
  at(ms: number): S[] {
    const found: S[] = [];
    for (let place = this.#lastStartedAt(ms); place >= 0; place -= 1) {
      const span = this.#byStart[place];
      if (span === undefined || (this.#reach[place] ?? ms) <= ms) break;
      if (span.endMs > ms) found.push(span);
    }
    return found.sort((a, b) => a.index - b.index);
  }

  #lastStartedAt(ms: number): number {
    let low = 0;
    let high = this.#byStart.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#byStart[middle]?.startMs ?? ms) <= ms) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
