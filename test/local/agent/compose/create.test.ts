import { describe, expect, it } from 'vitest';
import {
  ask,
  captions,
  draftOf,
  FILM,
  lengths,
  logo,
  names,
  PHOTOS,
  pictures,
  SHOP,
  sounds,
  textSaying,
  texts,
  title,
  upload,
} from '../support.js';

const creates = (message: string, media = SHOP): ReturnType<typeof draftOf> =>
  draftOf(ask(message, { media }));
const NAMED = ['beach.jpg', 'sunset.jpg', 'forest.jpg'].map((name) => upload(name));
const CAMERA = [1, 2, 3, 4, 5].map((number) => upload(`IMG_${number}.jpg`));

describe('a promotional video of five photos and a logo', () => {
  const draft = creates('create a 30-second promotional video with music and text overlays');

  it('shows every photo in the order of upload, for exactly the time asked', () => {
    expect(names(draft)).toEqual(PHOTOS);
    expect(draft.d).toBe(30_000);
    expect(lengths(draft)).toEqual([6000, 6000, 6000, 6000, 6000]);
    expect(draft.m).toMatchObject({ width: 1920, height: 1080, fps: 30 });
  });

  it('moves neighbours differently and fades between them', () => {
    const motions = pictures(draft).map(({ m }) => m.motion);
    expect(motions.slice(1).every((motion, index) => motion !== motions[index])).toBe(true);
    for (const { m } of pictures(draft).slice(1)) {
      expect(m.transition?.type).toBe('crossfade');
      expect(m.transition?.d).toBeGreaterThanOrEqual(600);
      expect(m.transition?.d).toBeLessThanOrEqual(800);
    }
  });

  it('has music under all of it, faded, and not too loud', () => {
    const [music] = sounds(draft);
    expect(music).toMatchObject({ s: 0, d: 30_000, m: { src: 'local:music/upbeat' } });
    expect(music?.m.volume).toBeLessThan(0.5);
    expect(music?.m.fadeOut).toBeGreaterThan(0);
  });

  it('has a logo in the corner, which is no photo', () => {
    expect(logo(draft)).toMatchObject({
      s: 0,
      d: 30_000,
      m: { name: 'hearth-logo.png', position: 'top-right', role: 'logo' },
    });
  });

  it('has a title out of the brand, captions out of the names and a closing line, never the instruction', () => {
    expect(title(draft).m.text).toBe('Hearth');
    expect(captions(draft)).toEqual(['Red Mug', 'Blue Bowl', 'Linen Apron', 'Oak Board', 'Copper Pan']);
    expect(textSaying(draft, 'Shop Now').s).toBeGreaterThan(24_000);
    for (const { m } of texts(draft)) expect(m.text).not.toMatch(/create|30-second|promotional/i);
  });

  it('shows each caption with its picture', () => {
    for (const [index, picture] of pictures(draft).entries()) {
      const caption = textSaying(draft, captions(draft)[index] ?? '');
      expect(caption.s).toBeGreaterThanOrEqual(picture.s);
      expect(caption.s + caption.d).toBeLessThanOrEqual(picture.s + picture.d);
    }
  });
});

