import { describe, expect, it } from 'vitest';
import {
  ask,
  captions,
  draftOf,
  edited,
  FILM,
  made,
  pictures,
  placesOf,
  SHOP,
  textSaying,
  texts,
  title,
  upload,
} from '../support.js';

describe('the title', () => {
  it.each([
    ['change the title to Summer Sale', 'Summer Sale'],
    ['change the title to "Summer Sale"', 'Summer Sale'],
    ['rename the title to Kitchen Stories', 'Kitchen Stories'],
    ['title should read Big Summer Sale', 'Big Summer Sale'],
    ['make the title say Hello World', 'Hello World'],
    ["set the headline to 'Made by hand'", 'Made by hand'],
    ['the new title is "Autumn"', 'Autumn'],
    ['标题改成夏日大促', '夏日大促'],
    ['把标题换成“夏日大促”', '夏日大促'],
    ['标题写“夏日特惠”', '夏日特惠'],
  ])('%s', (message, text) => {
    const draft = edited(message);
    expect(title(draft).m.text).toBe(text);
    expect(title(draft).id).toBe(title(made()).id);
    expect(draft.m.title).toBe(text);
  });

  it.each([
    ['make the title bigger', 1],
    ['the title is way too small', 1],
    ['enlarge the title', 1],
    ['can the title be a bit larger?', 1],
    ['make the title 50% bigger', 1],
    ['make the title smaller', -1],
    ['the title is too big', -1],
    ['把标题放大一点', 1],
    ['标题太小了', 1],
    ['标题大一倍', 1],
    ['标题缩小', -1],
  ])('%s', (message, direction) => {
    expect(Math.sign((title(edited(message)).m.size ?? 0.11) - 0.11)).toBe(direction);
  });

  it('grows by as much as is said', () => {
    expect(title(edited('make the title twice as big')).m.size).toBeCloseTo(0.22);
    expect(title(edited('make the title 50% bigger')).m.size).toBeCloseTo(0.165);
    expect(title(edited('make the title half the size')).m.size).toBeCloseTo(0.055);
  });

  it.each([
    ['make the title red', { color: '#ff0000' }],
    ['change headline colour to gold', { color: '#ffd700' }],
    ['title in #1a2b3c', { color: '#1a2b3c' }],
    ['move the title to the top', { position: 'top' }],
    ['title in red at the top', { color: '#ff0000', position: 'top' }],
    ['make the title white and put it at the bottom', { color: '#ffffff', position: 'bottom' }],
    ['标题改成红色，放在顶部', { color: '#ff0000', position: 'top' }],
    ['标题移到底部并改成蓝色', { color: '#0000ff', position: 'bottom' }],
  ])('%s', (message, meta) => {
    expect(title(edited(message)).m).toMatchObject(meta);
  });

  it.each([
    ['title from 2s to 6s', 2000, 4000],
    ['show the title from 0:02 until 0:06', 2000, 4000],
    ['title for the first 5 seconds', 0, 5000],
    ['keep the title on screen for 5 seconds', 400, 5000],
    ['show the title throughout', 0, 30_000],
    ['move the title to 0:05', 5000, 3500],
    ['show the title at 5 seconds', 5000, 3500],
    ['标题从2秒显示到6秒', 2000, 4000],
    ['标题显示5秒', 400, 5000],
    ['标题全程显示', 0, 30_000],
  ])('%s', (message, s, d) => {
    expect(title(edited(message))).toMatchObject({ s, d });
  });

  it('is written where there is none', () => {
    const bare = draftOf(ask('create a 20-second video without text'));
    const now = draftOf(ask('add the title "Late Summer" in yellow', { draft: bare }));
    expect(title(now).m).toMatchObject({ text: 'Late Summer', color: '#ffff00' });
  });

  it('does not grow where there is none', () => {
    const bare = draftOf(ask('create a 20-second video without text'));
    const plan = ask('make the title bigger', { draft: bare });
    expect(plan).toMatchObject({ stages: [], credits: 0 });
    expect(plan.reply).toContain('no title');
  });
});

