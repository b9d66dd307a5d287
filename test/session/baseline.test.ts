import { describe, expect, it } from 'vitest';
import { EMPTY_BASELINE } from '../../src/run/index.js';
import { KnownState } from '../../src/session/baseline.js';

const RAW = { draft: { t: [], d: 5 }, video_infos: ['a.png'] };
const BASELINE = { draft: { t: [], d: 5 }, media: ['a.png'], generated: [] };

describe('what a session is known to hold', () => {
  it('is nothing when it was just created, and unknown when it was opened', () => {
    expect(new KnownState(true).current).toEqual(EMPTY_BASELINE);
    expect(new KnownState(false).current).toBeUndefined();
  });

  it('is what was read last', () => {
    const known = new KnownState(false);
    known.reading()(RAW);
    expect(known.current).toEqual(BASELINE);
  });

  it.each<[string, (known: KnownState) => void]>([
    ['an upload', (known) => known.forget()],
    ['a message that leaves', (known) => known.change()],
    ['a message that ends', (known) => known.learn({ draft: { t: [], d: 9 } })],
  ])('is not what a read says that %s overtook', (_, change) => {
    const known = new KnownState(false);
    const learn = known.reading();
    change(known);
    const after = known.current;
    learn(RAW);
    expect(known.current).toEqual(after);
  });

  it('stays what it was when a message begins, because that is the state before it', () => {
    const known = new KnownState(true);
    known.change();
    expect(known.current).toEqual(EMPTY_BASELINE);
  });
});
