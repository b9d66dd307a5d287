import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FRAME_SIZES, type LocalDraft, type LocalMedia } from '../../src/local/dialect.js';
import { resolveSettings } from '../../src/local/renderer/settings.js';
import { mixSound, SAMPLE_RATE } from '../../src/local/renderer/sound.js';

/** x264's trade of time against size. */
export type Preset = 'ultrafast' | 'superfast' | 'veryfast';

const FPS = 30;
const CROSSFADE_S = 0.8;
const TITLE = 'The Autumn Collection';
const CAPTION = 'Five things for slow mornings';
const font = (name: string): string =>
  fileURLToPath(new URL(`../../src/local/fonts/${name}`, import.meta.url));

/** The video as a draft: the last of the pictures is the logo. */
export function benchDraft(
  photos: readonly string[],
  seconds: number,
): { draft: LocalDraft; media: LocalMedia[] } {
  const media = photos.map(
    (path): LocalMedia => ({
      name: basename(path),
      kind: 'image',
      url: `local:upload/${basename(path)}`,
      path,
      bytes: 0,
    }),
  );
  const [logo, ...reversed] = [...media].reverse();
  const shots = reversed.reverse();
  const d = (seconds * 1000) / shots.length;
  const end = seconds * 1000;
  const draft: LocalDraft = {
    d: end,
    m: { title: TITLE, ...FRAME_SIZES['16:9'], fps: FPS, seed: 1 },
    t: [
      {
        tt: 0,
        id: 'video',
        m: { name: 'Video' },
        sg: shots.map(({ name, url }, index) => ({
          id: name,
          s: index * d,
          d,
          m: { name, src: url, kind: 'image', transition: { type: 'crossfade', d: CROSSFADE_S * 1000 } },
        })),
      },
      {
        tt: 0,
        id: 'logo',
        m: { name: 'Logo', role: 'overlay' },
        sg: logo
          ? [{ id: 'logo', s: 0, d: end, m: { name: logo.name, src: logo.url, kind: 'image', role: 'logo' } }]
          : [],
      },
      {
        tt: 7,
        id: 'text',
        m: { name: 'Text' },
        sg: [
          { id: 'title', s: 0, d: d, m: { text: TITLE, role: 'title' } },
          { id: 'caption', s: d, d: end - d, m: { text: CAPTION, role: 'caption' } },
        ],
      },
      {
        tt: 1,
        id: 'music',
        m: { name: 'Music' },
        sg: [{ id: 'music', s: 0, d: end, m: { name: 'Upbeat', src: 'local:music/upbeat', fadeOut: 1500 } }],
      },
    ],
  };
  return { draft, media };
}

/** The same video as ffmpeg's arguments: each photo scaled and zoomed over, crossfades, logo, words, x264, AAC. */
export function ffmpegArguments({
  photos,
  wav,
  out,
  seconds,
  preset,
}: {
  photos: readonly string[];
  wav: string;
  out: string;
  seconds: number;
  preset: Preset;
}): string[] {
  const { width, height } = FRAME_SIZES['16:9'];
  const shots = photos.length - 1;
  const length = seconds / shots;
  const frames = Math.round((length + CROSSFADE_S) * FPS);
  const graph: string[] = [];
  for (let shot = 0; shot < shots; shot++) {
    graph.push(
      `[${shot}:v]scale=2112:1188:force_original_aspect_ratio=increase,crop=2112:1188,` +
        `zoompan=z='1.1^(on/${frames})':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=${frames}:s=${width}x${height}:fps=${FPS},` +
        `format=yuv420p[shot${shot}]`,
    );
  }
  let before = 'shot0';
  for (let shot = 1; shot < shots; shot++) {
    graph.push(`[${before}][shot${shot}]xfade=duration=${CROSSFADE_S}:offset=${shot * length}[mix${shot}]`);
    before = `mix${shot}`;
  }
  graph.push(
    `[${shots}:v]scale=173:-1[logo]`,
    `[${before}][logo]overlay=W-w-96:76,` +
      `drawtext=fontfile=${font('inter-latin-800-normal.woff2')}:text='${TITLE}':fontsize=100:fontcolor=white:` +
      `shadowx=2:shadowy=3:x=(w-tw)/2:y=(h-th)/2:enable='lt(t,${length})',` +
      `drawtext=fontfile=${font('inter-latin-500-normal.woff2')}:text='${CAPTION}':fontsize=50:fontcolor=white:` +
      `box=1:boxcolor=black@0.5:boxborderw=20:x=(w-tw)/2:y=h-150:enable='gte(t,${length})'[video]`,
  );
  return [
    ...['-hide_banner', '-benchmark', '-y'],
    ...photos.flatMap((path) => ['-i', path]),
    ...['-i', wav, '-filter_complex', graph.join(';'), '-map', '[video]', '-map', `${photos.length}:a`],
    ...['-c:v', 'libx264', '-preset', preset, '-crf', '21', '-g', String(FPS * 2)],
    ...(preset === 'ultrafast' ? [] : ['-x264-params', 'mbtree=1:rc-lookahead=10']),
    ...['-c:a', 'aac', '-b:a', '160k', '-movflags', '+faststart', '-t', String(seconds), out],
  ];
}

/** The draft's music as a 16-bit WAV, because ffmpeg cannot compose. */
export async function musicAsWav(draft: LocalDraft, seed = 1): Promise<Buffer> {
  const blocks: Buffer[] = [];
  const input = { draft, spec: { media: [], seed }, settings: resolveSettings(draft), warn: () => {} };
  for await (const frame of mixSound(input)) {
    const [left, right] = frame.data ?? [];
    const bytes = Buffer.alloc(frame.nbSamples * 4);
    for (let at = 0; left && right && at < frame.nbSamples; at++) {
      bytes.writeInt16LE(Math.round(left.readFloatLE(at * 4) * 32_767), at * 4);
      bytes.writeInt16LE(Math.round(right.readFloatLE(at * 4) * 32_767), at * 4 + 2);
    }
    frame.free();
    blocks.push(bytes);
  }
  const samples = Buffer.concat(blocks);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 4, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
