import { describe, expect, it } from 'vitest';
import { EMPTY_BASELINE } from '../../src/run/index.js';
import { StateBefore } from '../../src/run/state-before.js';

const RAW = { draft: { t: [], d: 5 }, video_infos: ['a.png'] };
const read = async () => RAW;
const BASELINE = { draft: { t: [], d: 5 }, media: ['a.png'], generated: [] };

describe('what a session is known to hold', () => {
  it('is nothing when it was just created, and unknown when it was opened', () => {
    expect(new StateBefore(read, true).known).toEqual(EMPTY_BASELINE);
    expect(new StateBefore(read, false).known).toBeUndefined();
  });

  it('is what was read last', () => {
    const known = new StateBefore(read, false);
    known.reading()(RAW);
    expect(known.known).toEqual(BASELINE);
  });

  it.each<[string, (known: StateBefore) => void]>([
    ['an upload', (known) => known.forget()],
    ['a message that leaves', (known) => void known.begin('s1')],
    ['a message that ends', (known) => known.begin('s1')({ draft: { t: [], d: 9 } }, true)],
  ])('is not what a read says that %s overtook', (_, change) => {
    const known = new StateBefore(read, false);
    const learn = known.reading();
    change(known);
    const after = known.known;
    learn(RAW);
    expect(known.known).toEqual(after);
  });

  it('stays what it was when a message begins, because that is the state before it', () => {
    const known = new StateBefore(read, true);
    known.begin('s1');
    expect(known.known).toEqual(EMPTY_BASELINE);
  });
});
