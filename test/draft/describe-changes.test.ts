import { describe, expect, it } from 'vitest';
import { decodeDraft, describeChanges, diffTimelines, Timeline } from '../../src/draft/index.js';
import { documented, promo } from './drafts.js';

/** What is said, in English and in Chinese, of an edit of `json`. */
function said<Json>(json: Json, edit: (copy: Json) => void): { en: string[]; zh: string[] } {
  const copy = structuredClone(json);
  edit(copy);
  const changes = diffTimelines(new Timeline(decodeDraft(json)), new Timeline(decodeDraft(copy)));
  return { en: describeChanges(changes), zh: describeChanges(changes, { language: 'zh' }) };
}

describe('describeChanges', () => {
  it('says that a title was added', () => {
    expect(
      said({ t: documented.t.slice(0, 2) }, ({ t }) =>
        t.push({ tt: 7, sg: [{ d: 3000, m: { text: 'Paradise Found' } }] } as never),
      ),
    ).toEqual({
      en: ['Title added: "Paradise Found" (0-3s)'],
      zh: ['新增标题：“Paradise Found”（0-3秒）'],
    });
  });

  it('says that a second segment was added and one removed', () => {
    const clips = { t: [{ tt: 0, sg: [{ d: 1000, m: { name: 'a.mp4' } }] }] };
    expect(said(clips, ({ t }) => t[0]?.sg.push({ d: 2000, m: { name: 'b.mp4' } }))).toEqual({
      en: ['Video added: b.mp4 (1-3s)'],
      zh: ['新增视频：b.mp4（1-3秒）'],
    });
    expect(said(clips, ({ t }) => t[0]?.sg.pop())).toEqual({
      en: ['Video removed: a.mp4 (0-1s)'],
      zh: ['移除视频：a.mp4（0-1秒）'],
    });
  });

  it('says that a track was removed', () => {
    expect(said(documented, ({ t }) => t.splice(1, 1))).toEqual({
      en: ['BGM removed: Lo-fi (0-10s, 35%)'],
      zh: ['移除背景音乐：Lo-fi（0-10秒，35%）'],
    });
  });

  it('says what a text was and is', () => {
    expect(
      said(documented, ({ t }) => Object.assign(t[2]?.sg[0]?.m ?? {}, { text: 'Paradise Found' })),
    ).toEqual({
      en: ['Title changed: "Urban Dreams" → "Paradise Found" (0-3s)'],
      zh: ['修改标题：“Urban Dreams” → “Paradise Found”（0-3秒）'],
    });
  });

  it('says when something plays now, and when it did', () => {
    expect(said(promo(), ({ t }) => Object.assign(t[3]?.sg[0] ?? {}, { s: 1000 })).en).toEqual([
      'Title moved: "Morning Blend" (0.5-4.5s → 1-5s)',
    ]);
    expect(said(promo(), ({ t }) => Object.assign(t[3]?.sg[0] ?? {}, { d: 2000 }))).toEqual({
      en: ['Title trimmed: "Morning Blend" (0.5-4.5s → 0.5-2.5s)'],
      zh: ['裁剪标题：“Morning Blend”（0.5-4.5秒 → 0.5-2.5秒）'],
    });
  });

  it('says what else changed, without words for what is too much for a sentence', () => {
    const { en, zh } = said(promo(), ({ t }) => {
      Object.assign(t[2]?.sg[0]?.m ?? {}, { volume: 0.5, fadeOut: 3000 });
      Object.assign(t[1]?.sg[0]?.m ?? {}, { position: 'bottom-left', in: 500 });
      Object.assign(t[0]?.sg[1]?.m ?? {}, { transition: { type: 'cut', d: 0 } });
    });
    expect(en).toEqual([
      'Video changed: grinder.jpg (6-12s), transition',
      'Logo changed: logo.png (0-30s), from 0.5s, position top-right → bottom-left',
      'BGM changed: Lo-fi (0-30s), volume 35% → 50%, fadeOut 1500 → 3000',
    ]);
    expect(zh[2]).toBe('修改背景音乐：Lo-fi（0-30秒），音量 35% → 50%，fadeOut 1500 → 3000');
  });

  it('says what became of the whole', () => {
    expect(
      said(promo(), (draft) => {
        draft.d = 75_000;
        Object.assign(draft.m, { title: 'Evening\u0007 Blend', width: 1080 });
      }),
    ).toEqual({
      en: ['Timeline changed: length 30s → 1:15, title Morning Blend → Evening Blend, width 1920 → 1080'],
      zh: ['修改时间线：时长 30秒 → 1:15，标题 Morning Blend → Evening Blend，宽度 1920 → 1080'],
    });
  });

  it('says nothing of seeds, nor of the frame rate of a new timeline', () => {
    const json = { t: [{ tt: 0, sg: [{ d: 1000, m: { name: 'a.mp4' } }] }], m: {} };
    const edit = (m: object) => said(json, (draft) => Object.assign(draft.m, m));
    expect(edit({ title: 'Autumn', fps: 30, seed: 1707668059 })).toEqual({
      en: ['Timeline changed: title Autumn'],
      zh: ['修改时间线：标题 Autumn'],
    });
    expect(edit({ seed: 1707668059 })).toEqual({ en: ['Timeline changed'], zh: ['修改时间线'] });
    const [change] = diffTimelines(
      new Timeline(decodeDraft(json)),
      new Timeline(decodeDraft({ ...json, m: { fps: 30, seed: 1 } })),
    );
    expect(change?.fields.map(({ name }) => name)).toEqual(['metadata.fps', 'metadata.seed']);
  });

  it('says what appeared and what is missing now, and leaves out the length of a timeline that had none', () => {
    const empty = { t: [], m: {} };
    const filled = {
      d: 1000,
      t: [{ tt: 0, sg: [{ d: 1000, m: { name: 'a.mp4' } }] }],
      m: { title: 'Autumn' },
    };
    const sentences = (a: unknown, b: unknown, language = 'en'): string[] =>
      describeChanges(diffTimelines(new Timeline(decodeDraft(a)), new Timeline(decodeDraft(b))), {
        language,
      });
    expect(sentences({ ...empty, m: { title: 'Autumn' } }, filled)).toEqual(['Video added: a.mp4 (0-1s)']);
    expect(sentences(empty, filled)).toEqual([
      'Timeline changed: length 1s, title Autumn',
      'Video added: a.mp4 (0-1s)',
    ]);
    expect(sentences(filled, { ...filled, m: {} })).toEqual(['Timeline changed: no title']);
    expect(sentences(filled, { ...filled, m: {} }, 'zh')).toEqual(['修改时间线：无标题']);
    expect(sentences({ t: [] }, { t: [], d: 1000 })).toEqual(['Timeline changed: length 1s']);
  });

  it('says that the frame rate became another one', () => {
    const json = { t: [], m: { fps: 30, seed: 1 } };
    expect(said(json, ({ m }) => Object.assign(m, { fps: 60, seed: 2 })).en).toEqual([
      'Timeline changed: fps 30 → 60',
    ]);
  });

  it('leaves a seed out of the words about a segment', () => {
    const json = { t: [{ tt: 0, sg: [{ d: 1000, m: { name: 'sea', seed: 1 } }] }] };
    expect(said(json, ({ t }) => Object.assign(t[0]?.sg[0]?.m ?? {}, { seed: 2 })).en).toEqual([
      'Video changed: sea (0-1s)',
    ]);
  });

  it('says that a track changed or moved', () => {
    expect(said(promo(), ({ t }) => Object.assign(t[0]?.m ?? {}, { name: 'Pictures' })).en).toEqual([
      'Video track changed: name Photos → Pictures',
    ]);
    expect(said(promo(), ({ t }) => t.unshift(...t.splice(4, 1)))).toEqual({
      en: ['Text track moved: place 5 → 1'],
      zh: ['移动文字轨道：次序 5 → 1'],
    });
  });

  it('says in one sentence that neighbours moved together', () => {
    const { en, zh } = said(promo(), ({ t }) => {
      for (const segment of t[0]?.sg.slice(1) ?? []) segment.s += 2000;
    });
    expect(en).toEqual(['Video moved: 4 segments 2s later (6-30s → 8-32s)']);
    expect(zh).toEqual(['移动视频：4 段延后 2秒（6-30秒 → 8-32秒）']);
    const earlier = said(promo(), ({ t }) => {
      for (const segment of t[0]?.sg.slice(2) ?? []) segment.s -= 500;
    });
    expect(earlier.en).toEqual(['Video moved: 3 segments 0.5s earlier (12-30s → 11.5-29.5s)']);
  });

  it('has nothing to say of nothing', () => {
    expect(describeChanges([])).toEqual([]);
  });
});
