import { describe, expect, it } from 'vitest';
import {
  ask,
  captions,
  draftOf,
  edited,
  FILM,
  made,
  names,
  PHOTOS,
  pictures,
  SHOP,
  upload,
} from '../support.js';

const [mug, bowl, apron, board, pan] = PHOTOS;

describe('taking pictures away', () => {
  it.each([
    ['cut the second photo', [mug, apron, board, pan]],
    ['could you please get rid of the third image?', [mug, bowl, board, pan]],
    ['remove the second and fourth photos', [mug, apron, pan]],
    ['remove photos 2, 4 and 5', [mug, apron]],
    ['throw out photos 2-4 please. Sorry, I mean: delete photos 2-4', [mug, pan]],
    ['remove the last two pictures', [mug, bowl, apron]],
    ['take the first photo out', [bowl, apron, board, pan]],
    ['remove the mug photo', [bowl, apron, board, pan]],
    ['cut out the blue bowl', [mug, apron, board, pan]],
    ['remove 04-oak-board.jpg', [mug, bowl, apron, pan]],
    ['keep only the first three photos', [mug, bowl, apron]],
    ['use only photos 1, 3 and 5', [mug, apron, pan]],
    ["let's drop photo number four", [mug, bowl, apron, pan]],
    ['the third one should go', [mug, bowl, board, pan]],
    ['photo 3 out', [mug, bowl, board, pan]],
    ['is it possible to cut the second photo?', [mug, apron, board, pan]],
    ['可以删掉第二张吗', [mug, apron, board, pan]],
    ['第四张不要了', [mug, bowl, apron, pan]],
    ['删掉第二张照片', [mug, apron, board, pan]],
    ['第2、4张删掉', [mug, apron, pan]],
    ['把最后一张去掉', [mug, bowl, apron, board]],
    ['删除第2张和第4张', [mug, apron, pan]],
    ['只保留前三张', [mug, bowl, apron]],
  ])('%s', (message, left) => {
    expect(names(edited(message))).toEqual(left);
  });

  it('takes the captions of the pictures along, and leaves title and closing line', () => {
    const draft = edited('cut the second photo');
    expect(captions(draft)).toEqual(['Red Mug', 'Linen Apron', 'Oak Board', 'Copper Pan']);
    expect(draft.t.flatMap((track) => (track.tt === 7 ? track.sg.map(({ m }) => m.role) : []))).toContain(
      'title',
    );
  });

  it('counts in what the person sees, unless they say "then"', () => {
    expect(names(edited('remove the first photo and remove the second photo'))).toEqual([apron, board, pan]);
    expect(names(edited('remove the first photo, then remove the second photo'))).toEqual([bowl, board, pan]);
  });

  it('passes over clips when photos are counted, and over photos when clips are', () => {
    expect(names(edited('remove the first photo', FILM))).toEqual(['clip.mp4', 'beach.mov']);
    expect(names(edited('remove the second clip', FILM))).toEqual(['clip.mp4', 'IMG_1.jpg']);
  });

  it('never leaves a video without a picture', () => {
    const plan = ask('remove all photos', { draft: made() });
    expect(plan.stages).toEqual([]);
    expect(plan.reply).toContain('at least one picture');
  });
});

