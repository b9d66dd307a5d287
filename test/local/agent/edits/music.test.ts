import { describe, expect, it } from 'vitest';
import { ask, draftOf, edited, FILM, made, pictures, SHOP, seeded, sounds, upload } from '../support.js';

const quiet = (): ReturnType<typeof made> => draftOf(ask('create a 30-second video with lo-fi music at 40%'));
const heard = (message: string): ReturnType<typeof sounds>[number] | undefined =>
  sounds(draftOf(ask(message, { draft: quiet() })))[0];

describe('which music', () => {
  it.each([
    ['use upbeat music', 'local:music/upbeat'],
    ['change the music to cinematic', 'local:music/cinematic'],
    ['give it more energetic music', 'local:music/upbeat'],
    ["I'd prefer something calmer for the music", 'local:music/ambient'],
    ['replace lo-fi with ambient', 'local:music/ambient'],
    ['upbeat music instead of lo-fi', 'local:music/upbeat'],
    ['换成轻快的音乐', 'local:music/upbeat'],
    ['背景音乐换成史诗感的', 'local:music/cinematic'],
  ])('%s', (message, src) => {
    expect(heard(message)).toMatchObject({ s: 0, d: 30_000, m: { src, volume: 0.4 } });
  });

  it.each([
    'use song.mp3 as background music',
    'use my uploaded song as the music',
    'replace the music with song.mp3',
    '用 song.mp3 做背景音乐',
    '用上传的音乐',
  ])('takes an upload: %s', (message) => {
    const media = [...SHOP, upload('song.mp3', 'audio', 12_000)];
    const pieces = sounds(draftOf(ask(message, { draft: made(), media })));
    expect(pieces.map(({ s, d }) => [s, d])).toEqual([
      [0, 12_000],
      [12_000, 12_000],
      [24_000, 6_000],
    ]);
    expect(new Set(pieces.map(({ m }) => m.src))).toEqual(new Set(['https://cdn.test/song.mp3']));
    expect(new Set(pieces.map(({ id }) => id)).size).toBe(3);
  });

  it('says that there is no such upload', () => {
    expect(ask('use my uploaded song as the music', { draft: made() }).reply).toContain('No audio file');
    expect(ask('use tune.mp3 as the music', { draft: made() }).reply).toContain(
      'no upload called “tune.mp3”',
    );
  });

  it.each([
    'remove the music',
    'no music',
    'turn off the music',
    'delete the soundtrack',
    '去掉音乐',
    '不要音乐',
    '把音乐关了',
    'sound off',
    'mute everything',
  ])('%s', (message) => {
    expect(sounds(edited(message))).toEqual([]);
  });
});

describe('how loud', () => {
  it.each([
    ['set the music volume to 35%', 0.35],
    ['music at 35 percent', 0.35],
    ['bring the volume up to 60 percent', 0.6],
    ['lower the music volume to 20%', 0.2],
    ['music at half volume', 0.2],
    ['volume 0.5', 0.5],
    ['音乐音量调到50%', 0.5],
    ['音量百分之三十', 0.3],
    ['mute the music', 0],
  ])('%s', (message, volume) => {
    expect(heard(message)?.m.volume).toBeCloseTo(volume);
  });

  it.each([
    ['make the music louder', 1],
    ['the music is too quiet', 1],
    ['turn the music up', 1],
    ['turn it up', 1],
    ['make the music a bit quieter', -1],
    ['the music is too loud', -1],
    ['turn the music down', -1],
    ['音乐大声一点', 1],
    ['音乐小声一点', -1],
    ['声音太大了', -1],
    ['音乐调小', -1],
  ])('%s', (message, direction) => {
    expect(Math.sign((heard(message)?.m.volume ?? 0) - 0.4)).toBe(direction);
  });
});

describe('fades and times', () => {
  it.each([
    ['fade out the music over 3 seconds', { fadeOut: 3000 }],
    ['fade the music in over 4 seconds', { fadeIn: 4000 }],
    ['fade the music in and out', { fadeIn: 2000, fadeOut: 2000 }],
    ['the soundtrack should fade out during the last 4 seconds', { fadeOut: 4000 }],
    ['no fade out for the music', { fadeOut: 0 }],
    ['音乐淡出3秒', { fadeOut: 3000 }],
    ['音乐淡入淡出', { fadeIn: 2000, fadeOut: 2000 }],
  ])('%s', (message, fades) => {
    const { fadeIn, fadeOut } = heard(message)?.m ?? {};
    expect({ fadeIn: fadeIn ?? 0, fadeOut: fadeOut ?? 0 }).toMatchObject(fades);
  });

  it('ends when asked', () => {
    expect(heard('stop the music at 20 seconds')).toMatchObject({ s: 0, d: 20_000 });
    expect(heard('music from 5s to 20s')).toMatchObject({ s: 5000, d: 15_000 });
  });

  it.each(['different music please', 'another song', '音乐换一首'])('is another one: %s', (message) => {
    expect(heard(message)?.m.src).toMatch(/^local:music\/(?!lo-fi)/);
  });

  it('begins when asked', () => {
    expect(heard('start the music at 5 seconds')).toMatchObject({ s: 5000, d: 25_000 });
  });

  it('keeps its id', () => {
    const draft = quiet();
    const now = draftOf(ask('louder music', { draft, random: seeded(5) }));
    expect(sounds(now)[0]?.id).toBe(sounds(draft)[0]?.id);
  });
});

describe("the clips' own sound", () => {
  it.each([
    ['mute the first clip', [0, undefined]],
    ['mute the clips', [0, 0]],
    ['lower the original sound to 30%', [0.3, 0.3]],
    ['把片段的原声关掉', [0, 0]],
  ])('%s', (message, volumes) => {
    const clips = pictures(edited(message, FILM)).filter(({ m }) => m.kind === 'video');
    expect(clips.map(({ m }) => m.volume)).toEqual(volumes);
  });

  it('is silent with the music when all sound is to go', () => {
    const draft = edited('remove all audio', FILM);
    expect(sounds(draft)).toEqual([]);
    expect(
      pictures(draft)
        .filter(({ m }) => m.kind === 'video')
        .every(({ m }) => m.volume === 0),
    ).toBe(true);
  });
});