describe('the length of a new video', () => {
  it.each([
    ['make a 15s video', 15_000],
    ['a half-minute video please', 30_000],
    ['create a 1:30 video', 90_000],
    ['turn these photos into a 20 second reel', 20_000],
    ['promo for our summer sale, 25 seconds, no music', 25_000],
    ['I need a thirty second commercial', 30_000],
    ['Make a slideshow of all my photos, 3 seconds each', 15_000],
    ['make a 20 second video, 2 seconds per photo', 20_000],
    ['show each photo for 4 seconds', 20_000],
    ['做一个15秒的短视频', 15_000],
    ['用这五张照片做一个三十秒的宣传视频', 30_000],
    ['做一个宣传片，半分钟，不要文字', 30_000],
    ['帮我做个抖音视频，每张2秒', 10_000],
  ])('%s', (message, ms) => {
    const draft = creates(message);
    expect(draft.d).toBe(ms);
    expect(lengths(draft).reduce((sum, d) => sum + d, 0)).toBe(ms);
  });

  it('is four seconds a photo when nothing is said', () => {
    expect(lengths(creates('make a video'))).toEqual([4000, 4000, 4000, 4000, 4000]);
  });

  it('lets a picture have its own time within the total', () => {
    expect(lengths(creates('create a video, show the third photo for 10 seconds, total 30 seconds'))).toEqual(
      [5000, 5000, 10_000, 5000, 5000],
    );
  });

  it('keeps clips within their sources and fills the rest with stills', () => {
    const draft = creates('make a 30 second video', FILM);
    expect(lengths(draft)).toEqual([11_000, 8000, 11_000]);
  });

  it('repeats clips that are too short, and says so', () => {
    const media = [upload('a.mp4', 'video', 4000), upload('b.mp4', 'video', 5000)];
    const plan = ask('make a 20 second video', { media });
    expect(draftOf(plan).d).toBe(20_000);
    expect(names(draftOf(plan)).slice(0, 4)).toEqual(['a.mp4', 'b.mp4', 'a.mp4', 'b.mp4']);
    expect(pictures(draftOf(plan)).every(({ d, m }) => d <= (m.name === 'a.mp4' ? 4000 : 5000))).toBe(true);
    expect(new Set(pictures(draftOf(plan)).map(({ id }) => id)).size).toBe(pictures(draftOf(plan)).length);
    expect(plan.reply).toContain('repeats');
  });

  it('leaves out what finds no time, and says so', () => {
    const media = Array.from({ length: 60 }, (_, index) => upload(`p${index}.jpg`));
    const plan = ask('make a 3 second video', { media });
    expect(draftOf(plan).d).toBe(3000);
    expect(plan.reply).toContain('45 pictures found no time');
  });

  it.each(['create a 2 hour video', 'create a 0.1 second video'])('%s: refused and free', (message) => {
    expect(ask(message)).toMatchObject({ understood: true, stages: [], credits: 0 });
  });
});

describe('what a new video is made of', () => {
  it.each([
    ['use only the first three photos for a video', PHOTOS.slice(0, 3)],
    ['create a video with photos 3, 1 and 2', [PHOTOS[2], PHOTOS[0], PHOTOS[1]]],
    ['make a video, start with the last photo', [PHOTOS[4], ...PHOTOS.slice(0, 4)]],
    ['make a video with the photos in reverse order', PHOTOS.toReversed()],
    ['make a video without the second photo', PHOTOS.filter((_, index) => index !== 1)],
    ['用第1、3、5张照片做视频', [PHOTOS[0], PHOTOS[2], PHOTOS[4]]],
  ])('%s', (message, row) => {
    expect(names(creates(message))).toEqual(row);
  });

  it.each(['create a video with beach.jpg', '用beach.jpg做一个视频'])(
    'one picture, and nothing is said to be missing: %s',
    (message) => {
      const plan = ask(message, { media: NAMED });
      expect(names(draftOf(plan))).toEqual(['beach.jpg']);
      expect(plan.reply).not.toMatch(/What I did not do|没有做的/);
    },
  );

  it.each([
    ['five product photos and a logo file into a 1080p MP4', 1920, 1080],
    ['a vertical video please', 1080, 1920],
    ['make a square video', 1080, 1080],
    ['create a promo for TikTok', 1080, 1920],
    ['生成一个竖屏短视频', 1080, 1920],
  ])('%s', (message, width, height) => {
    expect(creates(message).m).toMatchObject({ width, height });
  });

  it.each([
    'make a video without music',
    'a silent 20-second video',
    'make a video, no music',
    '做一个视频，不要音乐',
  ])('no music: %s', (message) => {
    expect(sounds(creates(message))).toEqual([]);
  });

  it.each(['make a video without text', 'create a video, no text', '做一个视频，不要文字'])(
    'no text: %s',
    (message) => {
      expect(texts(creates(message))).toEqual([]);
    },
  );

  it('has no logo when none is wanted, or it stands where it is wanted', () => {
    expect(logo(creates('make a video without the logo'))).toBeUndefined();
    expect(logo(creates('make a video and put my logo bottom left'))?.m.position).toBe('bottom-left');
    expect(logo(creates('做个视频，logo放右下角'))?.m.position).toBe('bottom-right');
  });

  it('has the music that is asked for', () => {
    const draft = creates('make a video with ambient music at 20% fading out over 5 seconds');
    expect(sounds(draft)[0]?.m).toMatchObject({ src: 'local:music/ambient', volume: 0.2, fadeOut: 5000 });
  });

  it('uses an uploaded song, again and again to the end, and quieter under clips', () => {
    const draft = creates('make a 24 second video', FILM);
    expect(sounds(draft).map(({ s, d, m }) => [s, d, m.name])).toEqual([
      [0, 9000, 'song.mp3'],
      [9000, 9000, 'song.mp3'],
      [18_000, 6000, 'song.mp3'],
    ]);
    expect(sounds(draft)[0]?.m.volume).toBeLessThan(0.3);
  });

  it('cuts where cuts are asked for', () => {
    const cuts = pictures(creates('make a video with hard cuts')).slice(1);
    expect(cuts.map(({ m }) => m.transition?.type)).toEqual(['cut', 'cut', 'cut', 'cut']);
  });
});

