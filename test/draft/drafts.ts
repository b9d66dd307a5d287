import type { LocalDraft, LocalTrack, LocalVideoTrack } from '../../src/local/dialect.js';

/** The draft behind the documented summary, as the recordings carry it. */
export const documented = {
  t: [
    {
      tt: 0,
      m: { name: 'city timelapse' },
      sg: [
        { d: 4000, m: { name: 'city-1.mp4' } },
        { d: 6000, m: { name: 'city-2.mp4' } },
      ],
    },
    { tt: 1, sg: [{ d: 10000, m: { name: 'Lo-fi', volume: 0.35 } }] },
    { tt: 7, sg: [{ d: 3000, m: { text: 'Urban Dreams' } }] },
  ],
  d: 10000,
  m: { title: 'Urban Dreams', width: 1080, height: 1920 },
};

const whole = (title: string, d: number, t: LocalTrack[]): LocalDraft => ({
  t,
  d,
  m: { title, width: 1920, height: 1080, fps: 30, seed: 1 },
});

/** A promotional video as the local backend makes it: five photos, a logo, music, a title and two overlays. */
export function promo(): LocalDraft {
  const photo = (index: number, name: string): LocalVideoTrack['sg'][number] => ({
    id: `p${index}`,
    s: index * 6000,
    d: 6000,
    m: {
      name,
      src: `https://cdn.local/u/${index}/${name}`,
      kind: 'image',
      motion: index % 2 === 0 ? 'zoom-in' : 'pan-left',
      transition: index === 0 ? { type: 'cut', d: 0 } : { type: 'crossfade', d: 800 },
    },
  });
  return whole('Morning Blend', 30_000, [
    {
      tt: 0,
      id: 'pictures',
      m: { name: 'Photos' },
      sg: ['beans.jpg', 'grinder.jpg', 'pour-over.jpg', 'cup.jpg', 'bag.jpg'].map((name, index) =>
        photo(index, name),
      ),
    },
    {
      tt: 0,
      id: 'logo',
      m: { name: 'logo.png', role: 'overlay' },
      sg: [
        {
          id: 'logo-1',
          s: 0,
          d: 30_000,
          m: {
            name: 'logo.png',
            src: 'https://cdn.local/u/6/logo.png',
            kind: 'image',
            role: 'logo',
            position: 'top-right',
          },
        },
      ],
    },
    {
      tt: 1,
      id: 'music',
      m: { name: 'Lo-fi' },
      sg: [
        {
          id: 'm1',
          s: 0,
          d: 30_000,
          m: { name: 'Lo-fi', src: 'local:music/lo-fi', volume: 0.35, fadeOut: 1500 },
        },
      ],
    },
    {
      tt: 7,
      id: 'title',
      m: { name: 'Title' },
      sg: [{ id: 'x1', s: 500, d: 4000, m: { text: 'Morning Blend', role: 'title' } }],
    },
    {
      tt: 7,
      id: 'overlays',
      m: { name: 'Overlays' },
      sg: [
        {
          id: 'x2',
          s: 8000,
          d: 5000,
          m: { text: 'Roasted on Mondays, shipped on Tuesdays', role: 'overlay', position: 'bottom' },
        },
        {
          id: 'x3',
          s: 24_000,
          d: 6000,
          m: { text: 'Order at morningblend.example', role: 'overlay', position: 'bottom' },
        },
      ],
    },
  ]);
}

/** One clip and nothing else. */
export const single = { t: [{ tt: 0, sg: [{ d: 8000, m: { name: 'holiday.mp4' } }] }], d: 8000, m: {} };

/** Forty tracks of every kind, each with a few segments. */
export function forty(): unknown {
  const kinds = [0, 1, 7, 5];
  const t = Array.from({ length: 40 }, (_, track) => ({
    tt: kinds[track % 4],
    m: { name: `Track ${track + 1}` },
    sg: Array.from({ length: 1 + (track % 5) }, (__, index) => ({
      s: (track * 700 + index * 11_000) % 55_000,
      d: 4000 + ((track * 37 + index * 911) % 6000),
      m:
        kinds[track % 4] === 7
          ? { text: `Line ${index + 1} of ${track + 1}` }
          : { name: `take-${track + 1}-${index + 1}` },
    })),
  }));
  return { t, m: { title: 'Forty tracks', width: 1920, height: 1080 } };
}

/** A long recording cut into two thousand pieces on two tracks, some long, most short. */
export function pieces(): { t: { tt: number; m?: object; sg: object[] }[]; m: object } {
  const piece = (index: number): object => ({
    d: index % 100 === 0 ? 60_000 : 400 + ((index * 7919) % 1600),
    m: { name: `cut-${index}.mp4` },
  });
  const line = (index: number): object => ({ s: index * 1800, d: 1500, m: { text: `Line ${index}` } });
  return {
    t: [
      { tt: 0, sg: Array.from({ length: 1000 }, (_, index) => piece(index)) },
      { tt: 7, m: { role: 'subtitle' }, sg: Array.from({ length: 1000 }, (_, index) => line(index)) },
    ],
    m: { title: 'Two thousand segments', width: 1920, height: 1080 },
  };
}

/** Names in scripts that are wide, combined, written from the right, or meant as markup. */
export const scripts = {
  t: [
    {
      tt: 0,
      m: { name: '城市延时摄影' },
      sg: [
        { d: 4000, m: { name: '上海外滩日落时分的车流.mp4' } },
        { d: 3000, m: { name: '東京タワー 夜景.mov' } },
        { d: 3000, m: { name: '한강 공원의 봄.mp4' } },
      ],
    },
    { tt: 0, m: { role: 'overlay' }, sg: [{ s: 1000, d: 5000, m: { name: '👨‍👩‍👧‍👦 家族 🎉🎉.png' } }] },
    { tt: 1, sg: [{ d: 10_000, m: { name: '夜曲 🎵 (lo‑fi)', volume: 0.35 } }] },
    {
      tt: 7,
      sg: [
        { d: 3000, m: { text: '梦想之城' } },
        { d: 3000, m: { text: '<script>alert("x")</script> & Co.' } },
        { d: 4000, m: { text: 'مدينة الأحلام' } },
      ],
    },
  ],
  d: 10_000,
  m: { title: '城市之梦 🌃', width: 1080, height: 1920 },
};

/** Segments without any length, alone and beside others, and overlaps. */
export const instants = {
  t: [
    {
      tt: 0,
      sg: [
        { d: 0, m: { name: 'flash.png' } },
        { d: 2000, m: { name: 'a.mp4' } },
        { s: 5000, d: 0, m: { name: 'blink.png' } },
      ],
    },
    {
      tt: 1,
      sg: [
        { s: 0, d: 6000, m: { name: 'first' } },
        { s: 4000, d: 4000, m: { name: 'second' } },
        { s: 5000, d: 2000, m: { name: 'third' } },
      ],
    },
    { tt: 7, sg: [] },
  ],
  d: 6000,
  m: { title: 'No length, and overlaps' },
};
