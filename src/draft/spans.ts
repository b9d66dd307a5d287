/** A stretch of time on the timeline, in ms; its end is no part of it. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** What no span covers between the first start and the last end. */
export function gapsBetween(spans: readonly Span[]): Span[] {
  return stretches(spans, (depth) => depth === 0);
}

/** What two or more spans cover, in as few pieces as possible. */
export function overlapsOf(spans: readonly Span[]): Span[] {
  return stretches(spans, (depth) => depth > 1);
}

/** The stretches that are covered as many times as is wanted, from the first start to the last end. */
function stretches(spans: readonly Span[], isWanted: (depth: number) => boolean): Span[] {
  const edges = spans
    .filter(({ startMs, endMs }) => endMs > startMs)
    .flatMap(({ startMs, endMs }) => [
      { ms: startMs, step: 1 },
      { ms: endMs, step: -1 },
    ])
    // What begins where something ends begins first, so that no gap of no length is seen.
    .sort((a, b) => a.ms - b.ms || b.step - a.step);
  const found: Span[] = [];
  let depth = 0;
  let fromMs = edges[0]?.ms ?? 0;
  for (const { ms, step } of edges) {
    if (isWanted(depth) && ms > fromMs) {
      const last = found.at(-1);
      const isNext = last?.endMs === fromMs;
      found.push({ startMs: isNext ? last.startMs : fromMs, endMs: ms });
      if (isNext) found.splice(-2, 1);
    }
    depth += step;
    fromMs = ms;
  }
  return found;
}
