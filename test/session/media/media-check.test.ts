import { describe, expect, it } from 'vitest';
import { MediaTooLargeError, UnsupportedMediaError } from '../../../src/errors/index.js';
import {
  bytesSource,
  checkMedia,
  type MediaSource,
  streamSource,
} from '../../../src/session/media/media-source.js';
import { HEADS, HEIC, streamOf } from './samples.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const RF64 = ascii('RF64xxxxWAVEds64');
const BW64 = ascii('BW64xxxxWAVEds64');
const LEADING_ZEROS = new Uint8Array(200);

const signal = new AbortController().signal;
const check = (name: string, data: Uint8Array) => checkMedia(bytesSource(name, data), signal);

describe('checking media before a byte is sent', () => {
  it.each(Object.entries(HEADS))(
    'takes a .%s whose content is what its name says',
    async (extension, data) => {
      await expect(check(`clip.${extension}`, data)).resolves.toMatchObject({
        source: { name: `clip.${extension}` },
      });
    },
  );

  it('reports the kind and the media type that the service will see', async () => {
    expect(await check('a.JPEG', HEADS.jpg)).toMatchObject({ kind: 'image', mime: 'image/jpeg' });
    expect(await check('a.m4a', HEADS.m4a)).toMatchObject({ kind: 'audio', mime: 'audio/mp4' });
    expect(await check('a.mov', HEADS.mov)).toMatchObject({ kind: 'video', mime: 'video/quicktime' });
  });

  it('takes formats that share a container under each other’s extension', async () => {
    await expect(check('iphone.mp4', HEADS.mov)).resolves.toMatchObject({ mime: 'video/mp4' });
    await expect(check('voice.aac', HEADS.mp3)).resolves.toMatchObject({ kind: 'audio' });
    await expect(check('clip.webm', HEADS.mkv)).resolves.toMatchObject({ kind: 'video' });
  });

  it.each([
    ['photo.jpg', HEADS.png],
    ['song.mp3', HEADS.wav],
    ['clip.mp4', HEADS.webm],
    ['voice.m4a', HEADS.mp4],
    ['radio.wav', RF64],
    ['radio.wav', BW64],
    ['song.mp3', LEADING_ZEROS],
    ['voice.aac', LEADING_ZEROS],
    ['clip.mov', new Uint8Array([0, 0, 0, 8, 0x70, 0x6e, 0x6f, 0x74])],
    ['clip.mp4', new Uint8Array([0x47, 0x40, 0x00, 0x10])],
  ])('leaves %s to the service where the content may be what it accepts', async (name, data) => {
    await expect(check(name, data)).resolves.toMatchObject({ source: { name } });
  });

  it.each([
    ['notes.txt', HEADS.jpg, '.txt'],
    ['photo.heic', HEIC, '.heic'],
    ['photo.jpg', HEADS.mp3, 'mp3'],
    ['photo.jpg', HEIC, 'HEIC'],
    ['clip.mp4', new TextEncoder().encode('<html>not found</html>'), 'text'],
    ['clip.mp4', new TextEncoder().encode('%PDF-1.7'), 'PDF'],
    ['clip.mp4', new Uint8Array(100), 'no accepted type'],
    ['empty.mp4', new Uint8Array(0), 'empty'],
    ['song.mp3', HEADS.mp4, 'mp4'],
    ['photo', HEADS.png, 'name it'],
    ['a.constructor', HEADS.png, '.constructor'],
  ])('refuses %s and says why, naming it and what is accepted', async (name, data, reason) => {
    const error = await check(name, data).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnsupportedMediaError);
    expect(error).toMatchObject({ file: name, message: expect.stringContaining(reason) });
    expect(error).toMatchObject({ accepted: expect.arrayContaining(['mp4', 'jpg', 'jpeg', 'm4a']) });
  });

  it('refuses a file over 500 MB by its size, without reading it', async () => {
    const source: MediaSource = {
      name: 'long.mp4',
      size: 500 * 1024 * 1024 + 1,
      slices() {
        throw new Error('read');
      },
    };
    const error = await checkMedia(source, signal).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MediaTooLargeError);
    expect(error).toMatchObject({ file: 'long.mp4', limitBytes: 524_288_000, sizeBytes: 524_288_001 });
  });

  it('finds a signature that arrives in pieces, and cancels the stream it looked at', async () => {
    let cancelled = 0;
    const open = (): ReadableStream<Uint8Array> => {
      const pieces = [...HEADS.png].map((byte) => new Uint8Array([byte]));
      return new ReadableStream({
        pull(controller) {
          const piece = pieces.shift();
          if (piece !== undefined) controller.enqueue(piece);
        },
        cancel() {
          cancelled += 1;
        },
      });
    };
    await expect(checkMedia(streamSource({ name: 'a.png', open }), signal)).resolves.toMatchObject({
      kind: 'image',
    });
    expect(cancelled).toBe(1);
  });

  it('calls a stream without bytes empty', async () => {
    const source = streamSource({ name: 'a.png', open: () => streamOf() });
    await expect(checkMedia(source, signal)).rejects.toThrow('it is empty');
  });
});
