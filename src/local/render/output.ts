import * as av from 'node-av';
import { describeYuv } from './draw/convert.js';
import type { RenderSettings } from './settings.js';
import { BLOCK_SAMPLES, SAMPLE_RATE } from './sound/format.js';

/** A key picture this often, so that players can jump. */
const KEY_SECONDS = 2;

/**
 * x264's threads each take a picture and see only what the others have finished, so their number shows in the bytes.
 * A fixed number makes a file the same wherever it is made.
 */
const VIDEO_THREADS = 4;

/**
 * What `superfast` leaves out of `veryfast` and shouldn't: looking ahead to spend bits where they last. It takes hardly
 * any time and brings the file from nearly twice the size down to that of `veryfast`.
 */
const LOOKAHEAD = { 'rc-lookahead': 10, mbtree: true };

const SOUND_BITS_PER_SECOND = 160_000;

/** Constant quality: hardly told from the original at arm's length. */
const QUALITY = 21;

/** Writes pictures and sound into an MP4 that plays before it is loaded whole. */
export class Mp4Writer {
  readonly #picture: av.Frame;
  #pictures = 0n;
  #blocks = 0n;

  private constructor(
    settings: RenderSettings,
    private readonly muxer: av.Muxer,
    private readonly video: { encoder: av.Encoder; stream: number },
    private readonly sound: { encoder: av.Encoder; stream: number },
  ) {
    this.#picture = describeYuv(settings);
    this.#picture.timeBase = new av.Rational(1000, Math.round(settings.fps * 1000));
  }

  static async open(path: string, settings: RenderSettings): Promise<Mp4Writer> {
    const rate = new av.Rational(Math.round(settings.fps * 1000), 1000);
    const video = await av.Encoder.create(av.FF_ENCODER_LIBX264, {
      gopSize: Math.max(1, Math.round(settings.fps * KEY_SECONDS)),
      threadCount: VIDEO_THREADS,
      options: {
        preset: settings.preset,
        crf: QUALITY,
        ...(settings.preset === 'ultrafast' ? {} : LOOKAHEAD),
      },
      configure: (context) => {
        context.framerate = rate;
        context.timeBase = new av.Rational(rate.den, rate.num);
      },
    });
    const sound = await av.Encoder.create(av.FF_ENCODER_AAC, { bitrate: SOUND_BITS_PER_SECOND });
    const muxer = await av.Muxer.open(path, { format: 'mp4', options: { movflags: '+faststart' } });
    return new Mp4Writer(
      settings,
      muxer,
      { encoder: video, stream: muxer.addStream(video) },
      { encoder: sound, stream: muxer.addStream(sound) },
    );
  }

  /** Adds a picture as the converter makes it. The encoder takes a copy, so its memory is free when this resolves. */
  async addPicture(pixels: Buffer): Promise<void> {
    av.FFmpegError.throwIfError(this.#picture.fromBuffer(pixels), 'read a picture');
    this.#picture.pts = this.#pictures++;
    await this.#encode(this.video, this.#picture);
  }

  /** Adds a block of {@link BLOCK_SAMPLES} samples, -1 to 1. */
  async addSound(left: Float32Array, right: Float32Array): Promise<void> {
    const planes = new Float32Array(BLOCK_SAMPLES * 2);
    planes.set(left);
    planes.set(right, BLOCK_SAMPLES);
    const frame = av.Frame.fromAudioBuffer(Buffer.from(planes.buffer), {
      nbSamples: BLOCK_SAMPLES,
      format: av.AV_SAMPLE_FMT_FLTP,
      sampleRate: SAMPLE_RATE,
      channelLayout: av.AV_CHANNEL_LAYOUT_STEREO,
      timeBase: { num: 1, den: SAMPLE_RATE },
      pts: this.#blocks++ * BigInt(BLOCK_SAMPLES),
    });
    await this.#encode(this.sound, frame);
    frame.free();
  }

  /** Writes what the encoders still hold, and the index. */
  async finish(): Promise<void> {
    for (const track of [this.video, this.sound]) {
      await this.#encode(track, null);
      track.encoder.close();
    }
    await this.muxer.close();
    this.#picture.free();
  }

  /** A synchronous first call crashes at exit, so all are asynchronous; the wait is nothing beside the work. */
  async #encode(
    { encoder, stream }: { encoder: av.Encoder; stream: number },
    frame: av.Frame | null,
  ): Promise<void> {
    for (const packet of await encoder.encodeAll(frame)) {
      await this.muxer.writePacket(packet, stream);
      packet.free();
    }
  }
}
