import { describe, expect, it } from 'vitest';
import { MUSIC_STYLES } from '../../../src/local/dialect.js';
import { SAMPLE_RATE } from '../../../src/local/renderer/sound.js';
import { MusicPlayer } from '../../../src/local/renderer/synth.js';
import { rms } from './support/read-video.js';

function play(style: (typeof MUSIC_STYLES)[number], seed: number, seconds: number) {
  const block = new MusicPlayer(style, seed, seconds).next(seconds * SAMPLE_RATE);
  if (!block) throw new Error('the piece has ended before it began');
  return block;
}

/** How strongly a tone of that pitch sounds (Goertzel). */
function strength(samples: Float32Array, hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / SAMPLE_RATE);
  let [before, last] = [0, 0];
  for (const sample of samples) [before, last] = [last, sample + turn * last - before];
  return Math.sqrt(before * before + last * last - turn * before * last) / samples.length;
}

describe('MusicPlayer', () => {
  it.each(MUSIC_STYLES)('plays %s in stereo, from its first second on', (style) => {
    const { left, right } = play(style, 1, 4);
    expect(rms(left)).toBeGreaterThan(0.04);
    expect(rms(left.subarray(0, SAMPLE_RATE))).toBeGreaterThan(0.02);
    expect(left.every(Number.isFinite)).toBe(true);
    expect(rms(left.map((sample, at) => sample - (right[at] ?? 0)))).toBeGreaterThan(0.005);
  });

  it('plays chords and not a beep: several pitches at once, none of them alone', () => {
    // An electric piano's first chord, before bass and drums come in.
    const { left } = play('lo-fi', 1, 1);
    const pitches = Array.from({ length: 36 }, (_, index) => strength(left, 130.81 * 2 ** (index / 12)));
    const strongest = Math.max(...pitches);
    expect(pitches.filter((one) => one > strongest / 5).length).toBeGreaterThanOrEqual(4);
    expect(pitches.filter((one) => one > strongest / 5).length).toBeLessThan(12);
  });

  it('is the same to the last bit for the same seed, however it is asked for', () => {
    const whole = play('upbeat', 3, 2).left;
    const music = new MusicPlayer('upbeat', 3, 2);
    const parts = Array.from({ length: 10 }, () =>
      Buffer.from(music.next(SAMPLE_RATE / 5)?.left.buffer ?? new ArrayBuffer()),
    );
    expect(music.next(1)).toBeUndefined();
    expect(Buffer.concat(parts).equals(Buffer.from(whole.buffer))).toBe(true);
  });

  it('is another piece for another seed and another style', () => {
    const one = play('lo-fi', 1, 1).left;
    expect(play('lo-fi', 2, 1).left).not.toEqual(one);
    expect(play('cinematic', 1, 1).left).not.toEqual(one);
  });
});
