import type { Demuxer, Frame, Packet, Stream } from 'node-av';
import type { MediaFormat } from './header.js';

/** The FFmpeg bindings, as a value: they are an optional peer and may be absent. */
export type NodeAv = typeof import('node-av');

let loading: Promise<NodeAv | null> | undefined;

/** The FFmpeg bindings, or null where they are not installed (or their binary does not suit this machine). */
export function loadNodeAv(): Promise<NodeAv | null> {
  loading ??= import('node-av').then(
    (av) => {
      // Its own messages go to stderr as they please; what matters arrives here as an error.
      av.Log.setLevel(av.AV_LOG_FATAL);
      return av;
    },
    () => null,
  );
  return loading;
}

/** FFmpeg's own names for what reads each format, in the order in which they are tried. */
const DEMUXERS: Readonly<Record<MediaFormat, readonly string[]>> = {
  mp4: ['mov'],
  mov: ['mov'],
  m4a: ['mov'],
  avi: ['avi'],
  webm: ['matroska'],
  mkv: ['matroska'],
  jpg: ['jpeg_pipe'],
  png: ['png_pipe'],
  gif: ['gif'],
  webp: ['webp_anim', 'webp_pipe'],
  mp3: ['mp3'],
  wav: ['wav'],
  aac: ['aac'],
};

/**
 * Opens a file as what its content says that it is. FFmpeg is never left to guess: a name with a `%` would be taken
 * for a numbered sequence, and a playlist would make it open other files and addresses.
 */
export async function openMedia(av: NodeAv, path: string, format: MediaFormat): Promise<Demuxer> {
  let failure: unknown;
  for (const name of DEMUXERS[format]) {
    try {
      return await av.Demuxer.open(path, { format: name });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** The stream to show: a cover picture inside a song is not one. */
export function pictureStream(av: NodeAv, demuxer: Demuxer): Stream | undefined {
  return demuxer.streams.find(
    (stream) =>
      stream.codecpar.codecType === av.AVMEDIA_TYPE_VIDEO &&
      !stream.hasDisposition(av.AV_DISPOSITION_ATTACHED_PIC),
  );
}

/** The stream to hear. */
export function soundStream(av: NodeAv, demuxer: Demuxer): Stream | undefined {
  return demuxer.streams.find((stream) => stream.codecpar.codecType === av.AVMEDIA_TYPE_AUDIO);
}

/**
 * The packets of one stream and at the end null, which flushes a decoder. A packet is valid until the next one is
 * asked for. (`Demuxer.packets()` needs `Promise.withResolvers`, which Node 20 lacks, and fails silently there.)
 */
export async function* readPackets(
  av: NodeAv,
  demuxer: Demuxer,
  stream: Stream,
): AsyncGenerator<Packet | null> {
  const context = demuxer.getFormatContext();
  const packet = new av.Packet();
  packet.alloc();
  try {
    while ((await context.readFrame(packet)) >= 0) {
      if (packet.streamIndex === stream.index) yield packet;
      packet.unref();
    }
    yield null;
  } finally {
    packet.free();
  }
}

/**
 * FFmpeg refuses frames of more before it takes the memory for them. It adds a margin to both sides; what has more than 100
 * megapixels without it is refused by its header.
 */
const MOST_PIXELS = 110e6;

/**
 * The decoded frames of one stream, from wherever the demuxer is. The consumer frees each. With `strict` any
 * damage is an error; without it what can be shown is shown, as players do.
 */
export async function* decodeFrames(
  av: NodeAv,
  demuxer: Demuxer,
  stream: Stream,
  { strict = false } = {},
): AsyncGenerator<Frame> {
  const decoder = await av.Decoder.create(
    stream,
    strict
      ? { options: { err_detect: 'explode', max_pixels: String(MOST_PIXELS) } }
      : { exitOnError: false, options: { max_pixels: String(MOST_PIXELS) } },
  );
  try {
    for await (const packet of readPackets(av, demuxer, stream)) {
      const frames = await decoder.decodeAll(packet);
      try {
        for (let frame = frames.shift(); frame; frame = frames.shift()) yield frame;
      } finally {
        for (const frame of frames) frame.free();
      }
    }
  } finally {
    decoder.close();
  }
}
