import * as av from 'node-av';
import { type LocalDraft, MUSIC_STYLES } from '../dialect.js';
import { openMedia, soundStream } from '../media/open.js';
import { deriveSeed } from '../random.js';
import { LocalRenderError } from './failure.js';
import { filterValue, Graph } from './graph.js';
import type { RenderJobSpec } from './job.js';
import { isMusicStyle } from './music.js';
import { tracksOf } from './read-draft.js';
import type { RenderSettings } from './settings.js';
import { findSource, readGenerated } from './sources.js';
import { layOutAlone, layOutPictures } from './spans.js';
import { MusicPlayer, type StereoBlock } from './synth.js';

/** Samples per second of every sound that is mixed and written. */
export const SAMPLE_RATE = 48_000;

/** As many samples as an AAC frame holds. */
export const BLOCK_SAMPLES = 1024;

/** As many samples of music as are made at a time. */
const MUSIC_SAMPLES = 8 * BLOCK_SAMPLES;

/** What sound is made from. */
export interface SoundInput {
  spec: Pick<RenderJobSpec, 'media' | 'seed'>;
  draft: LocalDraft;
  settings: RenderSettings;
  warn(text: string): void;
}

/** One thing to be heard. Times in ms on the timeline. */
interface Audible {
  from: number;
  to: number;
  /** 0 to 1. */
  volume: number;
  fadeInMs: number;
  fadeOutMs: number;
  src: string;
  name: string;
  /** Where in its source it begins, in ms, and how much faster it plays. */
  in: number;
  speed: number;
}

/** Nothing begins or ends more suddenly than this: it would click. */
const SOFTEST_MS = 8;

/** Peaks are turned down to this, which leaves room for peaks between two samples and for what AAC adds. */
const LIMIT = 0.74;

/** Everything that is to be heard, as blocks of sound up to the end of the video. The consumer frees each. */
export async function* mixSound(input: SoundInput): AsyncGenerator<av.Frame> {
  const { settings, spec, warn } = input;
  const samples = Math.ceil((settings.frames / settings.fps) * SAMPLE_RATE);
  const chains: string[] = [];
  const players = new Map<string, MusicPlayer>();
  for (const audible of audiblesOf(input)) {
    const label = `s${chains.length}`;
    const music = readGenerated(audible.src, 'music');
    if (music) {
      const style = isMusicStyle(music.name) ? music.name : MUSIC_STYLES[0];
      if (style !== music.name) {
        warn(`There is no music of the style ${JSON.stringify(music.name)}; ${style} is played instead.`);
      }
      const seconds = (audible.to - audible.from) / 1000;
      const player = new MusicPlayer(style, deriveSeed(spec.seed, `music ${music.name}`), seconds);
      players.set(`abuffer@${label}`, player);
      chains.push(`${soundInput(label)},${shape(audible)}[${label}]`);
    } else {
      const source = await describeFile(audible, spec.media);
      if (source) chains.push(`${source},${shape(audible)}[${label}]`);
    }
  }
  const labels = chains.map((_, index) => `[s${index}]`).join('');
  const graph = await Graph.open(
    [
      ...chains,
      `anullsrc=sample_rate=${SAMPLE_RATE}:channel_layout=stereo,atrim=end_sample=${samples}[silence]`,
      `[silence]${labels}amix=inputs=${chains.length + 1}:normalize=0:duration=first:dropout_transition=0,` +
        `alimiter=limit=${LIMIT}:level=0:attack=4:release=60:latency=1,` +
        `aformat=sample_fmts=fltp,asetnsamples=${BLOCK_SAMPLES},abuffersink@out`,
    ].join(';'),
  );
  try {
    for (let fed = 0; ; fed += MUSIC_SAMPLES) {
      yield* graph.ready();
      if (players.size === 0) return;
      for (const [input, player] of [...players]) {
        const block = fed < samples ? player.next(MUSIC_SAMPLES) : undefined;
        graph.add(input, block ? toFrame(block, fed) : null);
        if (!block) players.delete(input);
      }
    }
  } finally {
    graph.free();
  }
}

