import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { UnsupportedMediaError } from '../../../src/errors/media.js';
import { probeMedia } from '../../../src/local/media/probe.js';
import {
  orient,
  testFolder,
  turnClip,
  writeClip,
  writePicture,
  writeTone,
} from '../renderer/support/files.js';

const folder = testFolder();
const at = (name: string): string => join(folder, name);
const withoutBindings = async () => null;

beforeAll(async () => {
  await writePicture(at('photo.jpg'), { width: 300, height: 200 });
  await writePicture(at('upright.jpg'), { width: 300, height: 200 });
  await orient(at('upright.jpg'), 6);
  await writePicture(at('logo.png'), { width: 64, height: 32 });
  await writePicture(at('still.webp'), { width: 64, height: 32 });
  await writePicture(at('still.gif'), { width: 64, height: 32 });
  await writeTone(at('tone.wav'), { seconds: 2 });
  await writeClip(at('clip.mp4'), { width: 160, height: 90, colors: ['#f00', '#0f0'] });
  await copyFile(at('clip.mp4'), at('phone.mp4'));
  await turnClip(at('phone.mp4'));
});

describe('probeMedia', () => {
  it.each([
    ['photo.jpg', { kind: 'image', format: 'jpg', width: 300, height: 200 }],
    ['logo.png', { kind: 'image', format: 'png', width: 64, height: 32 }],
    ['still.webp', { kind: 'image', format: 'webp', width: 64, height: 32 }],
    ['still.gif', { kind: 'image', format: 'gif', width: 64, height: 32 }],
    ['tone.wav', { kind: 'audio', format: 'wav', durationMs: 2000 }],
    ['clip.mp4', { kind: 'video', format: 'mp4', width: 160, height: 90, fps: 10 }],
  ])('tells what %s is', async (name, facts) => {
    expect(await probeMedia(at(name))).toMatchObject(facts);
  });

  it('measures how long a clip is to within a frame of its sound', async () => {
    const { durationMs } = await probeMedia(at('clip.mp4'));
    expect(durationMs).toBeGreaterThanOrEqual(2000);
    expect(durationMs).toBeLessThan(2050);
  });

  it.each([
    ['upright.jpg', 200, 300],
    ['phone.mp4', 90, 160],
  ])(
    'tells the size of %s as it is shown, after the rotation that the camera noted',
    async (name, width, height) => {
      expect(await probeMedia(at(name))).toMatchObject({ width, height });
    },
  );

  it('goes by content, not by name', async () => {
    await copyFile(at('photo.jpg'), at('misnamed.png'));
    expect(await probeMedia(at('misnamed.png'))).toMatchObject({ format: 'jpg' });
  });

  it('opens a name with a pattern in it as the one file that it is', async () => {
    await copyFile(at('photo.jpg'), at('100%d.jpg'));
    expect(await probeMedia(at('100%d.jpg'))).toMatchObject({ width: 300 });
  });

  it.each([
    ['an empty file', 'empty.png', Buffer.alloc(0), 'it is empty'],
    [
      'text under the name of a picture',
      'note.png',
      Buffer.from('Dear customer'),
      'its content is of no accepted type',
    ],
    [
      'a signature and then nonsense',
      'torn.png',
      Buffer.from('\x89PNG\r\n\x1a\nnonsense', 'latin1'),
      'it is damaged',
    ],
    [
      'a clip without a body',
      'torn.mp4',
      Buffer.from('\0\0\0\x10ftypisom\0\0\0\0', 'latin1'),
      'it is damaged',
    ],
  ])('refuses %s', async (_, name, bytes, reason) => {
    await writeFile(at(name), bytes);
    const error = await probeMedia(at(name)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnsupportedMediaError);
    expect(error).toMatchObject({ code: 4001, file: name });
    expect(String(error)).toContain(reason);
  });

  it.each(['photo.jpg', 'logo.png', 'still.webp'])(
    'refuses %s when its second half is missing',
    async (name) => {
      const bytes = await readFile(at(name));
      await writeFile(at(`half-${name}`), bytes.subarray(0, bytes.length / 2));
      await expect(probeMedia(at(`half-${name}`))).rejects.toThrow('it is damaged');
    },
  );

  it('calls the file what the person calls it', async () => {
    await writeFile(at('upload-1'), 'text');
    await expect(probeMedia(at('upload-1'), 'shoe.png')).rejects.toThrow('"shoe.png"');
  });

  describe('without the bindings', () => {
    it('knows the kind, and a picture’s size, by signatures and headers', async () => {
      expect(await probeMedia(at('photo.jpg'), undefined, withoutBindings)).toEqual({
        kind: 'image',
        format: 'jpg',
        width: 300,
        height: 200,
      });
      expect(await probeMedia(at('clip.mp4'), undefined, withoutBindings)).toEqual({
        kind: 'video',
        format: 'mp4',
      });
    });

    it('still refuses what is no media, and pictures whose header is cut off', async () => {
      await writeFile(at('short.png'), Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
      await expect(probeMedia(at('short.png'), undefined, withoutBindings)).rejects.toThrow('it is damaged');
      await writeFile(at('letter.gif'), 'Dear customer');
      await expect(probeMedia(at('letter.gif'), undefined, withoutBindings)).rejects.toThrow(
        'no accepted type',
      );
    });

    it('refuses a picture so large that drawing it would take gigabytes', async () => {
      const header = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\0\0\0\0\0\x08\x06\0\0\0', 'latin1');
      header.writeUInt32BE(50_000, 16);
      header.writeUInt32BE(50_000, 20);
      await writeFile(at('bomb.png'), header);
      await expect(probeMedia(at('bomb.png'), undefined, withoutBindings)).rejects.toThrow('100 megapixels');
    });
  });
});
