import { describe, expect, it } from 'vitest';
import { MUSIC_STYLES } from '../../../src/local/dialect.js';
import { compose, isMusicStyle } from '../../../src/local/renderer/music.js';

const DRUMS = new Set(['kick', 'snare', 'clap', 'hat', 'shaker', 'taiko']);
const tones = (notes: ReturnType<typeof compose>) => notes.filter(({ instrument }) => !DRUMS.has(instrument));

describe('compose', () => {
  it.each(MUSIC_STYLES)('writes %s with chords, a bass, and many pitches', (style) => {
    const notes = tones(compose(style, 1, 30));
    expect(new Set(notes.map(({ pitch }) => pitch % 12)).size).toBeGreaterThanOrEqual(5);
    expect(Math.min(...notes.map(({ pitch }) => pitch))).toBeLessThan(48);
    const opening = notes.filter(({ at }) => at < 4);
    expect(new Set(opening.map(({ pitch }) => pitch)).size).toBeGreaterThanOrEqual(4);
  });

  it.each(MUSIC_STYLES)('keeps %s to the seven notes of one key', (style) => {
    for (const seed of [1, 2, 3]) {
      const classes = new Set(tones(compose(style, seed, 30)).map(({ pitch }) => ((pitch % 12) + 12) % 12));
      const scale = [0, 2, 4, 5, 7, 9, 11];
      const fits = Array.from({ length: 12 }, (_, key) => scale.map((step) => (key + step) % 12)).some(
        (notes) => [...classes].every((one) => notes.includes(one)),
      );
      expect(fits).toBe(true);
    }
  });

  it('writes the same piece for the same seed, and another for another', () => {
    expect(compose('lo-fi', 5, 20)).toEqual(compose('lo-fi', 5, 20));
    expect(compose('lo-fi', 5, 20)).not.toEqual(compose('lo-fi', 6, 20));
  });

  it.each([10, 15, 30, 61])('lets a last chord ring in the last seconds of a piece of %d s', (seconds) => {
    for (const style of MUSIC_STYLES) {
      const last = Math.max(...compose(style, 1, seconds).map(({ at }) => at));
      expect(seconds - last).toBeGreaterThan(0.8);
      expect(seconds - last).toBeLessThan(7);
    }
  });

  it('plays drums, except in the ambient style', () => {
    const drummed = MUSIC_STYLES.filter((style) =>
      compose(style, 1, 30).some(({ instrument }) => DRUMS.has(instrument)),
    );
    expect(drummed).toEqual(['lo-fi', 'upbeat', 'cinematic']);
  });

  it('gives even the shortest piece a note at once', () => {
    for (const style of MUSIC_STYLES) expect(compose(style, 1, 1)[0]?.at).toBeLessThan(0.1);
  });
});

describe('isMusicStyle', () => {
  it('knows the styles of the dialect and no others', () => {
    expect(MUSIC_STYLES.every(isMusicStyle)).toBe(true);
    expect(isMusicStyle('polka')).toBe(false);
  });
});