describe('the order of pictures', () => {
  it.each([
    ['move the last photo to the front', [pan, mug, bowl, apron, board]],
    ['bring the fourth photo to the beginning', [board, mug, bowl, apron, pan]],
    ['put the third photo first', [apron, mug, bowl, board, pan]],
    ['I want the last photo first', [pan, mug, bowl, apron, board]],
    ['make photo 5 the first one', [pan, mug, bowl, apron, board]],
    ['move the second photo to the end', [mug, apron, board, pan, bowl]],
    ['move the second photo after the fourth', [mug, apron, board, bowl, pan]],
    ['move photo 5 before photo 2', [mug, pan, bowl, apron, board]],
    ['start with the linen apron', [apron, mug, bowl, board, pan]],
    ['end with the second photo', [mug, apron, board, pan, bowl]],
    ['swap the first and second', [bowl, mug, apron, board, pan]],
    ['switch the first and last photos', [pan, bowl, apron, board, mug]],
    ['exchange photo 2 and photo 4', [mug, board, apron, bowl, pan]],
    ['reverse the order', [pan, board, apron, bowl, mug]],
    ['sort the photos by name', [mug, bowl, apron, board, pan].toSorted()],
    ['order: 3, 1, 2', [apron, mug, bowl, board, pan]],
    ['last photo second', [mug, pan, bowl, apron, board]],
    ['move photo 3 up', [mug, apron, bowl, board, pan]],
    ['put the mug at the end', [bowl, apron, board, pan, mug]],
    ['order: oak board, copper pan, red mug', [board, pan, mug, bowl, apron]],
    ['第二张往后挪一位', [mug, apron, bowl, board, pan]],
    ['把第五张放到第一位', [pan, mug, bowl, apron, board]],
    ['把最后一张移到最前面', [pan, mug, bowl, apron, board]],
    ['把第二张放到第四张后面', [mug, apron, board, bowl, pan]],
    ['把第三张移到第一张前面', [apron, mug, bowl, board, pan]],
    ['交换第一张和第二张', [bowl, mug, apron, board, pan]],
    ['第一张和第三张对调', [apron, bowl, mug, board, pan]],
    ['倒序播放', [pan, board, apron, bowl, mug]],
  ])('%s', (message, row) => {
    const plan = ask(message, { draft: made() });
    const same = row.join() === PHOTOS.join();
    expect(same ? plan.stages : names(draftOf(plan))).toEqual(same ? [] : row);
  });

  it('keeps ids, lengths and the total', () => {
    const before = made();
    const now = edited('move the last photo to the front');
    expect(
      pictures(now)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(
      pictures(before)
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(now.d).toBe(before.d);
  });

  it('lets captions follow their pictures, and the title stay where it is', () => {
    const now = edited('move the last photo to the front');
    expect(captions(now)).toEqual(['Copper Pan', 'Red Mug', 'Blue Bowl', 'Linen Apron', 'Oak Board']);
  });

  it('shuffles the same way for the same numbers', () => {
    const draft = made();
    const [a, b] = [ask('shuffle the photos', { draft }), ask('shuffle the photos', { draft })];
    expect(names(draftOf(a))).toEqual(names(draftOf(b)));
    expect(names(draftOf(a)).toSorted()).toEqual(PHOTOS.toSorted());
  });
});

describe('other pictures', () => {
  const more = [...SHOP, upload('06-tea-towel.jpg')];

  it.each([
    ['add the new photo at the end', [...PHOTOS, '06-tea-towel.jpg']],
    ['add 06-tea-towel.jpg after the second photo', [mug, bowl, '06-tea-towel.jpg', apron, board, pan]],
    ['insert the new picture at the beginning', ['06-tea-towel.jpg', ...PHOTOS]],
    ['replace the second photo with 06-tea-towel.jpg', [mug, '06-tea-towel.jpg', apron, board, pan]],
    ['use the tea towel instead of the third photo', [mug, bowl, '06-tea-towel.jpg', board, pan]],
    ['swap out the first photo for 06-tea-towel.jpg', ['06-tea-towel.jpg', bowl, apron, board, pan]],
    ['duplicate the last photo', [...PHOTOS, pan]],
    ['把第二张换成 06-tea-towel.jpg', [mug, '06-tea-towel.jpg', apron, board, pan]],
    ['在最后加上新的照片', [...PHOTOS, '06-tea-towel.jpg']],
    ['复制最后一张', [...PHOTOS, pan]],
  ])('%s', (message, row) => {
    expect(names(draftOf(ask(message, { draft: made(), media: more })))).toEqual(row);
  });

  it('keeps the place, the id and the time of a replaced picture, and renews its caption', () => {
    const before = made();
    const now = draftOf(
      ask('replace the second photo with 06-tea-towel.jpg', { draft: before, media: more }),
    );
    expect(pictures(now)[1]).toMatchObject({ id: pictures(before)[1]?.id, s: 6000, d: 6000 });
    expect(captions(now)[1]).toBe('Tea Towel');
  });

  it('generates a clip for words, and says that it is a placeholder', () => {
    const plan = ask('add a clip of waves at sunset at the end', { draft: made() });
    const scene = pictures(draftOf(plan)).at(-1);
    expect(scene?.m).toMatchObject({ kind: 'scene', name: 'waves at sunset' });
    expect(scene?.m.src).toMatch(/^local:scene\/1\?words=waves%20at%20sunset$/);
    expect(plan.credits).toBe(100);
    expect(plan.reply).toContain('placeholder');
  });

  it.each([
    ['cut the ninth photo', 'no picture 9: the video has 5'],
    ['删除第九张照片', '没有第 9 张图片：一共只有 5 张'],
    ['replace the second photo with beach.jpg', 'no upload called “beach.jpg”'],
    ['add the new photo', 'no upload that is not in the video already'],
    ['remove the photo', 'Which picture do you mean'],
    ['swap the second and the twelfth photo', 'no picture 12'],
    ['remove the people', 'nothing called “people”'],
  ])('changes nothing where it can not: %s', (message, why) => {
    const plan = ask(message, { draft: made() });
    expect(plan).toMatchObject({ stages: [], credits: 0 });
    expect(plan.reply).toContain(why);
  });
});
