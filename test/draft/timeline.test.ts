import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDraft, Timeline } from '../../src/draft/index.js';
import { OptionError } from '../../src/errors/index.js';
import { documented, forty, instants, pieces, promo } from './drafts.js';

const timelineOf = (json: unknown): Timeline => new Timeline(decodeDraft(json));

describe('Timeline', () => {
  it('is exportable when a track has a segment', () => {
    expect(timelineOf(documented).isExportable()).toBe(true);
    expect(timelineOf({ t: [{ tt: 0, sg: [] }, { tt: 1 }] }).isExportable()).toBe(false);
    expect(timelineOf({}).isExportable()).toBe(false);
  });

  it('uses the stated length, else the end of the last segment', () => {
    expect(timelineOf(instants).durationMs).toBe(6000);
    expect(
      timelineOf({
        t: [
          { tt: 0, sg: [{ d: 4 }, { d: 5 }] },
          { tt: 7, sg: [{ s: 3, d: 2 }] },
        ],
      }).durationMs,
    ).toBe(9);
    expect(timelineOf({}).durationMs).toBe(0);
  });

  it('finds where each track and segment starts and ends', () => {
    const [video, , title] = timelineOf(documented).tracks;
    expect(video).toMatchObject({ index: 0, startMs: 0, endMs: 10_000 });
    expect(
      video?.segments.map(({ startMs, endMs, index, trackIndex }) => [startMs, endMs, index, trackIndex]),
    ).toEqual([
      [0, 4000, 0, 0],
      [4000, 10_000, 1, 0],
    ]);
    expect(title).toMatchObject({ index: 2, startMs: 0, endMs: 3000 });
    expect(timelineOf({ t: [{ tt: 7 }] }).tracks[0]).toMatchObject({ startMs: 0, endMs: 0 });
  });

  it('finds the gaps and the overlaps of a track', () => {
    const [video, audio] = timelineOf(instants).tracks;
    expect(video?.gaps).toEqual([]);
    expect(audio?.overlaps).toEqual([{ startMs: 4000, endMs: 7000 }]);
    const [text] = timelineOf({
      t: [
        {
          tt: 7,
          sg: [
            { s: 9, d: 1 },
            { s: 1, d: 2 },
            { s: 3, d: 1 },
            { s: 20, d: 5 },
          ],
        },
      ],
    }).tracks;
    expect(text?.gaps).toEqual([
      { startMs: 4, endMs: 9 },
      { startMs: 10, endMs: 20 },
    ]);
    expect(text?.overlaps).toEqual([]);
  });

  it('finds what each track is for', () => {
    const roles = (t: unknown[]): string[] => timelineOf({ t }).tracks.map(({ role }) => role);
    expect(roles(promo().t)).toEqual(['video', 'logo', 'bgm', 'title', 'text']);
    expect(roles([{ tt: 1 }, { tt: 1 }, { tt: 7 }, { tt: 7 }, { tt: 0 }, { tt: 0 }, { tt: 9 }])).toEqual([
      'bgm',
      'audio',
      'title',
      'text',
      'video',
      'video',
      'unknown',
    ]);
    expect(roles([{ tt: 1 }, { tt: 1, m: { role: 'music' } }, { tt: 1, m: { role: 'voice_over' } }])).toEqual(
      ['audio', 'bgm', 'voice'],
    );
    expect(
      roles([
        {
          tt: 7,
          sg: [
            { d: 1, m: { role: 'title' } },
            { d: 1, m: { role: 'caption' } },
          ],
        },
      ]),
    ).toEqual(['text']);
    expect(roles([{ tt: 0, m: { role: 'constructor' } }])).toEqual(['video']);
  });

  it('finds what is on screen and audible', () => {
    const { onScreen, heard, unknown } = timelineOf(documented).at(3500);
    expect(onScreen.map(({ name }) => name)).toEqual(['city-1.mp4']);
    expect(heard.map(({ name }) => name)).toEqual(['Lo-fi']);
    expect(unknown).toEqual([]);
  });

  it('lets a segment play from its start until just before its end', () => {
    const timeline = timelineOf(documented);
    expect(timeline.at(0).onScreen.map(({ name, text }) => text ?? name)).toEqual([
      'city-1.mp4',
      'Urban Dreams',
    ]);
    expect(timeline.at(4000).onScreen.map(({ name }) => name)).toEqual(['city-2.mp4']);
    expect(timeline.at(10_000)).toEqual({ onScreen: [], heard: [], unknown: [] });
  });

  it('does not hear what is muted', () => {
    const sg = [{ d: 10, m: { volume: 0 } }];
    expect(timelineOf({ t: [{ tt: 1, sg }] }).at(5).heard).toEqual([]);
    expect(timelineOf({ t: [{ tt: 1, volume: 0, sg: [{ d: 10 }] }] }).at(5).heard).toEqual([]);
    expect(timelineOf({ t: [{ tt: 1, volume: 0, sg: [{ d: 10, volume: 1 }] }] }).at(5).heard).toHaveLength(1);
  });

  it('agrees with a walk through the JSON at any time', () => {
    const segment = fc.record(
      {
        d: fc.integer({ min: 0, max: 30 }),
        s: fc.integer({ min: -10, max: 60 }),
        volume: fc.constantFrom(0, 1),
      },
      { requiredKeys: ['d'] },
    );
    const track = fc.record({ tt: fc.constantFrom(0, 1, 7, 3), sg: fc.array(segment, { maxLength: 8 }) });
    fc.assert(
      fc.property(fc.array(track, { maxLength: 5 }), fc.integer({ min: -10, max: 90 }), (t, ms) => {
        const expected: { onScreen: string[]; heard: string[]; unknown: string[] } = {
          onScreen: [],
          heard: [],
          unknown: [],
        };
        t.forEach(({ tt, sg }, trackIndex) => {
          let end = 0;
          sg.forEach(({ s = end, d, volume }, index) => {
            end = s + d;
            if (ms < s || ms >= end) return;
            const name = `${trackIndex}.${index}`;
            if (tt === 0 || tt === 7) expected.onScreen.push(name);
            if (tt === 1 && volume !== 0) expected.heard.push(name);
            if (tt === 3) expected.unknown.push(name);
          });
        });
        const moment = timelineOf({ t }).at(ms);
        const names = (segments: typeof moment.onScreen): string[] =>
          segments.map(({ trackIndex, index }) => `${trackIndex}.${index}`);
        expect({
          onScreen: names(moment.onScreen),
          heard: names(moment.heard),
          unknown: names(moment.unknown),
        }).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds gaps and overlaps that agree with counting millisecond by millisecond', () => {
    const spans = fc.array(
      fc.record({ s: fc.integer({ min: 0, max: 30 }), d: fc.integer({ min: 0, max: 12 }) }),
      { maxLength: 7 },
    );
    fc.assert(
      fc.property(spans, (sg) => {
        const [track] = timelineOf({ t: [{ tt: 0, sg }] }).tracks;
        const depth = (ms: number): number => sg.filter(({ s, d }) => s <= ms && ms < s + d).length;
        const covered = Array.from({ length: 50 }, (_, ms) => ms).filter((ms) => depth(ms) > 0);
        const [first = 0, last = -1] = [covered[0], covered.at(-1)];
        const inside = (found: readonly { startMs: number; endMs: number }[] = []): number[] =>
          Array.from({ length: 50 }, (_, ms) => ms).filter((ms) =>
            found.some(({ startMs, endMs }) => startMs <= ms && ms < endMs),
          );
        const between = Array.from({ length: 50 }, (_, ms) => ms).filter((ms) => ms >= first && ms <= last);
        expect(inside(track?.gaps)).toEqual(between.filter((ms) => depth(ms) === 0));
        expect(inside(track?.overlaps)).toEqual(between.filter((ms) => depth(ms) > 1));
      }),
      { numRuns: 500 },
    );
  });

  it('does not change with the draft that it was made of, and keeps it', () => {
    const draft = decodeDraft(documented);
    expect(new Timeline(draft).draft).toBe(draft);
  });

  it('carries forty tracks and two thousand segments', () => {
    expect(timelineOf(forty()).tracks).toHaveLength(40);
    const { tracks } = timelineOf(pieces());
    expect(tracks.reduce((count, { segments }) => count + segments.length, 0)).toBe(2000);
  });

  it('rejects anything but a draft, and says what to do with the JSON of one', () => {
    for (const wrong of [{ t: [] }, { tracks: 5 }, { tracks: [5] }, {}, [], null, 'draft', 5, undefined]) {
      const make = (): Timeline => new Timeline(wrong as never);
      expect(make).toThrow(OptionError);
      expect(make).toThrow(
        expect.objectContaining({ field: 'draft', hint: expect.stringContaining('decodeDraft') }),
      );
    }
  });
});
