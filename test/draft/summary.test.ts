import { describe, expect, it } from 'vitest';
import { decodeDraft, Timeline } from '../../src/draft/index.js';
import { documented, promo } from './drafts.js';

const say = (json: unknown, language?: string): string =>
  new Timeline(decodeDraft(json)).toString({ language });

/** The line of a draft's only track. */
const line = (track: object, language?: string): string =>
  say({ t: [track] }, language).replace(/^.*?1\. ?/, '');

describe('the summary', () => {
  it('is the documented one, letter for letter', () => {
    expect(String(new Timeline(decodeDraft(documented)))).toBe(
      'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)',
    );
  });

  it('speaks Chinese', () => {
    for (const language of ['zh', 'zh-CN', 'zh_Hans', 'Chinese']) {
      expect(say(documented, language)).toBe(
        '时间线（3 条轨道）：1. 视频：city timelapse（0-10秒） 2. 背景音乐：Lo-fi（0-10秒，35%） 3. 标题：“Urban Dreams”（0-3秒）',
      );
    }
    expect(say({}, 'zh')).toBe('时间线（0 条轨道）');
    expect(line({ tt: 0, sg: [] }, 'zh')).toBe('视频（空）');
  });

  it('speaks English to whom it does not know', () => {
    expect(say({ t: [{ tt: 0, sg: [{ d: 1000 }] }] }, 'sv')).toBe('Timeline (1 track): 1. Video (0-1s)');
  });

  it('summarizes a promotional video', () => {
    expect(say(promo())).toBe(
      'Timeline (5 tracks): 1. Video: Photos (0-30s) 2. Logo: logo.png (0-30s) 3. BGM: Lo-fi (0-30s, 35%) ' +
        '4. Title: "Morning Blend" (0.5-4.5s) ' +
        '5. Text: "Roasted on Mondays, shipped on Tuesdays" (8-13s), "Order at morningblend.example" (24-30s)',
    );
  });

  it.each([
    [0, 10_000, '0-10s'],
    [0, 3500, '0-3.5s'],
    [33, 67, '0.03-0.07s'],
    [3333, 3333, '3.33-3.33s'],
    [0, 59_990, '0-59.99s'],
    [0, 59_996, '0:00-1:00'],
    [65_000, 80_000, '1:05-1:20'],
    [50_000, 70_000, '0:50-1:10'],
    [61_500, 62_250, '1:01.5-1:02.25'],
    [3_599_999, 3_605_000, '1:00:00-1:00:05'],
    [-500, 2000, '-0.5-2s'],
    [-500, 62_000, '0:00-1:02'],
  ])('writes %d ms to %d ms as %s', (s, end, text) => {
    expect(line({ tt: 0, sg: [{ s, d: end - s }] })).toBe(`Video (${text})`);
  });

  it('names a track by its metadata, else by the file, else by its kind', () => {
    const sg = [{ d: 1000, m: { src: 'https://cdn.example.com/u/1/city%20one.mp4?sig=a/b#t' } }];
    expect(line({ tt: 0, m: { name: 'City' }, sg })).toBe('Video: City (0-1s)');
    expect(line({ tt: 0, sg })).toBe('Video: city one.mp4 (0-1s)');
    expect(line({ tt: 0, sg: [{ d: 1000, src: 'C:\\clips\\100%.mov' }] })).toBe('Video: 100%.mov (0-1s)');
    expect(line({ tt: 0, sg: [{ d: 1000, m: { name: '  ' } }] })).toBe('Video (0-1s)');
    expect(line({ tt: 5, sg: [{ d: 1000 }] })).toBe('Type 5 (0-1s)');
    expect(line({ sg: [{ d: 1000 }] })).toBe('Unknown (0-1s)');
  });

  it('ignores a name that only repeats what the track is for', () => {
    const sg = [{ d: 1000, m: { name: 'mug.png' } }];
    expect(line({ tt: 0, m: { name: 'Video' }, sg })).toBe('Video: mug.png (0-1s)');
    expect(line({ tt: 0, m: { name: 'Logo', role: 'logo' }, sg })).toBe('Logo: mug.png (0-1s)');
    expect(line({ tt: 1, m: { name: 'Music' }, sg })).toBe('BGM: mug.png (0-1s)');
    expect(line({ tt: 0, m: { name: 'Music' }, sg })).toBe('Video: Music (0-1s)');
  });

  it('lists the first three segments of a track without a name', () => {
    const clip = (name: string): object => ({ d: 1000, m: { name } });
    expect(line({ tt: 0, sg: [clip('a'), clip('b')] })).toBe('Video: a (0-1s), b (1-2s)');
    expect(line({ tt: 0, sg: [clip('a'), clip(''), clip('c'), clip('d'), clip('e')] })).toBe(
      'Video: a (0-1s), Video (1-2s), c (2-3s), 2 more (3-5s)',
    );
    expect(line({ tt: 0, sg: ['a', 'b', 'c', 'd'].map(clip) }, 'zh')).toBe(
      '视频：a（0-1秒），b（1-2秒），c（2-3秒），另有 1 段（3-4秒）',
    );
  });

  it('quotes the words of a text track, whatever the track is called', () => {
    expect(line({ tt: 7, m: { name: 'Texts' }, sg: [{ d: 1000, m: { text: 'Hi\nthere' } }] })).toBe(
      'Title: "Hi there" (0-1s)',
    );
    expect(line({ tt: 7, sg: [{ d: 1000, m: { name: 'Hello' } }] })).toBe('Title: "Hello" (0-1s)');
    expect(line({ tt: 7, sg: [{ d: 1000 }] })).toBe('Title (0-1s)');
  });

  it('shows a stated volume as a percentage', () => {
    const music = (volume: unknown): object => ({ tt: 1, sg: [{ d: 1000, m: { name: 'Lo-fi', volume } }] });
    expect(line(music(0.355))).toBe('BGM: Lo-fi (0-1s, 36%)');
    expect(line(music('0'))).toBe('BGM: Lo-fi (0-1s, 0%)');
    expect(line(music(1))).toBe('BGM: Lo-fi (0-1s, 100%)');
    expect(line(music(2))).toBe('BGM: Lo-fi (0-1s, 200%)');
    expect(line(music(80))).toBe('BGM: Lo-fi (0-1s, 80%)');
    expect(line(music(undefined))).toBe('BGM: Lo-fi (0-1s)');
    expect(line({ tt: 1, m: { name: 'Mix', volume: 0.2 }, sg: [{ d: 1000 }, { d: 1000 }] })).toBe(
      'BGM: Mix (0-2s, 20%)',
    );
  });

  it('keeps to one line that no terminal obeys, and to eighty characters a name', () => {
    const name = `\u001b[31mred\u0007\u202eevil ${'长'.repeat(100)}`;
    const text = line({ tt: 0, sg: [{ d: 1000, m: { name } }] });
    expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text).toMatch(/^Video: \[31mred evil 长+… \(0-1s\)$/u);
    expect([...(text.match(/: (.*) \(/u)?.[1] ?? '')]).toHaveLength(80);
  });

  it('says of a track that it is empty', () => {
    expect(
      say({
        t: [
          { tt: 0, sg: [] },
          { tt: 1, m: { name: 'Jazz' } },
        ],
      }),
    ).toBe('Timeline (2 tracks): 1. Video (empty) 2. BGM: Jazz (empty)');
  });
});
