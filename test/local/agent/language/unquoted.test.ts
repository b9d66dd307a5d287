import { describe, expect, it } from 'vitest';
import { Marker } from '../../../../src/local/agent/language/quotes.js';
import { markUnquoted } from '../../../../src/local/agent/language/unquoted.js';
import { upload } from '../support.js';

function quoted(message: string): string[] {
  const marker = new Marker(message, []);
  markUnquoted(marker);
  return marker.marked.quotes;
}

describe('words to be written', () => {
  it.each([
    ['add "Summer Sale"', ['Summer Sale']],
    ["add 'Bob's Sale' at the top", ["Bob's Sale"]],
    ['写上“夏日大促”和「限时」', ['夏日大促', '限时']],
    ["don't use 'em", []],
  ])('takes what stands in quotation marks: %s', (message, words) => {
    expect(quoted(message)).toEqual(words);
  });

  it.each([
    ['add the text Summer to the first photo and the text Winter to the second photo', ['Summer', 'Winter']],
    ['write Summer on photo 1 and write Winter on photo 2', ['Summer', 'Winter']],
  ])('takes as many as are named: %s', (message, words) => {
    expect(quoted(message)).toEqual(words);
  });

  it.each([
    ['change the title to Summer Sale', 'Summer Sale'],
    ['change the title to Summer Sale and cut the second photo', 'Summer Sale'],
    ['make the title say Big News at the top', 'Big News'],
    ['create a video titled Our Story with music', 'Our Story'],
    ['title: Summer Days', 'Summer Days'],
    ['add the text Free Shipping at the bottom from 3s to 6s', 'Free Shipping'],
    ['change the title to Cut and Paste', 'Cut and Paste'],
    ['标题改成夏日大促，红色', '夏日大促'],
    ['文字内容改为限时五折并放在底部', '限时五折'],
    ['在结尾写上欢迎光临', '欢迎光临'],
  ])('finds them without quotation marks: %s', (message, words) => {
    expect(quoted(message)).toEqual([words]);
  });

  it.each([
    'change the title to red',
    'set the title to 5 seconds',
    'move the title to the top',
    'change the title to something better',
    'Add Text Overlays And Music',
    '标题换成红色',
    '标题放在顶部',
  ])('does not write colours, sizes, times and places: %s', (message) => {
    expect(quoted(message)).toEqual([]);
  });

  it('takes the name of an upload for the file, also in quotation marks', () => {
    const media = [upload('red mug.jpg'), upload('mug.jpg')];
    const marker = new Marker('replace "red mug.jpg" with mug.jpg and IMG_9.jpg', media);
    expect(marker.marked.quotes).toEqual([]);
    expect(marker.marked.files).toEqual([media[0], media[1], null]);
    expect(marker.unmark(marker.marked.text)).toContain('mug.jpg');
  });
});
