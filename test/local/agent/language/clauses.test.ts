import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../../src/local/agent/reading/read.js';

const parts = (message: string): string[] => readMessage(message, []).parts.map(({ clause }) => clause.words);

describe('the requests of a message', () => {
  it.each([
    ['make the title bigger and cut the second photo', ['make the title bigger', 'cut the second photo']],
    ['make the title bigger and the music quieter', ['make the title bigger', 'the music quieter']],
    ['remove the second, third and fifth photos', ['remove the second, third and fifth photos']],
    ['swap the first and the last photo', ['swap the first and the last photo']],
    ['make the first and last photos shorter', ['make the first and last photos shorter']],
    ['make it vertical. Add music!', ['make it vertical', 'Add music']],
    ['把标题放大，删掉第二张照片', ['把标题放大', '删掉第二张照片']],
    ['交换第一张和第二张', ['交换第一张和第二张']],
    ["add captions 'A', 'B' and 'C'", ['add captions “A” , “B” and “C”']],
  ])('are told apart: %s', (message, expected) => {
    expect(parts(message)).toEqual(expected);
  });

  it('knows when a request counts in what the one before leaves', () => {
    const [, second] = readMessage('remove the first photo, then remove the last photo', []).parts;
    expect(second?.afterwards).toBe(true);
    const [, other] = readMessage('remove the first photo and remove the last photo', []).parts;
    expect(other?.afterwards).toBe(false);
  });
});
