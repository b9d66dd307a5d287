import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaultPoint } from '../../../src/local/faults/fault.js';
import { Gate, type Verdict } from '../../../src/local/faults/gate.js';

/** Puts pieces through a gate until it ends the answer; gives what came out and how it ended. */
function through(gate: Gate, pieces: readonly Uint8Array[]): { out: number[]; ending: Verdict['ending'] } {
  const out: number[] = [];
  const steps = [
    () => gate.open(),
    ...pieces.map((piece) => () => gate.feed(piece, true)),
    () => gate.close(),
  ];
  for (const step of steps) {
    const { bytes, ending } = step();
    out.push(...bytes);
    if (ending !== undefined) return { out, ending };
  }
  return { out, ending: undefined };
}

const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 9 }), { maxLength: 9 });

describe('a gate', () => {
  it('lets everything through without a fault, and ends cleanly', () => {
    fc.assert(
      fc.property(pieces, (all) => {
        expect(through(new Gate(undefined), all)).toEqual({ out: all.flatMap((p) => [...p]), ending: 'end' });
      }),
    );
  });

  it('lets exactly so many bytes through, or all when there are fewer', () => {
    fc.assert(
      fc.property(pieces, fc.nat(90), (all, after) => {
        const bytes = all.flatMap((piece) => [...piece]);
        const { out, ending } = through(new Gate({ on: 'run', do: 'reset', after }), all);
        expect(out).toEqual(bytes.slice(0, after));
        expect(ending).toBe('reset');
      }),
    );
  });

  it('strikes after so many events, inside one, or at the end', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 10 }), (all, n) => {
        const outAt = (after: FaultPoint): number =>
          through(new Gate({ on: 'run', do: 'stall', after }), all).out.length;
        const before = all.slice(0, n - 1).reduce((sum, piece) => sum + piece.length, 0);
        const length = all[n - 1]?.length ?? 0;
        expect(outAt(`event:${n}`)).toBe(before + length);
        expect(outAt(`mid-event:${n}`)).toBe(before + Math.floor(length / 2));
        expect(outAt('end')).toBe(all.flatMap((piece) => [...piece]).length);
        expect(outAt('headers')).toBe(0);
      }),
    );
  });

  it('counts no heartbeat as an event', () => {
    const gate = new Gate({ on: 'run', do: 'reset', after: 'event:1' });
    expect(gate.feed(new Uint8Array(3)).ending).toBeUndefined();
    expect(gate.feed(new Uint8Array(3), true).ending).toBe('reset');
  });
});
