import { expect, test } from 'vitest';
import { ResponseFormatError } from '../../src/errors/index.js';
import { baselineOf } from '../../src/run/baseline.js';
import { sessionState } from '../../src/run/session-state.js';
import { EMPTY_BASELINE } from './harness.js';

const DRAFT = { t: [{ tt: 0, sg: [{ d: 4000 }] }], d: 4000 };

test('a session without a draft is normal', () => {
  for (const raw of [{}, { draft: null }, { draft: {} }]) {
    const state = sessionState(raw);
    expect(state).toEqual({ media: [], generated: [], raw });
    expect(baselineOf(raw)).toEqual(EMPTY_BASELINE);
  }
});

test('draft, timeline, canvas and what was generated are read, and all is kept in raw', () => {
  const raw = { draft: DRAFT, canvas_config: { ratio: '9:16' }, generated_media: [{ id: 1 }], odd: true };
  const state = sessionState(raw);
  expect(state.timeline?.durationMs).toBe(4000);
  expect(state.draft?.tracks).toHaveLength(1);
  expect(state).toMatchObject({ canvas: { ratio: '9:16' }, generated: [{ id: 1 }], raw });
  expect(baselineOf(raw)).toEqual({ draft: DRAFT, media: [], generated: [{ id: 1 }] });
});

test('uploads are read in the form of the upload answer', () => {
  const entry = {
    filename: 'clip.MP4',
    file_type: 'video/mp4',
    cdn_url: 'https://cdn.test/1',
    width: '1080',
    height: 1920,
    fps: 30,
    duration: 7,
    hash: 'abc',
  };
  expect(sessionState({ video_infos: [entry] }).media).toEqual([
    {
      name: 'clip.MP4',
      kind: 'video',
      url: 'https://cdn.test/1',
      width: 1080,
      height: 1920,
      fps: 30,
      hash: 'abc',
      raw: entry,
    },
  ]);
});

test.each([
  [{ cdn_url: 'u', file_type: 'image' }, 'image'],
  [{ cdn_url: 'u', file_type: 'mp3' }, 'audio'],
  [{ cdn_url: 'u', filename: 'logo.PNG' }, 'image'],
  [{ url: 'https://cdn.test/a/song.m4a' }, 'audio'],
  [{ cdn_url: 'https://cdn.test/x' }, 'video'],
])('%j is of kind %s', (entry, kind) => {
  expect(sessionState({ video_infos: [entry] }).media[0]?.kind).toBe(kind);
});

test('a map of uploads is read as its values, and an entry without an address stays in raw', () => {
  const state = sessionState({ video_infos: { a: { cdn_url: 'https://cdn.test/a.png' }, b: { name: 'b' } } });
  expect(state.media.map(({ name }) => name)).toEqual(['a.png']);
});

test('a draft that cannot be one is an error with its path', () => {
  expect(() => sessionState({ draft: { t: 7 } })).toThrow(ResponseFormatError);
  expect(() => sessionState({ draft: { t: 7 } })).toThrow(/draft\.t/);
});