describe('the words of a new video', () => {
  it.each([
    ["make a video titled 'Our Story'", 'Our Story'],
    ['promo video for our summer sale', 'Summer Sale'],
    ['a coffee shop promo video', 'Coffee Shop'],
    ['create a video about the art of bread', 'Art of Bread'],
    ['create a promo for my boss', 'Hearth'],
    ['生成一个短视频，标题写“夏日特惠”', '夏日特惠'],
    ['为新款咖啡机做一个20秒的广告', '新款咖啡机'],
    ['做一个关于手工陶瓷的宣传片', '手工陶瓷'],
  ])('%s', (message, text) => {
    expect(title(creates(message)).m.text).toBe(text);
    expect(creates(message).m.title).toBe(text);
  });

  it.each([
    ['make a promo', 'New Arrivals'],
    ['做一个宣传片', '新品上市'],
    ['make a video', 'Moments to Remember'],
  ])('fall back on a phrase: %s', (message, text) => {
    expect(title(creates(message, CAMERA)).m.text).toBe(text);
  });

  it.each([
    ['Erstelle ein Video mit Musik', 'Erstelle ein … mit Musik'],
    ['Erstelle ein Promo-Video in HD', 'Erstelle ein'],
    ['Ich will ein Video über Katzen', 'Ich … ein … über Katzen'],
    ['Crea un video con música', 'Crea un … con música'],
    ['Fais un film avec de la musique', 'Fais un … avec de la musique'],
    ['On veut une video avec de la musique', 'veut une … avec de la musique'],
    ['Maak een video met muziek', 'Maak een … met muziek'],
    ['Lag en video for butikken', 'Lag en … butikken'],
    ['Stwórz film z muzyką', 'Stwórz … z muzyką'],
    ['Buat video dengan musik', 'Buat … dengan musik'],
    ['Müzikli bir video yap', 'Müzikli bir … yap'],
  ])('are none in a language that it does not know, and it says so: %s', (message, strange) => {
    const plan = ask(message, { media: CAMERA });
    const draft = draftOf(plan);
    expect(texts(draft)).toEqual([]);
    expect(sounds(draft)).toHaveLength(1);
    expect(pictures(draft)).toHaveLength(5);
    expect(plan.reply).toContain(`I did not understand “${strange}”`);
  });

  it('are those that are quoted, in whatever language', () => {
    const draft = creates('Erstelle ein Video mit dem Titel "Morgen"', CAMERA);
    expect(texts(draft).map(({ m }) => m.text)).toEqual(['Morgen']);
  });

  it.each([
    ['birthday slideshow', 'Birthday'],
    ['wedding video please', 'Wedding'],
    ['30-second coffee shop promo', 'Coffee Shop'],
    ['Coffee shop video with calm music, 20 seconds', 'Coffee Shop'],
    ['do a promo for my credit union', 'Credit Union'],
    ['video of a container ship, exports rising, dramatic music', 'Container Ship'],
    ['watch commercial for Rolex', 'Rolex'],
    ['make a video about my dog that will wow everybody', 'Dog'],
    ['咖啡店宣传片，20秒', '咖啡店'],
  ])('are found in few words of a language that it knows: %s', (message, text) => {
    expect(title(creates(message, CAMERA)).m.text).toBe(text);
  });

  it('make no captions out of IMG_1', () => {
    const draft = creates('create a 30-second promotional video with music and text overlays', CAMERA);
    expect(captions(draft)).toEqual([]);
  });

  it('are the given ones and no others', () => {
    const draft = creates("make a 30-second ad with the texts 'New in', 'Hand-made' and 'Free shipping'");
    expect(texts(draft).map(({ m }) => m.text)).toEqual(['New in', 'Hand-made', 'Free shipping']);
  });

  it.each([
    'make a 10-second video of beach.jpg with the title "Morning"',
    'make a 10-second video of the first photo with the title "Morning"',
    'make a video from beach.jpg titled "Morning"',
    'create a video with the title "Morning" from beach.jpg',
    'from beach.jpg make a video with the title "Morning"',
    'turn beach.jpg into a 10-second video called "Morning"',
    'make a 10-second video of beach.jpg and sunset.jpg with the title "Morning"',
    'create a 10-second video of the first photo and the second titled "Morning"',
    '用beach.jpg做一个标题为“Morning”的视频',
    '做一个beach.jpg的视频，标题“Morning”',
  ])('have the title once, at the beginning, whatever the video is made of: %s', (message) => {
    for (const media of [NAMED.slice(0, 1), NAMED.slice(0, 2), NAMED]) {
      const draft = creates(message, media);
      expect(texts(draft)).toHaveLength(1);
      expect(title(draft)).toMatchObject({ s: 400, m: { text: 'Morning', position: 'center' } });
    }
  });

  it.each([
    ['make a video with the title "Morning" on the second photo', 4000, 8000],
    ['make a video and put the title "Morning" on the second photo', 4000, 8000],
    ['make a video with the title "Morning" from 5s to 8s', 5000, 8000],
    ['做一个视频，标题“Morning”放在第二张照片上', 4000, 8000],
    ['做一个视频，标题“Morning”从5秒到8秒', 5000, 8000],
  ])('have the title once, where it is asked to stand: %s', (message, from, to) => {
    const [only, ...others] = texts(creates(message, NAMED));
    expect(others).toEqual([]);
    expect(only?.m).toMatchObject({ text: 'Morning', role: 'title', position: 'center' });
    expect(only?.s).toBeGreaterThanOrEqual(from);
    expect((only?.s ?? 0) + (only?.d ?? 0)).toBeLessThanOrEqual(to);
  });

  it('stand where and when they are asked to', () => {
    const draft = creates(
      "create a 30-second ad: 'Hand-made' from 2s to 5s at the top, 'Free shipping' from 10s to 14s in red",
    );
    expect(textSaying(draft, 'Hand-made')).toMatchObject({ s: 2000, d: 3000, m: { position: 'top' } });
    expect(textSaying(draft, 'Free shipping')).toMatchObject({ s: 10_000, d: 4000, m: { color: '#ff0000' } });
  });
});

