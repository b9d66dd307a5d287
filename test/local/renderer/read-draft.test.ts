import { describe, expect, it } from 'vitest';
import { readDraft, tracksOf } from '../../../src/local/renderer/read-draft.js';
import { base, draftOf, segment, shows, sound, words } from './support/drafts.js';

const draft = draftOf(
  1000,
  base(segment(0, 1000, shows('a.jpg', { transition: { type: 'crossfade', d: 300 }, role: 'logo' }))),
  words(segment(0, 1000, { text: 'Sale', role: 'title', color: 'gold' })),
  sound(segment(0, 1000, { name: 'Lo-fi', src: 'local:music/lo-fi', volume: 0.5 })),
);

describe('readDraft', () => {
  it('takes what the backend writes, as JSON', () => {
    expect(readDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  });

  it('leaves aside what it does not know', () => {
    expect(readDraft({ ...draft, extra: 1 })).toEqual(draft);
  });

  it.each([
    [
      't[0].sg[0].m.src',
      {
        ...draft,
        t: [{ tt: 0, id: 'v', m: { name: 'V' }, sg: [{ id: 'a', s: 0, d: 1, m: { name: 'a', src: 7 } }] }],
      },
    ],
    ['t[0].sg[0].d', { ...draft, t: [base(segment(0, -1, shows('a')))] }],
    ['t[1]', { ...draft, t: [base(), { tt: 9, id: 'x', m: { name: 'x' }, sg: [] }] }],
    ['m.width', { ...draft, m: { ...draft.m, width: 100_000 } }],
    ['root', null],
  ])('names the place that is wrong: %s', (place, json) => {
    expect(() => readDraft(json)).toThrow(`the draft's ${place}`);
  });
});

describe('tracksOf', () => {
  it('gives the tracks of a type that have something on them', () => {
    expect(tracksOf(draft, 7).map(({ id }) => id)).toEqual(['words']);
    expect(tracksOf(draftOf(1000, base()), 0)).toEqual([]);
  });
});
