import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planMessage } from '../../../src/local/agent/index.js';
import type { LocalDraft } from '../../../src/local/dialect.js';
import { anyCodePoint } from '../../support/code-points.js';
import {
  ask,
  draftOf,
  FILM,
  made,
  names,
  pictures,
  SHOP,
  seeded,
  sounds,
  talkative,
  texts,
} from './support.js';

describe('the stages of a creation', () => {
  const plan = ask('create a 30-second promotional video with music and text overlays');

  it('are two: pictures, then what lies over them, each with a call and a timeline', () => {
    expect(plan.stages).toHaveLength(2);
    const [first, second] = plan.stages;
    expect(first?.call?.name).toBe('edit_multitrack');
    expect(first?.draft?.t.map(({ tt }) => tt)).toEqual([0]);
    expect(second?.draft?.t.map(({ tt }) => tt)).toEqual([0, 0, 1, 7]);
    expect(plan.stages.every(({ text, takesMs }) => text !== '' && takesMs > 0)).toBe(true);
  });

  it('cost one editing session and end in words for a screen', () => {
    expect(plan).toMatchObject({ understood: true, credits: 50 });
    expect(plan.reply).toContain(
      'Click the Export button to download it, or open the timeline panel to preview.',
    );
  });

  it('are never silent, whatever the numbers', () => {
    for (const value of [0, 0.1, 0.29, 0.5, 0.999]) {
      expect(ask('make a video', { random: () => value }).reply).not.toBe('');
    }
  });

  it('show nothing of this machine in their calls', () => {
    const edit = ask('use 01-red-mug.jpg as the logo and replace the second photo with 05-copper-pan.jpg', {
      draft: made(),
    });
    expect(JSON.stringify([plan.stages, edit.stages])).not.toContain('/uploads/');
  });
});

describe('an edit', () => {
  it('is one stage, costs little and says what it did', () => {
    const plan = ask('make the title bigger and cut the second photo', { draft: made() });
    expect(plan.stages).toHaveLength(1);
    expect(plan.credits).toBe(10);
    expect(plan.reply).toMatch(/^Done! Changed the size of “Hearth”\. Removed 02-blue-bowl\.jpg\./);
    expect(names(draftOf(plan))).toHaveLength(4);
  });

  it('answers in the language of the message, else of the session', () => {
    expect(ask('把标题放大', { draft: made() }).reply).toContain('完成');
    expect(ask('make the title bigger', { draft: made(), language: 'zh' }).reply).toContain('Done');
    expect(ask('9:16', { draft: made(), language: 'zh-CN' }).reply).toContain('完成');
  });

  it('ends without a word in about three of ten, and then says nothing before either', () => {
    const plans = Array.from({ length: 400 }, (_, seed) =>
      ask('make the title bigger', { draft: EDITED, random: seeded(seed) }),
    );
    const silent = plans.filter(({ reply }) => reply === '');
    expect(silent.length).toBeGreaterThan(90);
    expect(silent.length).toBeLessThan(150);
    expect(silent.every(({ stages }) => stages.every(({ text, draft }) => text === '' && draft))).toBe(true);
  });

  it('names the part that it did not do, and is not silent then', () => {
    const plan = ask('cut the ninth photo and make the title bigger', { draft: made(), random: () => 0 });
    expect(plan.reply).toContain('Changed the size');
    expect(plan.reply).toContain('What I did not do: There is no picture 9');
    expect(plan.credits).toBe(10);
  });

  it('does what it understands, leaves the rest and says so', () => {
    const plan = ask('make the title red and teleport the logo to Mars', { draft: made(), random: () => 0 });
    expect(plan.reply).toContain('Changed the colour');
    expect(plan.reply).toContain('I did not understand “teleport the logo to Mars”');
    expect(names(draftOf(plan))).toHaveLength(5);
  });
});

describe('what it does not do', () => {
  it.each([
    'asdf qwerty',
    'hello',
    'I love it',
    'make it pop',
    'make the title dance',
    'add explosions to the second photo',
    'make the sky bluer',
    'make the logo dance',
    'teleport the logo',
    'tickle the captions',
    'add a voiceover',
    'rotate the first photo',
    'make the second photo black and white',
    'translate the captions to French',
    'remove the people in the background',
    '哈哈哈',
    '加个配音',
    '给第二张加爆炸效果',
    '标题加粗',
    '把logo传上来',
    '',
    '   ',
    '???',
    '🙂🙂',
  ])('is not understood and says what would be: %j', (message) => {
    const plan = ask(message, { draft: made(), random: () => 0 });
    expect(plan).toMatchObject({ understood: false, stages: [], credits: 0 });
    expect(plan.reply).toMatch(/create a 30-second promotional video|做一个30秒的宣传视频/);
  });

  it.each([
    ["don't touch the title", 'Left alone'],
    ['keep the music', 'Left alone'],
    ["don't cut the second photo", 'Left alone'],
    ['不要动标题', '保持不变'],
    ['undo', 'no history'],
    ['撤销', '没有保存历史'],
  ])('is understood, and changes nothing: %s', (message, says) => {
    const plan = ask(message, { draft: made(), random: () => 0 });
    expect(plan).toMatchObject({ understood: true, stages: [], credits: 0 });
    expect(plan.reply).toContain(says);
  });

  it.each(['make the title bigger', 'cut the second photo', 'remove the music', '删掉第二张照片'])(
    'edits nothing before there is a video: %s',
    (message) => {
      const plan = ask(message);
      expect(plan).toMatchObject({ understood: true, stages: [], credits: 0 });
      expect(plan.reply).toMatch(/no video yet|还没有视频/);
    },
  );

  it.each([
    'how long is the video?',
    "what's in the video?",
    'how many photos are there?',
    '视频多长？',
    '现在有音乐吗？',
  ])('is told about the video: %s', (message) => {
    const plan = ask(message, { draft: made() });
    expect(plan).toMatchObject({ understood: true, stages: [], credits: 0 });
    expect(plan.reply).toMatch(/30 s|30 秒/);
  });

  it.each(['export the video', '导出视频'])(
    'sends to the export button as the service does: %s',
    (message) => {
      const plan = ask(message, { draft: made() });
      expect(plan).toMatchObject({ understood: true, stages: [], credits: 0 });
      expect(plan.reply).toMatch(/Click the Export button|点击“导出”按钮/);
    },
  );
});

