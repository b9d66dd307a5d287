import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOut } from '../../../../src/local/agent/edits/fit.js';
import {
  ask,
  draftOf,
  edited,
  FILM,
  lengths,
  made,
  pictures,
  sounds,
  textSaying,
  upload,
} from '../support.js';

const ONE_CLIP = [upload('clip.mp4', 'video', 12_000)];

describe('the length of the video', () => {
  it.each([
    ['make it 20 seconds', 20_000],
    ['I want the video to be 45 seconds', 45_000],
    ['shorten it to half a minute please, no wait, to 15 seconds', 15_000],
    ['make everything 5 seconds shorter', 25_000],
    ['make the video 10 seconds longer', 40_000],
    ['double the length of the video', 60_000],
    ['make it half as long', 15_000],
    ['trim the video to 20 seconds', 20_000],
    ['cut the last 5 seconds', 25_000],
    ['cut 2 seconds off the start', 28_000],
    ['keep only the first 10 seconds', 10_000],
    ['remove everything after 10 seconds', 10_000],
    ['set duration to 12s', 12_000],
    ['reduce to 15 s', 15_000],
    ['20 seconds', 20_000],
    ['视频再长5秒', 35_000],
    ['总时长改为45秒', 45_000],
    ['缩短到20秒', 20_000],
    ['视频长度改成一分钟', 60_000],
    ['视频时长减半', 15_000],
    ['剪掉最后5秒', 25_000],
    ['只保留前10秒', 10_000],
  ])('%s', (message, ms) => {
    const draft = edited(message);
    expect(draft.d).toBe(ms);
    expect(sounds(draft).at(-1)).toMatchObject({ s: 0, d: ms });
  });

  it('keeps the closing line at the end and inside', () => {
    const closing = textSaying(edited('make it 15 seconds'), 'Shop Now');
    expect(closing.s).toBeGreaterThan(10_000);
    expect(closing.s + closing.d).toBeLessThanOrEqual(15_000);
  });

  it.each([
    ['make it 0.2 seconds', 'too short'],
    ['make it 3 hours', 'too long'],
  ])('%s: refused', (message, why) => {
    const plan = ask(message, { draft: made() });
    expect(plan).toMatchObject({ understood: true, stages: [], credits: 0 });
    expect(plan.reply).toContain(why);
  });
});

describe('the length of a picture', () => {
  it.each([
    ['make the second photo 5 seconds long', [6000, 5000, 6000, 6000, 6000]],
    ['show the first photo for 8 seconds', [8000, 6000, 6000, 6000, 6000]],
    ['the second photo should last 3 seconds', [6000, 3000, 6000, 6000, 6000]],
    ['extend the first photo by 2 seconds', [8000, 6000, 6000, 6000, 6000]],
    ['make the second photo 2 seconds longer', [6000, 8000, 6000, 6000, 6000]],
    ['each photo for 3 seconds', [3000, 3000, 3000, 3000, 3000]],
    ['show the photos for 2 seconds each', [2000, 2000, 2000, 2000, 2000]],
    ['make the second photo twice as long', [6000, 12_000, 6000, 6000, 6000]],
    ['cut the second photo to 3 seconds', [6000, 3000, 6000, 6000, 6000]],
    ['give the last photo two more seconds', [6000, 6000, 6000, 6000, 8000]],
    ['first photo for 2s, second photo for 4s', [2000, 4000, 6000, 6000, 6000]],
    ['make the first and last photos 4 seconds', [4000, 6000, 6000, 6000, 4000]],
    ['第一张显示5秒，第二张显示3秒', [5000, 3000, 6000, 6000, 6000]],
    ['第二张停留5秒', [6000, 5000, 6000, 6000, 6000]],
    ['每张照片显示3秒', [3000, 3000, 3000, 3000, 3000]],
  ])('%s', (message, expected) => {
    expect(lengths(edited(message))).toEqual(expected);
  });
});

