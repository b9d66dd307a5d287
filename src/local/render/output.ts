import * as av from 'node-av';
import type { RenderSettings } from './settings.js';
import { BLOCK_SAMPLES, SAMPLE_RATE } from './sound/format.js';

/** A key picture this often, so that players can jump. */
const KEY_SECONDS = 2;

/**
 * x264's threads each take a picture and see only what the others have finished, so their number shows in the bytes.
 * A fixed number makes a file the same wherever it is made.
 */
const VIDEO_THREADS = 4;

const SOUND_BITS_PER_SECOND = 160_000;

/** Constant quality: hardly told from the original at arm's length. */
const QUALITY = 21;

/** Writes pictures and sound into an MP4 that plays before it is loaded whole. */
export class Mp4Writer {
  readonly #rgba: av.Frame;
  readonly #yuv: av.Frame;
  readonly #scaler = new av.SoftwareScaleContext();
  #pictures = 0n;
  #blocks = 0n;

  private constructor(
    settings: RenderSettings,
    private readonly muxer: av.Muxer,
    private readonly video: { encoder: av.Encoder; stream: number },
    private readonly sound: { encoder: av.Encoder; stream: number },
  ) {
    this.#rgba = allocate(settings, av.AV_PIX_FMT_RGBA);
    this.#rgba.colorSpace = av.AVCOL_SPC_RGB;
    this.#rgba.colorRange = av.AVCOL_RANGE_JPEG;
    this.#yuv = allocate(settings, av.AV_PIX_FMT_YUV420P);
    this.#yuv.colorSpace = av.AVCOL_SPC_BT709;
    this.#yuv.colorPrimaries = av.AVCOL_PRI_BT709;
    this.#yuv.colorTrc = av.AVCOL_TRC_BT709;
    this.#yuv.colorRange = av.AVCOL_RANGE_MPEG;
    this.#yuv.sampleAspectRatio = new av.Rational(1, 1);
    this.#yuv.timeBase = new av.Rational(1000, Math.round(settings.fps * 1000));
    this.#scaler.allocContext();
  }

  static async open(path: string, settings: RenderSettings): Promise<Mp4Writer> {
    const rate = new av.Rational(Math.round(settings.fps * 1000), 1000);
    const video = await av.Encoder.create(av.FF_ENCODER_LIBX264, {
      gopSize: Math.max(1, Math.round(settings.fps * KEY_SECONDS)),
      threadCount: VIDEO_THREADS,
      options: { preset: settings.preset, crf: QUALITY },
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

  /** Adds a picture, RGBA; without one the picture before stands for another frame. The pixels are read at once. */
  async addPicture(pixels?: Buffer): Promise<void> {
    if (pixels) {
      av.FFmpegError.throwIfError(this.#rgba.fromBuffer(pixels), 'read a picture');
      // The encoder may still hold the picture before; then this one gets memory of its own.
      av.FFmpegError.throwIfError(this.#yuv.makeWritable(), 'make room for a picture');
      av.FFmpegError.throwIfError(this.#scaler.scaleFrameSync(this.#yuv, this.#rgba), 'convert a picture');
    }
    this.#yuv.pts = this.#pictures++;
    await this.#encode(this.video, this.#yuv);
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
    this.#scaler.freeContext();
    this.#rgba.free();
    this.#yuv.free();
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

function allocate({ width, height }: RenderSettings, format: av.AVPixelFormat): av.Frame {
  const frame = new av.Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  av.FFmpegError.throwIfError(frame.getBuffer(), 'allocate a picture');
  return frame;
}
