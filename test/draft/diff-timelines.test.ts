import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDraft, diffTimelines, Timeline, type TimelineChange } from '../../src/draft/index.js';
import { documented, pieces, promo } from './drafts.js';

const timelineOf = (json: unknown): Timeline => new Timeline(decodeDraft(json));
const diff = (a: unknown, b: unknown): TimelineChange[] => diffTimelines(timelineOf(a), timelineOf(b));

/** A change in short: what became of what, and in which fields. */
function short({ target, type, fields }: TimelineChange): string {
  return [target, type, ...fields.map(({ name }) => name)].join(' ');
}

/** A change of `json` made on a copy. */
function edited<Json>(json: Json, edit: (copy: Json) => void): Json {
  const copy = structuredClone(json);
  edit(copy);
  return copy;
}

const clip = (name: string, d = 1000, more: object = {}): object => ({ d, ...more, m: { name } });
const one = (...sg: object[]): object => ({ t: [{ tt: 0, sg }] });

describe('diffTimelines', () => {
  it.each([documented, decodeDraft(documented), null, undefined, 'draft'])(
    'says what to pass in place of what is no timeline',
    (value) => {
      const error = { name: 'OptionError', hint: 'Of a draft, pass `new Timeline(draft)`.' };
      const timeline = timelineOf(documented);
      expect(() => diffTimelines(timeline, value as never)).toThrow(
        expect.objectContaining({ ...error, field: 'b' }),
      );
      expect(() => diffTimelines(value as never, timeline)).toThrow(
        expect.objectContaining({ ...error, field: 'a' }),
      );
    },
  );

  it('finds nothing between equal timelines', () => {
    expect(diff(documented, documented)).toEqual([]);
    expect(diff(promo(), promo())).toEqual([]);
    expect(diff({}, { t: [] })).toEqual([]);
    expect(diff(one({ d: '5' }), one({ d: 5, s: 0 }))).toEqual([]);
  });

  it('finds a text that was changed', () => {
    const [change, ...others] = diff(
      documented,
      edited(documented, ({ t }) => Object.assign(t[2]?.sg[0]?.m ?? {}, { text: 'Paradise Found' })),
    );
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      target: 'segment',
      type: 'changed',
      before: { track: { role: 'title' }, segment: { text: 'Urban Dreams' } },
      after: { track: { role: 'title' }, segment: { text: 'Paradise Found' } },
      fields: [{ name: 'text', before: 'Urban Dreams', after: 'Paradise Found' }],
    });
  });

  it('finds tracks that were added and removed, with all that is on them', () => {
    const without = edited(documented, ({ t }) => t.splice(1, 1));
    expect(diff(without, documented).map(short)).toEqual(['track added']);
    expect(diff(documented, without).map(short)).toEqual(['track removed']);
    expect(diff(documented, without)[0]).toMatchObject({ before: { role: 'bgm' } });
  });

  it('knows segments by their id, wherever they go and whatever becomes of them', () => {
    const a = one(clip('x', 1000, { id: 1 }), clip('y', 1000, { id: 2 }), clip('z', 1000, { id: 3 }));
    const b = one(clip('z', 1000, { id: 3 }), clip('w', 1000, { id: 2 }), clip('x', 500, { id: 1 }));
    expect(
      diff(a, b).map((change) => [
        short(change),
        'after' in change && change.target === 'segment' && change.after?.segment.id,
      ]),
    ).toEqual([
      ['segment moved startMs', '3'],
      ['segment changed name', '2'],
      ['segment trimmed startMs durationMs', '1'],
    ]);
  });

  it('knows segments without an id by what they show', () => {
    expect(diff(one(clip('a'), clip('b')), one(clip('new'), clip('a'), clip('b'))).map(short)).toEqual([
      'segment added',
      'segment moved startMs',
      'segment moved startMs',
    ]);
    expect(diff(one(clip('a'), clip('b'), clip('c')), one(clip('a'), clip('c'))).map(short)).toEqual([
      'segment removed',
      'segment moved startMs',
    ]);
  });

  it('pairs the rest by order, but never two with different ids', () => {
    expect(diff(one(clip('a')), one(clip('b'))).map(short)).toEqual(['segment changed name']);
    expect(diff(one(clip('a', 1000, { id: 1 })), one(clip('b', 1000, { id: 2 }))).map(short)).toEqual([
      'segment removed',
      'segment added',
    ]);
  });

  it('finds a segment that went to another track', () => {
    const a = {
      t: [
        { tt: 0, sg: [clip('a'), clip('logo')] },
        { tt: 0, id: 'o', sg: [clip('frame')] },
      ],
    };
    const b = {
      t: [
        { tt: 0, sg: [clip('a')] },
        { tt: 0, id: 'o', sg: [clip('frame'), clip('logo')] },
      ],
    };
    expect(diff(a, b)).toMatchObject([
      {
        type: 'moved',
        before: { track: { index: 0 } },
        after: { track: { index: 1 } },
        fields: [{ name: 'track', before: 0, after: 1 }],
      },
    ]);
  });

  it('finds which tracks moved, as few as possible', () => {
    const a = { t: ['a', 'b', 'c', 'd'].map((id) => ({ tt: 7, id, sg: [{ d: 1, text: id }] })) };
    const b = { t: ['d', 'a', 'b', 'c'].map((id) => ({ tt: 7, id, sg: [{ d: 1, text: id }] })) };
    expect(diff(a, b)).toMatchObject([
      {
        target: 'track',
        type: 'moved',
        after: { id: 'd' },
        fields: [{ name: 'order', before: 3, after: 0 }],
      },
    ]);
  });

  it('finds segments that changed places without changing their times', () => {
    const a = one(clip('a', 9, { s: 0 }), clip('b', 9, { s: 0 }));
    const b = one(clip('b', 9, { s: 0 }), clip('a', 9, { s: 0 }));
    expect(diff(a, b)).toMatchObject([{ type: 'moved', fields: [{ name: 'order' }] }]);
  });

  it('knows tracks without an id by what is on them', () => {
    const music = { tt: 1, sg: [clip('Lo-fi'), clip('Upbeat')] };
    const voice = { tt: 1, sg: [clip('hello.mp3')] };
    expect(diff({ t: [music, voice] }, { t: [voice] }).map(short)).toEqual(['track removed']);
    expect(diff({ t: [music, voice] }, { t: [voice] })).toMatchObject([{ before: { index: 0 } }]);
  });

  it('does not mix up tracks with the same content', () => {
    const twins = {
      t: [
        { tt: 1, sg: [clip('a', 1, { id: 3 })] },
        { tt: 1, sg: [clip('a', 1, { id: 3 })] },
      ],
    };
    expect(diff(twins, twins)).toEqual([]);
  });

  it('finds changes of the whole: length, title, frame, and keys without a name', () => {
    const b = edited(promo(), (draft) => {
      draft.d = 20_000;
      Object.assign(draft.m, { title: 'New', width: 1080, fps: 60 });
    });
    expect(diff(promo(), b).map(short)).toEqual(['timeline changed durationMs title width metadata.fps']);
  });

  it('finds changes of keys without a name here, at every level, and lists a field once', () => {
    const a = {
      t: [{ tt: 0, m: { mute: false }, x: 1, sg: [{ d: 1, y: [1], m: { size: 1, volume: 0.5 } }] }],
    };
    const b = {
      t: [{ tt: 0, m: { mute: true }, x: 2, sg: [{ d: 1, y: [2], m: { size: 2, volume: 0.6 } }] }],
    };
    expect(diff(a, b).map(short)).toEqual([
      'track changed metadata.mute extra.x',
      'segment changed volume metadata.size extra.y',
    ]);
  });

  it('finds a field that is only written differently within `m`', () => {
    const a = one({ d: 1, m: { volume: 0.5 } });
    const b = one({ d: 1, m: { volume: '0.5' } });
    expect(diff(a, b)).toMatchObject([
      { type: 'changed', fields: [{ name: 'metadata.volume', before: 0.5, after: '0.5' }] },
    ]);
  });

  it('is not deceived by keys that are named like parts of a prototype', () => {
    const parse = (text: string): unknown => JSON.parse(`{"t":[{"sg":[{"d":1,"m":${text}}]}]}`);
    expect(diff(parse('{"__proto__":{}}'), parse('{}'))).toHaveLength(1);
    expect(diff(parse('{"__proto__":{}}'), parse('{"a":{}}'))).toHaveLength(1);
    expect(diff(parse('{"a":1,"constructor":1}'), parse('{"constructor":1,"a":1}'))).toEqual([]);
  });

  it('compares what is nested too deep for recursion', () => {
    const deep = (leaf: string): unknown =>
      JSON.parse(`{"t":[{"sg":[{"d":1,"deep":${'['.repeat(20_000)}${leaf}${']'.repeat(20_000)}}]}]}`);
    expect(diff(deep('1'), deep('1'))).toEqual([]);
    expect(diff(deep('1'), deep('2')).map(short)).toEqual(['segment changed extra.deep']);
  });

  it('names each of a thousand segments that moved because one was put before them', () => {
    const { t } = pieces();
    const [cuts, lines] = t;
    const changes = diff({ t }, { t: [{ ...cuts, sg: [clip('opening', 500), ...(cuts?.sg ?? [])] }, lines] });
    expect(changes.map(({ type }) => type)).toEqual(['added', ...Array<string>(1000).fill('moved')]);
  });
});