describe('clips', () => {
  it.each([
    ['trim the clip to the first 4 seconds', { d: 4000 }],
    ['cut 2 seconds off the start', { d: 10_000, in: 2000 }],
    ['cut 2 seconds off the end of the clip', { d: 10_000 }],
    ['trim the clip to the last 4 seconds', { d: 4000, in: 8000 }],
    ['trim the clip from 2s to 6s', { d: 4000, in: 2000 }],
    ['remove the first 3 seconds of the clip', { d: 9000, in: 3000 }],
    ['trim the clip by 2 seconds', { d: 10_000 }],
    ['play the clip at 2x speed', { d: 6000, speed: 2 }],
    ['play the clip at half speed', { d: 24_000, speed: 0.5 }],
    ['把片段剪到前4秒', { d: 4000 }],
    ['剪掉前3秒', { d: 9000, in: 3000 }],
    ['截取片段的2秒到6秒', { d: 4000, in: 2000 }],
    ['片段两倍速', { d: 6000, speed: 2 }],
  ])('%s', (message, { d, ...meta }) => {
    const draft = draftOf(ask('make a video', { media: ONE_CLIP }));
    const [clip] = pictures(draftOf(ask(message, { draft, media: ONE_CLIP })));
    expect(clip).toMatchObject({ s: 0, d, m: meta });
  });

  it('cuts a piece out of the middle and leaves two parts', () => {
    const draft = draftOf(ask('make a video', { media: ONE_CLIP }));
    const parts = pictures(draftOf(ask('cut from 2s to 5s', { draft, media: ONE_CLIP })));
    expect(parts.map(({ s, d, m }) => [s, d, m.in ?? 0])).toEqual([
      [0, 2000, 0],
      [2000, 7000, 5000],
    ]);
    expect(parts[0]?.id).not.toBe(parts[1]?.id);
  });

  it('does not make a clip longer than its source', () => {
    const plan = ask('make the second clip 20 seconds', { draft: made(FILM), media: FILM });
    expect(plan.stages).toEqual([]);
    expect(plan.reply).toContain('no more than 8 s');
  });

  it('asks which clip is meant where there are several', () => {
    const plan = ask('trim the clip to 4 seconds', { draft: made(FILM), media: FILM });
    expect(plan).toMatchObject({ stages: [], credits: 0 });
    expect(plan.reply).toContain('Which clip');
  });
});

describe('the pace', () => {
  it.each([
    ['faster pace', 1],
    ['the pace is too slow', 1],
    ['speed it up', 1],
    ['make it snappier', 1],
    ['节奏快一点', 1],
    ['slower please', -1],
    ['slow it down a bit', -1],
    ['放慢一点', -1],
  ])('%s', (message, direction) => {
    expect(Math.sign(30_000 - edited(message).d)).toBe(direction);
  });

  it.each(['speed it up by 2x', 'twice as fast', 'double the speed', '两倍速'])(
    '%s halves the time',
    (message) => {
      expect(edited(message).d).toBe(15_000);
    },
  );
});

describe('sharing time out', () => {
  const part = fc.record({
    weight: fc.integer({ min: 1, max: 1000 }),
    limit: fc.integer({ min: 1, max: 20_000 }),
  });

  it('fills the time exactly, nobody beyond their limit, or says that it can not', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 60_000 }),
        (parts, total) => {
          const limits = parts.map(({ limit }) => limit);
          const shares = shareOut(
            parts.map(({ weight }) => weight),
            limits,
            total,
          );
          const reachable = limits.reduce((sum, limit) => sum + limit, 0) >= total;
          expect(shares !== undefined).toBe(reachable);
          expect(shares?.reduce((sum, share) => sum + share, 0) ?? total).toBe(total);
          expect(shares?.every((share, index) => share <= (limits[index] ?? 0) + 1) ?? true).toBe(true);
        },
      ),
    );
  });
});
