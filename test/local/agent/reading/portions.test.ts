import { describe, expect, it } from 'vitest';
import type { LocalDraft } from '../../../../src/local/dialect.js';
import { ask, captions, draftOf, edited, placesOf, texts, title, upload } from '../support.js';

const CAMERA = ['photo-1.jpg', 'photo-2.jpg', 'photo-3.jpg'].map((name) => upload(name));
const NAMED = ['beach.jpg', 'sunset.jpg', 'forest.jpg'].map((name) => upload(name));
const MIXED = [upload('one.jpg'), upload('clip.mp4', 'video', 8000), upload('two.jpg')];

const creates = (message: string, media = CAMERA): LocalDraft => draftOf(ask(message, { media }));

/** Where each of the texts stands: `{ Hello: [1] }`. */
const places = (draft: LocalDraft): Record<string, number[]> =>
  Object.fromEntries(texts(draft).map(({ m }) => [m.text, placesOf(draft, m.text)]));

describe('several texts in one sentence stand each on its own picture', () => {
  it.each([
    'show "Hello" on the first photo and "World" on the second, with calm music',
    'show "Hello" on the first photo and "World" on the second one',
    'make a video with "Hello" on photo-1.jpg and "World" on photo-2.jpg',
    'make a video with "Hello" on photo-1 and "World" on photo-2',
    'make a video with "Hello" on the 1st photo and "World" on the 2nd',
    'make a video with "Hello" on #1 and "World" on #2',
    "make a video with ‘Hello’ on number 1 and 'World' on number 2",
    'make a video with “Hello” on photo one and «World» on photo two',
    'put "Hello" on the first, "World" on the second',
    'on the first photo show "Hello", on the second "World"',
    'the first photo should say "Hello" and the second "World"',
    'make a video: photo 1 says "Hello", photo 2 says "World"',
    'create a video with photo 1 saying "Hello" and photo 2 saying "World"',
    'show the first photo with "Hello" and the second with "World"',
    '"Hello" on photo 1 "World" on photo 2',
    '第一张照片上显示“Hello”，第二张上显示“World”',
    '第一张照片写“Hello”，第二张写“World”',
    '第1张：「Hello」，第2张：『World』',
    '第一张照片“Hello”第二张照片“World”',
    '做一个视频，photo-1.jpg上写“Hello”，photo-2.jpg上写“World”',
  ])('%s', (message) => {
    expect(places(creates(message))).toEqual({ Hello: [1], World: [2] });
  });

  it.each([
    ['show "A" on the first photo, "B" on the second and "C" on the third', { A: [1], B: [2], C: [3] }],
    ['put "A" on the first, "B" on the second and "C" on the last', { A: [1], B: [2], C: [3] }],
    ['show "A" on the third one, "B" on the first one and "C" on the second one', { A: [3], B: [1], C: [2] }],
    ['on the last photo write "A", on the first "B" and on the second "C"', { A: [3], B: [1], C: [2] }],
    ['photo 3: "A", photo 1: "B", photo 2: "C"', { A: [3], B: [1], C: [2] }],
    ['make a video with "A" on photo-3.jpg, "B" on photo-1.jpg', { A: [3], B: [1] }],
    ['第三张写“A”，第一张写“B”，最后一张写“C”', { A: [3], B: [1], C: [3] }],
  ])('also more than two, in any order: %s', (message, expected) => {
    expect(places(creates(message))).toEqual(expected);
  });

  it.each([
    'make a video with "Hello" on forest.jpg and "World" on beach.jpg',
    'make a video with "Hello" on forest and "World" on beach',
    'make a video with "Hello" on the forest photo and "World" on the beach photo',
  ])('by the names of files: %s', (message) => {
    expect(places(creates(message, NAMED))).toEqual({ Hello: [3], World: [1] });
  });

  it('counts photos among photos', () => {
    const draft = creates('show "Hello" on the first photo and "World" on the second', MIXED);
    expect(places(draft)).toEqual({ Hello: [1], World: [3] });
  });

  it('in a video that is there', () => {
    const draft = edited('show "New" on the first photo, "Soft" on the third and "Sale" on the last');
    expect([placesOf(draft, 'New'), placesOf(draft, 'Soft'), placesOf(draft, 'Sale')]).toEqual([
      [1],
      [3],
      [5],
    ]);
  });

  it.each([
    [
      'change the first caption to "A" and the second to "B"',
      ['A', 'B', 'Linen Apron', 'Oak Board', 'Copper Pan'],
    ],
    [
      'change the caption of photo 1 to "A" and of photo 3 to "C"',
      ['A', 'Blue Bowl', 'C', 'Oak Board', 'Copper Pan'],
    ],
    ['caption the first photo "A" and the last "E"', ['A', 'Blue Bowl', 'Linen Apron', 'Oak Board', 'E']],
    ['add the caption "C" to photo 3 and "A" to photo 1', ['A', 'Blue Bowl', 'C', 'Oak Board', 'Copper Pan']],
  ])('as captions: %s', (message, expected) => {
    expect(captions(edited(message))).toEqual(expected);
  });

  it('says which of them found no picture', () => {
    const plan = ask('show "Hello" on the fifth photo and "World" on the second', { media: CAMERA });
    expect(places(draftOf(plan))).toEqual({ World: [2] });
    expect(plan.reply).toContain('no picture 5');
  });
});

