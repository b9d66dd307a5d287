import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sentences } from '../../src/video/sentences.js';

describe('the sentences of a growing answer', () => {
  it('are given once, when they are complete', () => {
    const sentences = new Sentences();
    expect(sentences.next('Arranging your')).toEqual([]);
    expect(sentences.next('Arranging your 5 photos. Adding')).toEqual(['Arranging your 5 photos.']);
    expect(sentences.next('Arranging your 5 photos. Adding music.')).toEqual([]);
    expect(sentences.next('Arranging your 5 photos. Adding music.\n')).toEqual(['Adding music.']);
  });

  it('are not cut at a decimal point, nor before what closes a quotation', () => {
    expect(new Sentences().next('It lasts 2.5 seconds. It says “Hello.” Done')).toEqual([
      'It lasts 2.5 seconds.',
      'It says “Hello.”',
    ]);
  });

  it('end in Chinese without a blank', () => {
    expect(new Sentences().next('正在添加音乐。好了！请看')).toEqual(['正在添加音乐。', '好了！']);
  });

  it('say nothing of a screen', () => {
    const text = 'Your video is ready! Click the Export button to download it. It lasts 9 seconds.\n';
    expect(new Sentences().next(text)).toEqual(['Your video is ready!', 'It lasts 9 seconds.']);
  });

  it('are the same however the answer is cut', () => {
    const words = fc.constantFrom('Done', '. ', '.', '\n', '好了', '。', '2.5', '”', '! ', ' and ');
    fc.assert(
      fc.property(fc.array(words), (parts) => {
        const sentences = new Sentences();
        const told = parts.flatMap((_, index) => sentences.next(`${parts.slice(0, index + 1).join('')}`));
        expect(told.join(' ')).toBe(new Sentences().next(parts.join('')).join(' '));
      }),
    );
  });
});
