import { describe, expect, it } from 'vitest';
import { ask, draftOf, edited, logo, made, pictures, SHOP } from '../support.js';

const crossfades = (draft: ReturnType<typeof made>): (number | undefined)[] =>
  pictures(draft).map(({ m }) => (m.transition?.type === 'crossfade' ? m.transition.d : undefined));

describe('the shape of the frame', () => {
  it.each([
    ['make it vertical', 1080, 1920],
    ['9:16 please', 1080, 1920],
    ['make it 9:16 for TikTok', 1080, 1920],
    ['convert to portrait', 1080, 1920],
    ['make it suitable for Instagram stories', 1080, 1920],
    ['I need a square version', 1080, 1080],
    ['1:1', 1080, 1080],
    ['改成竖屏', 1080, 1920],
    ['做成抖音的比例', 1080, 1920],
    ['改为正方形', 1080, 1080],
  ])('%s', (message, width, height) => {
    expect(edited(message).m).toMatchObject({ width, height });
  });

  it('comes back to 16:9', () => {
    const draft = edited('make it vertical');
    expect(draftOf(ask('change the aspect ratio to 16:9', { draft })).m).toMatchObject({
      width: 1920,
      height: 1080,
    });
  });

  it.each(['make it 4:5', '4k please', 'change it to 4:3'])('%s: said to be beyond it', (message) => {
    const plan = ask(message, { draft: made() });
    expect(plan).toMatchObject({ understood: false, stages: [], credits: 0 });
    expect(plan.reply).toContain('beyond what this backend can do');
  });

  it('takes a frame rate that players know', () => {
    expect(edited('60 fps').m.fps).toBe(60);
    expect(ask('37 fps', { draft: made() }).stages).toEqual([]);
  });
});

describe('between the pictures', () => {
  it.each([
    'use hard cuts',
    'no transitions',
    'get rid of the transitions',
    'cut between the photos',
    '转场用硬切',
    '不要转场',
  ])('%s', (message) => {
    expect(
      pictures(edited(message))
        .slice(1)
        .map(({ m }) => m.transition),
    ).toEqual(Array(4).fill({ type: 'cut', d: 0 }));
  });

  it.each([
    ['use 1 second crossfades', 1000],
    ['use a half-second dissolve', 500],
    ['make the crossfades 2 seconds', 2000],
    ['fade transitions of 1.5 seconds', 1500],
    ['用1秒的交叉淡化', 1000],
  ])('%s', (message, ms) => {
    expect(crossfades(edited(message))).toEqual([undefined, ms, ms, ms, ms]);
  });

  it('changes one border where one is named', () => {
    const cuts = edited('use hard cuts');
    const now = draftOf(ask('add a crossfade between the second and third photo', { draft: cuts }));
    expect(crossfades(now)).toEqual([undefined, undefined, 700, undefined, undefined]);
  });

  it('makes crossfades slower and faster', () => {
    expect(crossfades(edited('make the transitions slower'))[1]).toBeGreaterThan(700);
    expect(crossfades(edited('make the transitions faster'))[1]).toBeLessThan(700);
  });

  it('never lets a crossfade eat up a short picture', () => {
    const draft = edited('make the second photo 1 second');
    expect(crossfades(draft)[1]).toBeLessThan(500);
    expect(crossfades(draft)[2]).toBeLessThan(500);
  });
});

describe('the movement of stills', () => {
  it.each([
    ['no zoom', ['none', 'none', 'none', 'none', 'none']],
    ['stop the zooming', ['none', 'none', 'none', 'none', 'none']],
    ['zoom in on the second photo', ['zoom-in', 'zoom-in', 'zoom-out', 'pan-left', 'zoom-in']],
    ['pan left on the second photo', ['zoom-in', 'pan-left', 'zoom-out', 'pan-left', 'zoom-in']],
    ['让第一张照片静止', ['none', 'pan-right', 'zoom-out', 'pan-left', 'zoom-in']],
    ['不要缩放', ['none', 'none', 'none', 'none', 'none']],
  ])('%s', (message, motions) => {
    expect(pictures(edited(message)).map(({ m }) => m.motion)).toEqual(motions);
  });
});

describe('the logo', () => {
  it.each([
    ['logo bottom left', { position: 'bottom-left' }],
    ['move the logo to the upper left corner', { position: 'top-left' }],
    [
      'put our logo at the bottom right and make it a little bigger',
      { position: 'bottom-right', scale: 0.179 },
    ],
    ['make the logo twice as big', { scale: 0.32 }],
    ['logo at 25%', { scale: 0.25 }],
    ['make the logo semi-transparent', { opacity: 0.5 }],
    ['logo opacity 80%', { opacity: 0.8 }],
    ['logo放到左下角', { position: 'bottom-left' }],
    ['logo缩小一点', { scale: 0.143 }],
  ])('%s', (message, meta) => {
    expect(logo(edited(message))?.m).toMatchObject(meta);
  });

  it('is shown only when asked', () => {
    expect(logo(edited('show the logo only at the end'))).toMatchObject({ s: 24_000, d: 6000 });
    expect(logo(edited('show the logo for the first 5 seconds'))).toMatchObject({ s: 0, d: 5000 });
  });

  it.each(['remove the logo', 'hide the logo', '去掉logo', '不要水印'])('%s', (message) => {
    expect(logo(edited(message))).toBeUndefined();
  });

  it('comes back, and from any upload that is named', () => {
    const bare = edited('remove the logo');
    expect(logo(draftOf(ask('add my logo in the top left', { draft: bare })))?.m).toMatchObject({
      name: 'hearth-logo.png',
      position: 'top-left',
    });
    const other = draftOf(ask('use 01-red-mug.jpg as the logo', { draft: bare }));
    expect(logo(other)?.m.name).toBe('01-red-mug.jpg');
    expect(pictures(other)).toHaveLength(5);
  });

  it('is asked for where no upload is called so', () => {
    const media = SHOP.slice(0, 5);
    const plan = ask('add the logo', { draft: made(media), media });
    expect(plan).toMatchObject({ stages: [], credits: 0 });
    expect(plan.reply).toContain('no logo');
  });
});
