import { describe, expect, it } from 'vitest';
import {
  captionFromName,
  headline,
  isLogoName,
  sharedWord,
} from '../../../../src/local/agent/wording/file-names.js';

describe('what file names say', () => {
  it.each([
    ['01_red-mug (2).jpg', 'Red Mug'],
    ['RedMug.png', 'Red Mug'],
    ['oak board final v2.jpeg', 'Oak Board'],
    ['bread-of-the-day.jpg', 'Bread of the Day'],
    ['红色马克杯.jpg', '红色马克杯'],
    ['03 手工陶瓷.png', '手工陶瓷'],
    ['blue%20bowl.webp', 'Blue Bowl'],
  ])('%s is a %s', (name, caption) => {
    expect(captionFromName(name)).toBe(caption);
  });

  it.each([
    'IMG_1234.jpg',
    'DSC00042.JPG',
    'photo-3.jpg',
    'product 1.png',
    'Screenshot 2024-05-01 at 10.11.12.png',
    'a1b2c3d4e5f6.jpg',
    'untitled.png',
    '微信图片_20240501.jpg',
    '.jpg',
    '',
  ])('%s says nothing', (name) => {
    expect(captionFromName(name)).toBeUndefined();
  });

  it('writes headlines', () => {
    expect(headline('the art of bread')).toBe('The Art of Bread');
    expect(headline('iPhone case')).toBe('iPhone Case');
  });

  it('finds the word that most names share', () => {
    expect(sharedWord(['red-mug.jpg', 'blue-mug.jpg', 'mug_3.jpg'])).toBe('Mug');
    expect(sharedWord(['red-mug.jpg', 'blue-bowl.jpg'])).toBeUndefined();
  });

  it.each(['logo.png', 'acme-logo.svg.png', 'AcmeLogo.png', 'my_logo_v2.png', '公司标志.png'])(
    '%s is a logo',
    (name) => {
      expect(isLogoName(name)).toBe(true);
    },
  );

  it.each(['catalogo.png', 'photo.jpg', 'logout.jpg'])('%s is no logo', (name) => {
    expect(isLogoName(name)).toBe(false);
  });
});
