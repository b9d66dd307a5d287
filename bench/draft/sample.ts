/**
 * A big draft for the benchmarks, the same for the same arguments: keys and values as the recordings and the local
 * backend have them, with many that the decoder has no name for. 10,000 segments are 2.8 MB of JSON.
 */

/** What can be made different from one draft to the next. */
export interface SampleOptions {
  readonly segments: number;
  /** Whether tracks and segments have ids. Default true. */
  readonly hasIds?: boolean;
  /** By how much every segment starts later, in ms. Default 0. */
  readonly laterMs?: number;
  /** Whether a few segments were changed, added and removed. Default false. */
  readonly isEdited?: boolean;
}

const TRACK_TYPES = [0, 0, 0, 0, 0, 1, 1, 7, 7, 7];

/** The draft, as JSON text. */
export function sampleDraft({
  segments,
  hasIds = true,
  laterMs = 0,
  isEdited = false,
}: SampleOptions): string {
  const t = TRACK_TYPES.map((tt, track) => {
    let s = laterMs;
    const sg = Array.from({ length: segments / TRACK_TYPES.length }, (_, index) => {
      const d = 500 + ((track * 7919 + index * 104_729) % 4000);
      const segment = {
        ...(hasIds ? { id: `seg-${track}-${index}` } : {}),
        s,
        d,
        m: metaOf(tt, track, index),
      };
      s += d;
      return segment;
    });
    if (isEdited && track % 3 === 0) {
      sg.splice(100, 1);
      sg.splice(50, 1, {
        ...(hasIds ? { id: `new-${track}` } : {}),
        s: 0,
        d: 1000,
        m: metaOf(tt, track, 99_999),
      });
      sg.push({ ...(hasIds ? { id: `more-${track}` } : {}), s, d: 1000, m: metaOf(tt, track, 88_888) });
    }
    return { tt, ...(hasIds ? { id: `track-${track}` } : {}), m: { name: `Track ${track}` }, sg };
  });
  return JSON.stringify({ t, d: 1_500_000, m: { title: 'Bench', width: 1920, height: 1080 } });
}

function metaOf(tt: number, track: number, index: number): object {
  const file = `https://cdn.example.com/u/${track}/${index}`;
  if (tt === 7) {
    return {
      text: `Caption ${index} of track ${track}: something to be read aloud`,
      role: 'caption',
      position: 'bottom',
      size: 0.055,
      color: '#ffffff',
      style: { font: 'Inter', weight: 500, shadow: true },
      animation: { in: 'fade', out: 'fade', d: 200 },
      language: 'en',
    };
  }
  if (tt === 1) {
    return {
      name: `sound-${index}.m4a`,
      src: `${file}/sound-${index}.m4a?sig=0123456789abcdef`,
      volume: 0.35,
      fadeIn: 500,
      fadeOut: 500,
      sampleRate: 48_000,
      channels: 2,
      hash: 'd41d8cd98f00b204e9800998ecf8427e',
    };
  }
  return {
    name: `photo-${index}.jpg`,
    src: `${file}/photo-${index}.jpg?sig=0123456789abcdef`,
    kind: 'image',
    motion: 'zoom-in',
    transition: { type: 'crossfade', d: 500 },
    width: 4032,
    height: 3024,
    hash: 'd41d8cd98f00b204e9800998ecf8427e',
  };
}