/** Everything audible of a draft: music and sounds, and what clips bring with them. */
function audiblesOf({ draft, settings }: SoundInput): Audible[] {
  const sounds = tracksOf(draft, 1).flatMap(({ sg }) =>
    layOutAlone(sg).map(({ segment: { m }, from, to }) => ({
      ...{ from, to, src: m.src, name: m.name, in: m.in ?? 0, speed: 1 },
      ...{ volume: m.volume ?? 1, fadeInMs: m.fadeIn ?? 0, fadeOutMs: m.fadeOut ?? 0 },
    })),
  );
  const clips = tracksOf(draft, 0).flatMap(({ sg }) =>
    layOutPictures(
      sg.filter(({ m }) => m.role !== 'logo'),
      settings.durationMs,
    )
      .filter(({ segment: { m } }) => m.kind === 'video')
      .map(({ segment: { m }, from, to, fadeInMs, fadeOutMs }) => ({
        ...{ from, to, src: m.src, name: m.name, in: m.in ?? 0, speed: m.speed ?? 1 },
        ...{ volume: m.volume ?? 1, fadeInMs, fadeOutMs },
      })),
  );
  return [...sounds, ...clips].filter(({ volume, from, to }) => volume > 0 && to > from);
}

/** Brings a sound into its time: its volume, its fades, and silence before it. */
function shape({ from, to, volume, fadeInMs, fadeOutMs }: Audible): string {
  const seconds = (to - from) / 1000;
  const [fadeIn, fadeOut] = [fadeInMs, fadeOutMs].map((ms) => Math.max(SOFTEST_MS, ms) / 1000);
  return [
    `atrim=end=${seconds}`,
    `volume=${volume}`,
    `afade=t=in:d=${fadeIn}`,
    `afade=t=out:st=${Math.max(0, seconds - (fadeOut ?? 0))}:d=${fadeOut}`,
    `adelay=${Math.round((from * SAMPLE_RATE) / 1000)}S:all=1`,
  ].join(',');
}

/**
 * A file as the beginning of a chain: read from its `in` on, at its speed and pitch. Undefined for a file without sound.
 *
 * @throws LocalRenderError when it is damaged
 */
async function describeFile(audible: Audible, media: RenderJobSpec['media']): Promise<string | undefined> {
  const source = await findSource(media, audible);
  const demuxer = await openMedia(av, source.path, source.format).catch((error: unknown) => {
    throw new LocalRenderError({ reason: 'media', file: source.name, problem: 'it is damaged' }, error);
  });
  try {
    const stream = soundStream(av, demuxer);
    if (!stream) return undefined;
    const start = Math.max(0, demuxer.startTime) + audible.in / 1000;
    // FFmpeg is not left to guess the format here either; see openMedia.
    const [format] = demuxer.formatName.split(',');
    return [
      `amovie=filename=${filterValue(source.path)}:format_name=${format}:streams=${stream.index}` +
        (audible.in > 0 ? `:seek_point=${audible.in / 1000}` : ''),
      `atrim=start=${start}`,
      `asetpts=PTS-${start}/TB`,
      ...tempoSteps(audible.speed).map((step) => `atempo=${step}`),
      `aresample=${SAMPLE_RATE}`,
      'aformat=sample_fmts=fltp:channel_layouts=stereo',
    ].join(',');
  } finally {
    await demuxer.close();
  }
}

/** A speed as a product of such that `atempo` takes in one go without loss. */
export function tempoSteps(speed: number): number[] {
  if (speed === 1) return [];
  if (speed > 2) return [2, ...tempoSteps(speed / 2)];
  if (speed < 0.5) return [0.5, ...tempoSteps(speed / 0.5)];
  return [speed];
}

function soundInput(name: string): string {
  return `abuffer@${name}=sample_rate=${SAMPLE_RATE}:sample_fmt=fltp:channel_layout=stereo:time_base=1/${SAMPLE_RATE}`;
}

/** A block of sound as a frame with its own memory. */
export function toFrame({ left, right }: StereoBlock, at: number): av.Frame {
  const frame = new av.Frame();
  frame.alloc();
  frame.nbSamples = left.length;
  frame.format = av.AV_SAMPLE_FMT_FLTP;
  frame.sampleRate = SAMPLE_RATE;
  frame.channelLayout = av.AV_CHANNEL_LAYOUT_STEREO;
  frame.pts = BigInt(at);
  av.FFmpegError.throwIfError(frame.getBuffer(), 'make room for sound');
  for (const [channel, samples] of [left, right].entries()) {
    const plane = frame.data?.[channel];
    if (plane) Buffer.from(samples.buffer).copy(plane);
  }
  return frame;
}