describe('texts of one picture', () => {
  it.each([
    'show "A" and "B" on the second photo',
    'make a video with "A" and "B" on the second photo',
    'on the second photo show "A" and "B"',
    'make a video with the texts "A" and "B" on photo 2',
  ])('share it: %s', (message) => {
    expect(places(creates(message))).toEqual({ A: [2], B: [2] });
  });

  it('leave the others theirs', () => {
    expect(places(creates('"A" on photo 1, "B" and "C" on photo 2'))).toEqual({ A: [1], B: [2], C: [2] });
    expect(places(creates('on the first photo "A", on the second and third "B"'))).toEqual({
      A: [1],
      B: [2, 3],
    });
  });
});

describe('a title beside texts on pictures', () => {
  it.each([
    'make a video titled "Trip" with "Hello" on photo 2 and "World" on photo 3',
    'make a video with the title "Trip", "Hello" on the second photo and "World" on the third',
    'make a video with the title "Trip" and the text "Hello" on photo 2 and "World" on photo 3',
    'make a video with "Hello" on photo 2, "World" on photo 3 and the title "Trip"',
    'make a video with "Trip" as the title, "Hello" on photo 2 and "World" on photo 3',
    '做一个视频，标题“Trip”，第二张写“Hello”，第三张写“World”',
  ])('is one, at the beginning: %s', (message) => {
    const draft = creates(message);
    expect(places(draft)).toEqual({ Trip: [1], Hello: [2], World: [3] });
    expect(title(draft).m).toMatchObject({ text: 'Trip', position: 'center' });
    expect(texts(draft).filter(({ m }) => m.role === 'title')).toHaveLength(1);
  });

  it.each(['write "Trip" as the title', 'add "Trip" as a title', '写“Trip”作为标题'])(
    'is named behind its words, too: %s',
    (message) => {
      expect(title(creates(message)).m.text).toBe('Trip');
      expect(title(edited(message)).m.text).toBe('Trip');
      expect(texts(edited(message))).toHaveLength(7);
    },
  );

  it('goes before a text on the first picture', () => {
    const draft = creates('make a video with "Hello" on photo 1 and the title "Trip"');
    expect(title(draft).m.position).toBe('center');
    expect(places(draft)).toEqual({ Trip: [1], Hello: [1] });
  });

  it.each([
    'make a video with the titles "Morning" on the first photo and "Evening" on the last',
    '第一张加标题“Morning”，最后一张加标题“Evening”',
  ])('is as many as are asked for: %s', (message) => {
    const draft = creates(message);
    expect(texts(draft).map(({ m }) => [m.text, m.role])).toEqual([
      ['Morning', 'title'],
      ['Evening', 'title'],
    ]);
    expect(places(draft)).toEqual({ Morning: [1], Evening: [3] });
  });
});