const EDITED = made();

/** Everything that holds of a timeline whatever was said. */
function expectSound(draft: LocalDraft): void {
  const row = pictures(draft);
  expect(row.length).toBeGreaterThan(0);
  let at = 0;
  for (const { s, d, m } of row) {
    expect(s).toBe(at);
    expect(d).toBeGreaterThan(0);
    expect(m.transition?.d ?? 0).toBeLessThanOrEqual(d);
    at += d;
  }
  expect(row[0]?.m.transition).toBeUndefined();
  expect(draft.d).toBe(at);
  const all = draft.t.flatMap((track) => track.sg.map(({ id, s, d }) => ({ id, s, d })));
  for (const { s, d } of all) {
    expect(Number.isInteger(s) && Number.isInteger(d)).toBe(true);
    expect(s).toBeGreaterThanOrEqual(0);
    expect(d).toBeGreaterThan(0);
    expect(s + d).toBeLessThanOrEqual(draft.d);
  }
  const ids = [...draft.t.map(({ id }) => id), ...all.map(({ id }) => id)];
  expect(new Set(ids).size).toBe(ids.length);
  for (const track of [sounds(draft), ...['top', 'center', 'bottom'].map((place) => placed(draft, place))]) {
    const sorted = track.toSorted((a, b) => a.s - b.s);
    for (const [index, { s }] of sorted.entries()) {
      const before = sorted[index - 1];
      expect(before ? before.s + before.d <= s : true).toBe(true);
    }
  }
}

const placed = (draft: LocalDraft, place: string): ReturnType<typeof texts> =>
  texts(draft).filter(({ m }) => (m.position ?? (m.role === 'caption' ? 'bottom' : 'center')) === place);

/** Bits of requests, to be thrown together. */
const BITS = fc.constantFrom(
  ..."make create remove cut move swap replace trim add put change keep use show the a my photo photos clip title text captions music logo video transitions first second third last ninth all each 2 5 30 seconds 0:05 at from to before after with and then, . bigger smaller longer faster louder red gold top bottom left corner start end front vertical square upbeat ambient 35% 2x half twice crossfade fade in out no not don't \"Sale\" 'Hand-made' only instead of new song.mp3 clip.mp4 beach.mov IMG_1.jpg".split(
    ' ',
  ),
  ...'把 标题 照片 第二张 最后一张 删掉 放大 移到 最前面 音乐 大一点 改成 红色 竖屏 交换 和 , 。 3秒 前5秒 字幕 “大促” 不要 换成 轻快的 每张 片段 做一个 视频 转场 一半 两倍速'.split(
    ' ',
  ),
);
const MESSAGES = fc.oneof(
  { weight: 4, arbitrary: fc.array(BITS, { minLength: 1, maxLength: 14 }).map((bits) => bits.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: anyCodePoint, maxLength: 40 }) },
);

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
};

describe('whatever is said', () => {
  const situations = fc.constantFrom(
    { media: SHOP, draft: null },
    { media: [], draft: null },
    { media: SHOP, draft: EDITED },
    { media: FILM, draft: null },
    { media: FILM, draft: made(FILM) },
  );

  it('leaves a sound timeline, changes no input, and repeats for the same numbers', () => {
    fc.assert(
      fc.property(MESSAGES, situations, fc.nat(1000), (message, { media, draft }, seed) => {
        const input = frozen({ message, language: 'en', media, draft });
        const plan = planMessage({ ...input, random: seeded(seed) });
        for (const stage of plan.stages) if (stage.draft) expectSound(stage.draft);
        expect(planMessage({ ...input, random: seeded(seed) })).toEqual(plan);
        expect(plan.credits).toBeGreaterThanOrEqual(0);
        if (plan.stages.length === 0) expect(plan.credits).toBe(0);
        if (plan.stages.length === 0 || !plan.understood) expect(plan.reply).not.toBe('');
        expect(() => JSON.stringify(plan)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it('stays sound over a whole conversation, also when the numbers never vary', () => {
    fc.assert(
      fc.property(
        fc.array(MESSAGES, { maxLength: 8 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (messages, value) => {
          let draft: LocalDraft = EDITED;
          for (const message of messages) {
            const plan = planMessage({ message, language: 'en', media: SHOP, draft, random: () => value });
            draft = plan.stages.at(-1)?.draft ?? draft;
            expectSound(draft);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('reads very long messages up to a bound', () => {
    const long = 'cut the second photo and '.repeat(2000);
    expect(
      planMessage({ message: long, language: 'en', media: SHOP, draft: EDITED, random: talkative() })
        .understood,
    ).toBe(true);
  });
});