describe('a diff of random timelines', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const segment = fc.record(
    {
      d: fc.constantFrom(1, 2),
      s: fc.constantFrom(0, 1, 2),
      id: fc.constantFrom(1, 2, 3),
      x: fc.constantFrom(1, 2),
      m: fc.record({ name, size: fc.constantFrom(1, 2) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['d'] },
  );
  const track = fc.record(
    {
      tt: fc.constantFrom(0, 1),
      id: fc.constantFrom('p', 'q'),
      m: fc.record({ name }, { requiredKeys: [] }),
      sg: fc.array(segment, { maxLength: 5 }),
    },
    { requiredKeys: ['tt', 'sg'] },
  );
  const draft = fc.record(
    { t: fc.array(track, { maxLength: 3 }), d: fc.constantFrom(1, 2), m: fc.record({ title: name }) },
    { requiredKeys: ['t'] },
  );
  /** Two that have much in common: some segments and tracks are left out, put elsewhere or taken from another. */
  const pair = fc.tuple(draft, draft, fc.infiniteStream(fc.nat({ max: 9 }))).map(([a, other, dice]) => {
    const roll = (): number => Number(dice.next().value);
    const mixed = a.t.flatMap((from, index) => {
      if (roll() === 0) return [];
      const fresh = other.t[index];
      const sg = from.sg.flatMap((old, place) => {
        const die = roll();
        if (die === 0) return [];
        return die === 1 ? [...(fresh?.sg.slice(place, place + 1) ?? []), old] : [old];
      });
      if (roll() === 0) sg.reverse();
      return roll() === 0 && fresh !== undefined ? [fresh, { ...from, sg }] : [{ ...from, sg }];
    });
    if (roll() === 0) mixed.reverse();
    return [a, { ...(roll() === 0 ? other : a), t: mixed }] as const;
  });

  /** All that was decoded, as text, with keys in order: not what it was decoded from. */
  const content = (value: unknown): string =>
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(
            Object.entries(inner)
              .filter(([name, each]) => name !== 'raw' && each !== undefined)
              .sort(([x], [y]) => (x < y ? -1 : 1)),
          )
        : inner,
    );

  it('is empty exactly when they are equal', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const areEqual = content(decodeDraft(a)) === content(decodeDraft(b));
        expect(diff(a, b).length === 0).toBe(areEqual);
        expect(diff(b, a).length === 0).toBe(areEqual);
      }),
      { numRuns: 1500 },
    );
  });

  it('lists every segment that differs once, and no other', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [x, y] = [timelineOf(a), timelineOf(b)];
        const named: { before: object[]; after: object[] } = { before: [], after: [] };
        for (const change of diffTimelines(x, y)) {
          if (change.target === 'segment') {
            if (change.before) named.before.push(change.before.segment);
            if (change.after) named.after.push(change.after.segment);
          } else if (change.target === 'track' && change.fields.length === 0) {
            named.before.push(...(change.before?.segments ?? []));
            named.after.push(...(change.after?.segments ?? []));
          }
        }
        for (const side of [named.before, named.after]) expect(new Set(side).size).toBe(side.length);
        const untold = (timeline: Timeline, told: object[]): string[] =>
          timeline.tracks
            .flatMap(({ segments }) => segments)
            .filter((each) => !told.includes(each))
            .map(({ index, trackIndex, ...rest }) => content(rest))
            .sort();
        expect(untold(x, named.before)).toEqual(untold(y, named.after));
      }),
      { numRuns: 1500 },
    );
  });

  it('types each change by its fields', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        for (const { type, before, after, fields } of diff(a, b)) {
          expect([before === undefined, after === undefined]).toEqual([type === 'added', type === 'removed']);
          const names = fields.map((field) => field.name);
          const moves = names.filter((field) => ['startMs', 'track', 'order'].includes(field));
          const trims = names.filter((field) => ['durationMs', 'sourceStartMs'].includes(field));
          if (type === 'moved') expect(moves).toEqual(names);
          if (type === 'trimmed') expect(moves.length + trims.length).toBe(names.length);
          if (type === 'added' || type === 'removed') expect(names).toEqual([]);
          else expect(names.length).toBeGreaterThan(0);
          for (const field of fields)
            if (!['order', 'track'].includes(field.name))
              expect(content([field.before])).not.toBe(content([field.after]));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a diff of large timelines', () => {
  it('follows 2,000 tracks that changed places and names', () => {
    const tracks = (first: number): object => ({
      t: Array.from({ length: 2000 }, (_, track) => ({
        tt: 0,
        sg: [
          { d: 1000, m: { name: `clip ${track + first}` } },
          { d: 1000, m: { name: 'the same everywhere' } },
        ],
      })),
    });
    const changes = diff(tracks(0), tracks(1));
    expect(changes.map(({ target, type }) => `${target} ${type}`)).toEqual([
      'track moved',
      'segment changed',
    ]);
  });

  it('finds the edits among 100,000 segments without ids', () => {
    const segments = (edit: (index: number) => string): object => ({
      t: [
        { tt: 0, sg: Array.from({ length: 100_000 }, (_, index) => ({ d: 10, m: { name: edit(index) } })) },
      ],
    });
    const changes = diff(
      segments((index) => `clip ${index}`),
      segments((index) => `clip ${index}${index % 10_000 === 0 ? ' anew' : ''}`),
    );
    expect(changes).toHaveLength(10);
  });
});
