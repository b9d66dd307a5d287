import { describe, expect, it } from 'vitest';
import { acceptedType, extensionOf, kindOfName, kindOfType } from '../../src/wire/media-types.js';

describe('the extension of a name', () => {
  it('is what follows its last dot, in lower case', () => {
    expect(extensionOf('Holiday.final.PNG')).toBe('png');
  });

  it.each(['photo', 'photo.', 'v1.2/photo', 'v1.2\\photo'])('is missing in %s', (name) => {
    expect(extensionOf(name)).toBeUndefined();
  });
});

describe('the kind of a file', () => {
  it.each([
    ['image', 'image'],
    ['IMAGE/PNG', 'image'],
    ['png', 'image'],
    ['video/mp4', 'video'],
    ['m4a', 'audio'],
    ['application/pdf', undefined],
    [undefined, undefined],
  ])('is known by the type %s: %s', (type, kind) => {
    expect(kindOfType(type)).toBe(kind);
  });

  it.each([
    ['video-1.png', 'image'],
    ['audio.MP4', 'video'],
    ['what?.png', 'image'],
    ['https://cdn.test/a/song.mp3?signature=a.b', 'audio'],
    ['https://cdn.test/song', undefined],
    ['video', undefined],
  ])('is known by the extension of %s: %s', (name, kind) => {
    expect(kindOfName(name)).toBe(kind);
  });

  it('is not known by what every object inherits', () => {
    expect(acceptedType('constructor')).toBeUndefined();
  });
});