describe('a video out of words alone', () => {
  it('is made of scenes that are said to be placeholders', () => {
    const plan = ask('create a 30-second promotional video with music and text overlays', { media: [] });
    const draft = draftOf(plan);
    expect(pictures(draft).map(({ m }) => m.kind)).toEqual(['scene', 'scene', 'scene']);
    expect(new Set(pictures(draft).map(({ m }) => m.src)).size).toBe(3);
    expect(draft.d).toBe(30_000);
    expect(plan.credits).toBe(300);
    expect(plan.reply).toContain('placeholder');
    expect(plan.stages[0]?.call?.name).toBe('generate_clip');
  });

  it('shows what the words say', () => {
    const draft = creates('a 10-second video of a city at night', []);
    expect(pictures(draft)[0]?.m).toMatchObject({
      name: 'city at night',
      src: 'local:scene/1?words=city%20at%20night',
    });
    expect(title(draft).m.text).toBe('City at Night');
  });

  it('generates no more clips than the account can pay for, but always one', () => {
    const message = 'create a 60-second video of the sea';
    expect(ask(message, { media: [], credits: 1000 }).credits).toBe(600);
    expect(ask(message, { media: [], credits: 250 }).credits).toBe(200);
    const poor = ask(message, { media: [], credits: 0 });
    expect(poor.credits).toBe(100);
    expect(draftOf(poor).d).toBe(60_000);
  });
});
