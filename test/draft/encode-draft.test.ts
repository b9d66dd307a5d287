import fc from 'fast-check';
import { isLosslessNumber, parse as parseLossless } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import {
  type Draft,
  type DraftKeys,
  decodeDraft,
  describeChanges,
  diffTimelines,
  encodeDraft,
  Timeline,
} from '../../src/draft/index.js';
import { OptionError } from '../../src/errors/index.js';
import { parseExact, stringifyExact } from '../../src/wire/exact-json.js';
import { anyText, draftText } from './arbitraries.js';
import { documented, promo } from './drafts.js';

const parse = (text: string): unknown => JSON.parse(text);

/** The segments of the first track replaced. */
function withSegments(
  draft: Draft,
  change: (segments: Draft['tracks'][number]['segments']) => Draft['tracks'][number]['segments'],
): Draft {
  return {
    ...draft,
    tracks: draft.tracks.map((track, index) =>
      index === 0 ? { ...track, segments: change(track.segments) } : track,
    ),
  };
}

describe('encodeDraft', () => {
  it('returns the recorded and the local draft, key for key in their order', () => {
    for (const json of [documented, promo()]) {
      expect(JSON.stringify(encodeDraft(decodeDraft(json)))).toBe(JSON.stringify(json));
    }
  });

  it('returns any JSON that can be a draft, whatever its keys, numbers and depth', () => {
    fc.assert(
      fc.property(draftText, (text) => {
        const encoded = encodeDraft(decodeDraft(parse(text)));
        expect(JSON.stringify(encoded)).toBe(JSON.stringify(parse(text)));
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);

  it('does so with keys of the user, too', () => {
    const keys = fc.record<DraftKeys>({
      start: fc.constantFrom(['t'], ['foo', 's'], []),
      name: fc.constantFrom(['title', 'text'], ['__proto__'], ['d']),
      role: fc.constantFrom(['m'], ['name']),
    });
    fc.assert(
      fc.property(draftText, keys, (text, own) => {
        const encoded = encodeDraft(decodeDraft(parse(text), { keys: own }));
        expect(JSON.stringify(encoded)).toBe(JSON.stringify(parse(text)));
      }),
      { numRuns: 1000 },
    );
  });

  it('returns the Infinity that JSON.parse reads', () => {
    const json = parse('{"t":[{"tt":0,"sg":[{"d":1e999},{"d":1e999,"s":-1e999}]}],"d":1e999}');
    expect(encodeDraft(decodeDraft(json))).toEqual(json);
  });

  it('keeps keys named like parts of a prototype as own keys', () => {
    const text =
      '{"t":[{"sg":[{"d":1,"__proto__":{"polluted":1},"m":{"__proto__":2,"constructor":3}}]}],"__proto__":4}';
    const draft = decodeDraft(parse(text));
    expect(JSON.stringify(encodeDraft(draft))).toBe(text);
    expect(Object.hasOwn(draft.extra, '__proto__')).toBe(true);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('passes on what is nested too deep for recursion', () => {
    const depth = 20_000;
    const json = parse(`{"t":[{"sg":[{"d":1,"deep":${'['.repeat(depth)}${']'.repeat(depth)}}]}]}`);
    let inner: unknown = (encodeDraft(decodeDraft(json)) as { t: { sg: { deep: unknown }[] }[] }).t[0]?.sg[0]
      ?.deep;
    let levels = 0;
    for (; Array.isArray(inner); [inner] = inner) levels += 1;
    expect(levels).toBe(depth);
  });

  it('does not change what it was given', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = parse(text);
        try {
          encodeDraft(decodeDraft(json));
        } catch {
          // What cannot be a draft is the subject of another test.
        }
        expect(JSON.stringify(json)).toBe(JSON.stringify(parse(text)));
      }),
    );
  });

  it('writes a changed field where it was found, and leaves the rest alone', () => {
    const draft = decodeDraft({
      t: [{ tt: 0, sg: [{ d: '4000', st: 0, nm: 'a', m: { vol: 0.5, x: 1 }, y: 2 }] }],
    });
    const changed = withSegments(draft, (segments) =>
      segments.map((segment) => ({ ...segment, name: 'b', volume: 1, startMs: 500 })),
    );
    expect(encodeDraft(changed)).toEqual({
      t: [{ tt: 0, sg: [{ d: '4000', st: 500, nm: 'b', m: { vol: 1, x: 1 }, y: 2 }] }],
    });
  });

  it('writes a new field under the first of its keys, and no key for a removed field', () => {
    const draft = decodeDraft({ t: [{ tt: 0, sg: [{ d: 1000, m: { name: 'a', speed: 2 } }] }] });
    const changed = withSegments(draft, (segments) =>
      segments.map((segment) => ({ ...segment, id: 'i', text: 'T', source: 'file:///a', speed: undefined })),
    );
    expect(encodeDraft(changed)).toEqual({
      t: [{ tt: 0, sg: [{ d: 1000, id: 'i', m: { name: 'a', text: 'T', src: 'file:///a' } }] }],
    });
  });

  it('writes changes of metadata and extra as they are', () => {
    const draft = decodeDraft({ t: [{ tt: 0, sg: [{ d: 1000, x: 1, m: { name: 'a', size: 2 } }] }] });
    const changed = withSegments(draft, (segments) =>
      segments.map((segment) => ({ ...segment, metadata: { ...segment.metadata, size: 3 } })),
    );
    expect(encodeDraft(changed)).toEqual({
      t: [{ tt: 0, sg: [{ d: 1000, x: 1, m: { name: 'a', size: 3 } }] }],
    });
  });

  it('writes the start of a segment that no longer follows the one before', () => {
    const draft = decodeDraft({ t: [{ tt: 0, sg: [{ d: 1000 }, { d: 2000 }, { d: 3000 }] }] });
    expect(encodeDraft(withSegments(draft, ([, ...rest]) => rest))).toEqual({
      t: [{ tt: 0, sg: [{ d: 2000, s: 1000 }, { d: 3000 }] }],
    });
  });

  it('lets a length or an end go that is no longer true', () => {
    const draft = decodeDraft({
      t: [
        {
          tt: 0,
          sg: [
            { start: 0, end: 4000 },
            { start: 4000, end: 9000 },
          ],
        },
      ],
    });
    const changed = withSegments(draft, (segments) =>
      segments.map((segment, index) => (index === 0 ? { ...segment, durationMs: 1000 } : segment)),
    );
    expect(encodeDraft(changed)).toEqual({
      t: [
        {
          tt: 0,
          sg: [
            { start: 0, d: 1000 },
            { start: 4000, end: 9000 },
          ],
        },
      ],
    });
  });

  it('writes a draft that was made by hand', () => {
    const none = { metadata: {}, extra: {} };
    const draft: Draft = {
      ...none,
      durationMs: 3000,
      title: 'Mine',
      tracks: [
        {
          ...none,
          kind: 'text',
          segments: [{ ...none, startMs: 0, durationMs: 3000, text: 'Hi', position: 'top' }],
        },
      ],
    };
    expect(encodeDraft(draft)).toEqual({
      d: 3000,
      m: { title: 'Mine' },
      t: [{ tt: 7, sg: [{ d: 3000, m: { text: 'Hi', position: 'top' } }] }],
    });
    expect(decodeDraft(encodeDraft(draft)).tracks[0]?.segments[0]).toMatchObject({
      startMs: 0,
      durationMs: 3000,
      text: 'Hi',
    });
  });

  it('keeps a track of an unknown type, and writes the code of a kind that was changed', () => {
    const draft = decodeDraft({ t: [{ tt: 5, sg: [{ d: 1 }] }] });
    expect(encodeDraft(draft)).toEqual({ t: [{ tt: 5, sg: [{ d: 1 }] }] });
    const asText = { ...draft, tracks: draft.tracks.map((track) => ({ ...track, kind: 'text' as const })) };
    expect(encodeDraft(asText)).toEqual({ t: [{ tt: 7, sg: [{ d: 1 }] }] });
  });

  it('rejects anything but a draft, and accepts one made by hand with its fields alone', () => {
    for (const wrong of [{ t: [] }, { tracks: [5] }, {}, [], null, 'draft', undefined]) {
      expect(() => encodeDraft(wrong as never)).toThrow(OptionError);
    }
    const made = { tracks: [{ kind: 'video', segments: [{ startMs: 0, durationMs: 1000, name: 'a.mp4' }] }] };
    expect(encodeDraft(made as never)).toEqual({ t: [{ tt: 0, sg: [{ d: 1000, m: { name: 'a.mp4' } }] }] });
  });

  it('writes every number with the value that came, of any length and at any place', () => {
    const exactly = (text: string): unknown =>
      parseLossless(text, (_, value) => (isLosslessNumber(value) ? decimalOf(value.value) : value));
    fc.assert(
      fc.property(draftText, (text) => {
        expect(exactly(stringifyExact(encodeDraft(decodeDraft(parseExact(text)))))).toEqual(exactly(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads an id of 19 digits to the letter, and other long numbers rounded', () => {
    const text =
      '{"t":[{"tt":0,"id":1234567890123456789,"m":{"a":9007199254740993},"sg":[{"d":1000.00000000000000001}]}]}';
    const draft = decodeDraft(parseExact(text));
    expect(draft.tracks[0]).toMatchObject({ id: '1234567890123456789', segments: [{ durationMs: 1000 }] });
    expect(stringifyExact(encodeDraft(draft))).toBe(text);
    const changed = decodeDraft(parseExact(text.replace('0993', '0994')));
    expect(describeChanges(diffTimelines(new Timeline(draft), new Timeline(changed)))).toEqual([
      'Video track changed: a 9007199254740993 → 9007199254740994',
    ]);
  });
});

/** A number as digits and a power of ten: the same for the same value. */
function decimalOf(number: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE](.+))?$/.exec(number) ?? [];
  const significant = (whole + fraction).replace(/0*$/, '');
  const exponent = Number(power) + whole.length - significant.length;
  return BigInt(significant || 0) === 0n ? '0' : `${sign}${BigInt(significant)}e${exponent}`;
}