describe('words over the picture', () => {
  it.each([
    ["'Summer Sale' from 5s to 8s", 'Summer Sale', 5000, 3000],
    ['show "Free shipping" at 0:05 for 2 seconds', 'Free shipping', 5000, 2000],
    ['put "50% OFF" on screen between 10 and 13 seconds', '50% OFF', 10_000, 3000],
    ['add the text Made by Hand from 6s to 9s', 'Made by Hand', 6000, 3000],
    ["show 'Thank you' during the last 3 seconds", 'Thank you', 27_000, 3000],
    ['"Hand-made" throughout at the top', 'Hand-made', 0, 30_000],
    ['在第5秒到第8秒显示“限时优惠”', '限时优惠', 5000, 3000],
    ['10秒的时候显示“限时特惠”，持续3秒', '限时特惠', 10_000, 3000],
    ['最后3秒显示“欢迎光临”', '欢迎光临', 27_000, 3000],
  ])('%s', (message, text, s, d) => {
    expect(textSaying(edited(message), text)).toMatchObject({ s, d });
  });

  it('takes several with their own times, places and colours', () => {
    const draft = edited(
      "add 'A one' from 5s to 7s at the top, 'B two' from 12s to 14s and 'C three' at 20s in red",
    );
    expect(textSaying(draft, 'A one')).toMatchObject({ s: 5000, d: 2000, m: { position: 'top' } });
    expect(textSaying(draft, 'B two')).toMatchObject({ s: 12_000, d: 2000 });
    expect(textSaying(draft, 'C three')).toMatchObject({ s: 20_000, m: { color: '#ff0000' } });
  });

  it('stands over the picture that is named', () => {
    const draft = edited("put 'Sale' over the second photo for 2 seconds");
    const second = pictures(draft)[1];
    expect(textSaying(draft, 'Sale').s).toBeGreaterThanOrEqual(second?.s ?? 0);
    expect(textSaying(draft, 'Sale').d).toBe(2000);
  });

  it.each([
    ['show "Sale" on the first and third photos', [1, 3]],
    ['show "Sale" on photos 2, 3 and 5', [2, 3, 5]],
    ['show "Sale" on 01-red-mug.jpg and 04-oak-board.jpg', [1, 4]],
    ['show "Sale" on the first photo and the last in red', [1, 5]],
    ['put "Sale" on every photo', [1, 2, 3, 4, 5]],
    ['在第一张和最后一张照片上写“Sale”', [1, 5]],
    ['每张照片上都显示“Sale”', [1, 2, 3, 4, 5]],
    ['show "Sale" after the second photo', [3]],
    ['show "Sale" before the second photo', [1]],
  ])('stands over each picture that is named: %s', (message, places) => {
    expect(placesOf(edited(message), 'Sale')).toEqual(places);
  });

  it('says over how many', () => {
    expect(ask('show "Sale" on the first and third photos', { draft: made() }).reply).toContain(
      'Added the text “Sale” to 2 pictures.',
    );
    expect(ask('show "Sale" after the last photo', { draft: made() })).toMatchObject({ stages: [] });
  });

  it('needs no picture where none is named', () => {
    expect(textSaying(edited('show "Sale" on screen'), 'Sale').d).toBeGreaterThan(0);
  });

  it.each(['put the title on the second photo', '把标题放在第二张照片上'])(
    'moves the title, and leaves no other: %s',
    (message) => {
      const draft = edited(message);
      expect(placesOf(draft, 'Hearth')).toEqual([2]);
      expect(title(draft).id).toBe(title(made()).id);
    },
  );

  it('replaces the closing line instead of adding another', () => {
    const draft = edited('end with the text Visit us today');
    expect(textSaying(draft, 'Visit us today').id).toBe(textSaying(made(), 'Shop Now').id);
  });

  it.each([
    ['change "Red Mug" to "Crimson Mug"', 'Crimson Mug'],
    ['change Red Mug to Crimson Mug', 'Crimson Mug'],
    ['replace the text "Red Mug" with "Crimson Mug"', 'Crimson Mug'],
    ['文字“Red Mug”改成“深红马克杯”', '深红马克杯'],
  ])('%s', (message, text) => {
    expect(textSaying(edited(message), text).id).toBe(textSaying(made(), 'Red Mug').id);
  });

  it.each([
    ["'Late' from 40s to 45s", 'outside the video'],
    ['change "Nowhere" to "Somewhere"', 'no text “Nowhere”'],
    ["remove the text 'Nowhere'", 'no text “Nowhere”'],
  ])('%s: refused', (message, why) => {
    const plan = ask(message, { draft: made() });
    expect(plan).toMatchObject({ stages: [], credits: 0 });
    expect(plan.reply).toContain(why);
  });
});

describe('words that stand there already', () => {
  it.each([
    ['change "Red Mug" to "A" and "Blue Bowl" to "B"', ['A', 'B']],
    ['replace "Red Mug" with "A", "Blue Bowl" with "B"', ['A', 'B']],
    ['swap "Red Mug" and "Blue Bowl"', ['Blue Bowl', 'Red Mug']],
    ['把“Red Mug”改成“A”，“Blue Bowl”改成“B”', ['A', 'B']],
  ])('are changed, none is added: %s', (message, two) => {
    const draft = edited(message);
    expect(captions(draft)).toEqual([...two, 'Linen Apron', 'Oak Board', 'Copper Pan']);
    expect(texts(draft)).toHaveLength(7);
  });

  it.each([
    ['move "Red Mug" to the top', { position: 'top' }],
    ['make "Red Mug" red', { color: '#ff0000' }],
    ['make the text "Red Mug" red', { color: '#ff0000' }],
  ])('are moved and styled, not written again: %s', (message, meta) => {
    const draft = edited(message);
    expect(texts(draft)).toHaveLength(7);
    expect(textSaying(draft, 'Red Mug').m).toMatchObject(meta);
  });

  it('go to another picture', () => {
    const draft = edited('move "Shop Now" to the second photo');
    expect(placesOf(draft, 'Shop Now')).toEqual([2]);
  });

  it.each([
    ['remove the second photo and the text "Red Mug"', 4, 'Red Mug'],
    ['delete the title and the text "Red Mug"', 5, 'Red Mug'],
    ['remove the captions "Red Mug" and "Blue Bowl"', 5, 'Blue Bowl'],
    ['remove "Red Mug" from the first photo', 5, 'Red Mug'],
  ])('go where they are to go: %s', (message, photos, gone) => {
    const draft = edited(message);
    expect(texts(draft).map(({ m }) => m.text)).not.toContain(gone);
    expect(pictures(draft)).toHaveLength(photos);
  });

  it('are no reason to keep the old title', () => {
    expect(title(edited('make the title "Trip" red')).m).toMatchObject({ text: 'Trip', color: '#ff0000' });
  });

  it('are told not to be there', () => {
    expect(ask('make "Nowhere" red', { draft: made() })).toMatchObject({ stages: [], credits: 0 });
  });
});

