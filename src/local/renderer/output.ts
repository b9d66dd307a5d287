import * as av from 'node-av';
import { type RenderSettings, rateOf } from './settings.js';

/** A key picture this often, so that players can jump. */
const KEY_SECONDS = 2;

/**
 * x264's threads each take a picture and see only what the others have finished, so their number shows in the bytes.
 * A fixed number makes a file the same wherever it is made.
 */
const VIDEO_THREADS = 4;

/**
 * What `superfast` leaves out of `veryfast` and is worth having: looking ahead to spend bits where they last. It takes hardly
 * any time, and the file is as small as with `veryfast` instead of nearly twice as large.
 */
const LOOKAHEAD = { 'rc-lookahead': 10, mbtree: true };

const SOUND_BITS_PER_SECOND = 160_000;

/** Constant quality: at arm's length it looks like the original. */
const QUALITY = 21;

/** Writes pictures and sound into an MP4 that plays before it is loaded whole. */
export class Mp4Writer {
  private constructor(
    private readonly muxer: av.Muxer,
    private readonly video: { encoder: av.Encoder; stream: number },
    private readonly sound: { encoder: av.Encoder; stream: number },
  ) {}

  static async open(path: string, settings: RenderSettings): Promise<Mp4Writer> {
    const [frames = 1, seconds = 1] = rateOf(settings).split('/').map(Number);
    const video = await av.Encoder.create(av.FF_ENCODER_LIBX264, {
      gopSize: Math.max(1, Math.round(settings.fps * KEY_SECONDS)),
      threadCount: VIDEO_THREADS,
      options: {
        preset: settings.preset,
        crf: QUALITY,
        ...(settings.preset === 'ultrafast' ? {} : LOOKAHEAD),
      },
      configure: (context) => {
        context.framerate = new av.Rational(frames, seconds);
        context.timeBase = new av.Rational(seconds, frames);
      },
    });
    const sound = await av.Encoder.create(av.FF_ENCODER_AAC, { bitrate: SOUND_BITS_PER_SECOND });
    const muxer = await av.Muxer.open(path, { format: 'mp4', options: { movflags: '+faststart' } });
    return new Mp4Writer(
      muxer,
      { encoder: video, stream: muxer.addStream(video) },
      { encoder: sound, stream: muxer.addStream(sound) },
    );
  }

  /** Adds the next picture and frees it. */
  async addPicture(frame: av.Frame): Promise<void> {
    await this.#encode(this.video, frame);
    frame.free();
  }

  /** Adds the next block of sound and frees it. */
  async addSound(frame: av.Frame): Promise<void> {
    await this.#encode(this.sound, frame);
    frame.free();
  }

  /** Writes what the encoders still have, and the index. */
  async finish(): Promise<void> {
    for (const track of [this.video, this.sound]) {
      await this.#encode(track, null);
      track.encoder.close();
    }
    await this.muxer.close();
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
