/** Times stay within the safe integers, so that no sum of them is Infinity or NaN. */
const LIMIT = Number.MAX_SAFE_INTEGER;

/** A point in time, in ms. */
export function toTime(ms: number): number {
  return ms > LIMIT ? LIMIT : ms < -LIMIT ? -LIMIT : ms;
}

/** A length of time, in ms, at least 0. */
export function toDuration(ms: number): number {
  return ms > 0 ? toTime(ms) : 0;
}

/** Where a segment ends, in ms. */
export function endOf(segment: { readonly startMs: number; readonly durationMs: number }): number {
  return toTime(segment.startMs + segment.durationMs);
}

/** A stretch of time on the timeline, in ms, without its end. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** The stretches between the first start and the last end that no span covers. */
export function gapsBetween(spans: readonly Span[]): Span[] {
  return stretches(spans, (depth) => depth === 0);
}

/** The stretches that two or more spans cover, in as few pieces as possible. */
export function overlapsOf(spans: readonly Span[]): Span[] {
  return stretches(spans, (depth) => depth > 1);
}

/** The stretches whose number of spans is wanted, from the first start to the last end. */
function stretches(spans: readonly Span[], isWanted: (depth: number) => boolean): Span[] {
  const edges = spans
    .filter(({ startMs, endMs }) => endMs > startMs)
    .flatMap(({ startMs, endMs }) => [
      { ms: startMs, step: 1 },
      { ms: endMs, step: -1 },
    ])
    // Where one ends and another begins, the beginning is first, so that there is no empty gap.
    .sort((a, b) => a.ms - b.ms || b.step - a.step);
  const found: Span[] = [];
  let depth = 0;
  let fromMs = edges[0]?.ms ?? 0;
  for (const { ms, step } of edges) {
    if (isWanted(depth) && ms > fromMs) {
      const last = found.at(-1);
      if (last?.endMs === fromMs) found.splice(-1, 1, { startMs: last.startMs, endMs: ms });
      else found.push({ startMs: fromMs, endMs: ms });
    }
    depth += step;
    fromMs = ms;
  }
  return found;
}
