import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DRAFT_KEYS,
  type DraftSegment,
  decodeDraft,
  diffTimelines,
  Timeline,
} from '../../src/draft/index.js';
import { ResponseFormatError } from '../../src/errors/index.js';
import { anyText, draftText } from './arbitraries.js';
import { documented, promo } from './drafts.js';

/** The one segment of a draft with one track. */
function segmentOf(json: object, tt = 0): DraftSegment {
  const segment = decodeDraft({ t: [{ tt, sg: [json] }] }).tracks[0]?.segments[0];
  if (segment === undefined) throw new Error('there is no segment');
  return segment;
}

/** The path that decoding complains about. */
function pathOf(json: unknown): string {
  try {
    decodeDraft(json);
  } catch (error) {
    if (error instanceof ResponseFormatError) return error.path;
    throw error;
  }
  return 'no complaint';
}

describe('decodeDraft', () => {
  it('reads the recorded draft in full names', () => {
    const draft = decodeDraft(documented);
    expect(draft).toMatchObject({ durationMs: 10_000, title: 'Urban Dreams', width: 1080, height: 1920 });
    expect(draft.tracks.map(({ kind, name }) => [kind, name])).toEqual([
      ['video', 'city timelapse'],
      ['audio', undefined],
      ['text', undefined],
    ]);
    expect(draft.tracks[1]?.segments[0]).toMatchObject({
      startMs: 0,
      durationMs: 10_000,
      name: 'Lo-fi',
      volume: 0.35,
    });
    expect(draft.tracks[2]?.segments[0]).toMatchObject({
      startMs: 0,
      durationMs: 3000,
      text: 'Urban Dreams',
    });
  });

  it('reads the draft of the local backend in full names', () => {
    const [photos, logo, music, title] = decodeDraft(promo()).tracks;
    expect(photos?.segments[1]).toMatchObject({
      id: 'p1',
      startMs: 6000,
      durationMs: 6000,
      name: 'grinder.jpg',
      source: 'https://cdn.local/u/1/grinder.jpg',
      transition: { type: 'crossfade', d: 800 },
    });
    expect(photos?.segments[1]?.metadata.motion).toBe('pan-left');
    expect(logo).toMatchObject({ id: 'logo', role: 'overlay' });
    expect(logo?.segments[0]).toMatchObject({ role: 'logo', position: 'top-right' });
    expect(music?.segments[0]?.metadata).toMatchObject({ fadeOut: 1500 });
    expect(title?.segments[0]).toMatchObject({ startMs: 500, text: 'Morning Blend', role: 'title' });
  });

  it('finds each field under each of its keys, beside `d` and within `m`', () => {
    const values = {
      id: 'x',
      start: 120,
      name: 'x',
      text: 'x',
      volume: 0.5,
      source: 'x',
      sourceStart: 7,
      speed: 2,
      position: 'top',
      transition: { type: 'cut' },
      role: 'x',
    };
    const names = { start: 'startMs', sourceStart: 'sourceStartMs' } as const;
    for (const [field, value] of Object.entries(values)) {
      const keys = Object.entries(DRAFT_KEYS).find(([known]) => known === field)?.[1] ?? [];
      expect(keys.length).toBeGreaterThan(0);
      const name = Object.entries(names).find(([known]) => known === field)?.[1] ?? field;
      for (const key of keys) {
        expect(segmentOf({ d: 1, [key]: value }), key).toMatchObject({ [name]: value });
        expect(segmentOf({ d: 1, m: { [key]: value } }), key).toMatchObject({ [name]: value });
      }
    }
  });

  it('prefers the key that comes first in the table, and one beside `m` to one within', () => {
    expect(segmentOf({ d: 1, start: 2, s: 1 }).startMs).toBe(1);
    expect(segmentOf({ d: 1, start: 2, s: 1 }).extra).toEqual({ start: 2 });
    expect(segmentOf({ d: 1, title: 'beside', m: { name: 'within' } }).name).toBe('beside');
  });

  it('skips a key whose value has the wrong type for the field', () => {
    const segment = segmentOf({ d: 1, name: 5, label: 'a', volume: 'loud', m: { gain: '0.5' }, start: {} });
    expect(segment).toMatchObject({ name: 'a', volume: 0.5, startMs: 0 });
    expect(segment.extra).toEqual({ name: 5, volume: 'loud', start: {} });
  });

  it('is not misled by the segment before', () => {
    const draft = decodeDraft({
      t: [
        {
          sg: [
            { d: 1, name: 'a', x: 1 },
            { d: 2, name: 7, x: 1 },
            { d: 3, name: 'c', x: 1 },
            { d: 4 },
            { d: 5, x: 2 },
          ],
        },
      ],
    });
    expect(draft.tracks[0]?.segments.map(({ name }) => name)).toEqual([
      'a',
      undefined,
      'c',
      undefined,
      undefined,
    ]);
    expect(draft.tracks[0]?.segments[1]?.extra).toEqual({ name: 7, x: 1 });
    expect(draft.tracks[0]?.segments[4]?.extra).toEqual({ x: 2 });
  });

  it('looks under keys of the user first, whatever else they may mean', () => {
    const json = { t: [{ tt: 0, sg: [{ d: 1, onset: 90, s: 5, label: 'caption' }] }] };
    const [segment] =
      decodeDraft(json, { keys: { start: ['onset'], text: ['label'] } }).tracks[0]?.segments ?? [];
    expect(segment).toMatchObject({ startMs: 90, text: 'caption' });
    expect(segment?.name).toBeUndefined();
    expect(segment?.extra).toEqual({ s: 5 });
  });

  it('lets a segment without a start begin where the one before on its track ends', () => {
    const { tracks } = decodeDraft({
      t: [{ sg: [{ d: 1000 }, { d: '500' }, { s: 5000, d: 100 }, { d: 1 }] }, { sg: [{ d: 7 }, { d: 8 }] }],
    });
    expect(tracks.map(({ segments }) => segments.map(({ startMs }) => startMs))).toEqual([
      [0, 1000, 5000, 5100],
      [0, 7],
    ]);
  });

  it('reads the length from another key or from the end where `d` is missing', () => {
    expect(segmentOf({ s: 100, duration: 300 }).durationMs).toBe(300);
    expect(segmentOf({ s: 100, end: 450 }).durationMs).toBe(350);
    expect(segmentOf({ s: 100, end: 50 }).durationMs).toBe(0);
    expect(segmentOf({ d: 5, duration: 300, end: 450 }).durationMs).toBe(5);
    expect(segmentOf({ d: null }).durationMs).toBe(0);
  });

  it('reads numbers given as strings', () => {
    const draft = decodeDraft({
      d: '3000',
      m: { width: '1080' },
      t: [{ tt: '7', sg: [{ d: ' 1e3 ', s: '5' }] }],
    });
    expect(draft).toMatchObject({ durationMs: 3000, width: 1080 });
    expect(draft.tracks[0]).toMatchObject({ kind: 'text', segments: [{ startMs: 5, durationMs: 1000 }] });
  });

  it('keeps tracks of unknown types with their code', () => {
    const kinds = decodeDraft({ t: [{ tt: 5 }, { tt: 'sticker' }, {}, { tt: null }] }).tracks;
    expect(kinds.map(({ kind, code }) => ({ kind, code }))).toEqual([
      { kind: 'unknown', code: 5 },
      { kind: 'unknown', code: 'sticker' },
      { kind: 'unknown', code: undefined },
      { kind: 'unknown', code: null },
    ]);
  });

  it('keeps unknown keys at every level', () => {
    const draft = decodeDraft({
      v: 3,
      m: { fps: 30 },
      t: [{ tt: 0, z: 1, m: { mute: true }, sg: [{ d: 1, q: [2], m: { lut: 'x' } }] }],
    });
    const [track] = draft.tracks;
    expect(draft.extra).toEqual({ v: 3 });
    expect(draft.metadata).toEqual({ fps: 30 });
    expect(track?.extra).toEqual({ z: 1 });
    expect(track?.metadata).toEqual({ mute: true });
    expect(track?.segments[0]?.extra).toEqual({ q: [2] });
    expect(track?.segments[0]?.metadata).toEqual({ lut: 'x' });
  });

  it('keeps an `m` that is no object', () => {
    expect(segmentOf({ d: 1, m: 'words' }).extra).toEqual({ m: 'words' });
    expect(segmentOf({ d: 1, m: null }).metadata).toEqual({});
  });

  it('reads missing lists and null as an empty draft', () => {
    expect(decodeDraft({}).tracks).toEqual([]);
    expect(decodeDraft({ t: null }).tracks).toEqual([]);
    expect(
      decodeDraft({ t: [{ tt: 0 }, { tt: 0, sg: null }] }).tracks.map(({ segments }) => segments),
    ).toEqual([[], []]);
  });

  it.each([
    [null, 'draft'],
    ['{}', 'draft'],
    [[], 'draft'],
    [{ d: 'long' }, 'draft.d'],
    [{ t: {} }, 'draft.t'],
    [{ t: [{}, null] }, 'draft.t[1]'],
    [{ t: [{ sg: 'none' }] }, 'draft.t[0].sg'],
    [{ t: [{}, { sg: [{ d: 1 }, 7] }] }, 'draft.t[1].sg[1]'],
    [{ t: [{}, {}, {}, { sg: [{ d: {} }] }] }, 'draft.t[3].sg[0].d'],
    [{ t: [{ sg: [{ d: '' }] }] }, 'draft.t[0].sg[0].d'],
    [{ t: [{ sg: [{ d: true }] }] }, 'draft.t[0].sg[0].d'],
    [{ t: [{ sg: [{ d: Number.NaN }] }] }, 'draft.t[0].sg[0].d'],
  ])('says where %j cannot be a draft: %s', (json, path) => {
    expect(pathOf(json)).toBe(path);
  });

  it('hints at what was forgotten where it is given the text of a file', () => {
    expect(() => decodeDraft(JSON.stringify(documented))).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('parse your own JSON first') }),
    );
  });

  it('throws nothing but a ResponseFormatError, whatever the JSON', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(pathOf(JSON.parse(text))).toMatch(/^(draft|no complaint)/);
      }),
      { numRuns: 1000 },
    );
  });

  it('returns finite times, and lengths that are not negative', () => {
    fc.assert(
      fc.property(draftText, (text) => {
        const { durationMs = 0, tracks } = decodeDraft(JSON.parse(text));
        expect(Number.isFinite(durationMs) && durationMs >= 0).toBe(true);
        for (const { segments } of tracks) {
          for (const segment of segments) {
            expect(Number.isFinite(segment.startMs)).toBe(true);
            expect(Number.isFinite(segment.durationMs) && segment.durationMs >= 0).toBe(true);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('names the place of a list or an object that is nested too deep to be quoted', () => {
    let list: unknown = [];
    let object: unknown = {};
    for (let depth = 0; depth < 200_000; depth += 1) {
      list = [list];
      object = { a: object };
    }
    expect(() => decodeDraft(list)).toThrow(
      expect.objectContaining({ name: 'ResponseFormatError', path: 'draft' }),
    );
    expect(() => decodeDraft({ t: [list] })).toThrow(expect.objectContaining({ path: 'draft.t[0]' }));
    expect(() => decodeDraft({ d: object })).toThrow(expect.objectContaining({ path: 'draft.d' }));
    const [before, after] = [list, [list]].map(
      (deep) => new Timeline(decodeDraft({ m: { deep }, t: [{ sg: [{ d: 1, m: { deep } }] }] })),
    );
    expect(diffTimelines(before as Timeline, after as Timeline)).toHaveLength(2);
  });
});
