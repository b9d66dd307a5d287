import { describe, expect, it } from 'vitest';
import { OptionError } from '../../src/errors/index.js';
import { messageOf, readWishes, type VideoWishes } from '../../src/video/wishes.js';

const ALL: VideoWishes = { duration: 15, aspectRatio: '9:16', title: 'Hello', music: 'calm piano' };

describe('the message to the agent', () => {
  it('is the prompt alone without wishes and files', () => {
    expect(messageOf('A promo  ', {}, [])).toBe('A promo  ');
  });

  it('has every wish and every file as a plain sentence behind the prompt', () => {
    expect(messageOf('A promo', ALL, ['a.jpg', 'b.jpg'])).toBe(
      'A promo. Make it 15 seconds long. Make it vertical (9:16). Add the title "Hello". Add background music: calm piano. Uploaded files: a.jpg, b.jpg.',
    );
  });

  it('is in Chinese behind a Chinese prompt', () => {
    expect(messageOf('做一个咖啡馆的宣传片', ALL, ['a.jpg', 'b.jpg'])).toBe(
      '做一个咖啡馆的宣传片。时长15秒。做成竖屏（9:16）。加上标题“Hello”。加上背景音乐：calm piano。已上传的文件：a.jpg、b.jpg。',
    );
  });

  it('is in English when only a quotation is Chinese', () => {
    expect(messageOf('A promo with the title “你好”', { music: false }, [])).toBe(
      'A promo with the title “你好”. No music.',
    );
  });

  it.each([
    ['A promo!', 'A promo! Add background music.'],
    ['Say "Hello."', 'Say "Hello." Add background music.'],
    ['Say "Hello"', 'Say "Hello". Add background music.'],
    ['做一个视频。', '做一个视频。加上背景音乐。'],
  ])('adds a full stop only where %j has none', (prompt, message) => {
    expect(messageOf(prompt, { music: true }, [])).toBe(message);
  });

  it('does not repeat a file that the prompt names', () => {
    expect(messageOf('Put logo.png last.', {}, ['a.jpg', 'logo.png'])).toBe(
      'Put logo.png last. Uploaded files: a.jpg.',
    );
  });

  it('quotes a title with quotation marks in it', () => {
    expect(messageOf('A promo', { title: 'The "Best"' }, [])).toBe('A promo. Add the title “The "Best"”.');
  });
});

describe('wishes', () => {
  it.each<[keyof VideoWishes, unknown]>([
    ['duration', 0],
    ['duration', -1],
    ['duration', Number.NaN],
    ['duration', '15'],
    ['duration', 1e9],
    ['aspectRatio', '4:3'],
    ['aspectRatio', 'toString'],
    ['title', ' '],
    ['title', 'two\nlines'],
    ['title', 5],
    ['music', ''],
    ['music', 1],
  ])('refuse the %s %j', (field, value) => {
    const read = (): unknown => Reflect.apply(readWishes, undefined, [{ [field]: value }]);
    expect(read).toThrow(OptionError);
    expect(read).toThrow(expect.objectContaining({ field }));
  });

  it('leave out what is undefined', () => {
    expect(readWishes({ duration: undefined, title: 'Hello' })).toEqual({ title: 'Hello' });
  });
});