describe('captions', () => {
  it.each([
    ["caption the second photo 'Hand-made'", 'Hand-made', 1],
    ['label the first photo "Mug of the year"', 'Mug of the year', 0],
    ['add a caption saying Fresh from the Oven to the fourth photo', 'Fresh from the Oven', 3],
    ['change the caption of photo 2 to "Ocean bowl"', 'Ocean bowl', 1],
    ['给第三张照片加字幕“手工制作”', '手工制作', 2],
    ['第二张的字幕改成“海蓝碗”', '海蓝碗', 1],
  ])('%s', (message, text, place) => {
    expect(captions(edited(message))[place]).toBe(text);
  });

  it.each([
    "caption photo 1 'A', photo 2 'B' and photo 3 'C'",
    '第一张配文“A”，第二张配文“B”，第三张配文“C”',
  ])('go on from picture to picture: %s', (message) => {
    expect(captions(edited(message))).toEqual(['A', 'B', 'C', 'Oak Board', 'Copper Pan']);
  });

  it('are written from a list, one for each picture', () => {
    expect(captions(edited("captions: 'One', 'Two', 'Three', 'Four' and 'Five'"))).toEqual([
      'One',
      'Two',
      'Three',
      'Four',
      'Five',
    ]);
  });

  it.each(['add captions from the file names', 'use the file names as captions', '用文件名做字幕'])(
    '%s',
    (message) => {
      const bare = draftOf(ask('create a 20-second video without text'));
      expect(captions(draftOf(ask(message, { draft: bare })))).toEqual([
        'Red Mug',
        'Blue Bowl',
        'Linen Apron',
        'Oak Board',
        'Copper Pan',
      ]);
    },
  );

  it('are not made up where file names say nothing', () => {
    const media = [upload('IMG_1.jpg'), upload('IMG_2.jpg')];
    const draft = draftOf(ask('make a video', { media }));
    const plan = ask('add captions', { draft, media });
    expect(plan).toMatchObject({ stages: [], credits: 0 });
    expect(plan.reply).toContain('file names');
  });

  it.each([
    ['make the captions yellow', { color: '#ffff00' }],
    ['move the captions to the top', { position: 'top' }],
    ["I'd like the captions in gold", { color: '#ffd700' }],
    ['字幕改成黄色', { color: '#ffff00' }],
  ])('%s: all of them', (message, meta) => {
    const all = texts(edited(message)).filter(({ m }) => m.role === 'caption');
    expect(all).toHaveLength(5);
    for (const { m } of all) expect(m).toMatchObject(meta);
  });
});

describe('taking words away', () => {
  it.each([
    ['remove the title', 6],
    ['remove all captions', 2],
    ['no captions please', 2],
    ['delete the second caption', 6],
    ['remove the caption on the third photo', 6],
    ['delete the closing text', 6],
    ["remove the text 'Red Mug'", 6],
    ['remove all text', 0],
    ['去掉所有字幕', 2],
    ['文字全部删掉', 0],
    ['把标题删掉', 6],
  ])('%s', (message, left) => {
    expect(texts(edited(message))).toHaveLength(left);
  });

  it.each([
    '把第一张和第二张的字幕删掉',
    '把第一张照片和第二张照片的字幕删掉',
    "delete the first and second photo's captions",
  ])('takes the captions of both pictures, and no picture: %s', (message) => {
    const draft = edited(message);
    expect(captions(draft)).toEqual(['Linen Apron', 'Oak Board', 'Copper Pan']);
    expect(pictures(draft)).toHaveLength(5);
  });

  it('leaves the pictures alone', () => {
    expect(pictures(edited('文字全部删掉'))).toHaveLength(5);
    expect(pictures(edited('remove the caption on the third photo'))).toHaveLength(5);
  });

  it('takes no notice of clips that have no telling names', () => {
    expect(captions(made(FILM))).toEqual(['Beach']);
    expect(SHOP).toHaveLength(6);
  });
});
