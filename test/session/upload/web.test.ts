import { describe, expect, it, vi } from 'vitest';
import { OptionError } from '../../../src/errors/index.js';
import { mediaFrom } from '../../../src/session/media/media-input.js';
import { uploadMedia } from '../../../src/session/upload/upload.js';
import type { UploadProgress } from '../../../src/session/upload/upload-progress.js';
import { VirtualClock } from '../../support/virtual-clock.js';
import { HEADS, jpegOf, streamOf } from '../media/samples.js';
import { hashOf, receiver, targetAt } from '../support/receiver.js';

// The same library as a browser has it: no files, and bodies that are Blobs.
vi.mock('#platform', () => import('../../../src/platform/web.js'));

const BYTES = jpegOf(300_001);

describe('an upload in a browser', () => {
  it('sends Blobs, bytes and streams as bodies of known length', async () => {
    const { url, seen } = await receiver();
    const uploaded = await uploadMedia(
      targetAt(url),
      [
        new File([BYTES], 'file.jpg'),
        { name: 'bytes.jpg', data: BYTES },
        { name: 'stream.jpg', open: () => streamOf(BYTES) },
        'https://example.test/a.png',
      ],
      {},
    );
    expect(uploaded.map(({ name }) => name)).toEqual(['file.jpg', 'bytes.jpg', 'stream.jpg', 'remote.png']);
    const files = seen.flatMap((request) => request.files);
    expect(files.map(({ hash }) => hash)).toEqual(Array(3).fill(hashOf(BYTES)));
    expect(seen.slice(0, 3).map(({ headers, bytes }) => headers['content-length'] === String(bytes))).toEqual(
      [true, true, true],
    );
  });

  it('is sent again from the same Blob', async () => {
    const { url, seen } = await receiver([{ resetAt: 100_000 }]);
    await uploadMedia(targetAt(url), new File([BYTES], 'file.jpg'), {});
    expect(seen.at(-1)?.files[0]?.hash).toBe(hashOf(BYTES));
  });

  it('reports progress file by file, because the runtime reports nothing while a body is sent', async () => {
    const { url } = await receiver();
    const told: UploadProgress[] = [];
    const files = ['a.jpg', 'b.jpg'].map((name) => new File([BYTES], name));
    await uploadMedia(targetAt(url), files, { onProgress: (progress) => told.push(progress) });
    expect(told[0]).toMatchObject({ file: 'a.jpg', loaded: 300_001, total: 600_002 });
    expect(told.at(-1)).toMatchObject({ file: 'b.jpg', loaded: 600_002, total: 600_002 });
  });

  it('has no idle limit, because the runtime does not show whether it is idle', async () => {
    const clock = new VirtualClock();
    let attempts = 0;
    const fetch = async (request: Request): Promise<Response> => {
      attempts += 1;
      await clock.sleep(6 * 3_600_000, request.signal);
      return Response.json({ files: [{ cdn_url: 'https://cdn.test/file.jpg' }] });
    };
    const target = targetAt('https://service.test', { fetch, clock });
    await clock.run(uploadMedia(target, new File([BYTES], 'file.jpg'), {}));
    expect(attempts).toBe(1);
  });

  it('says that there are no files, where a path is given', async () => {
    const { url, seen } = await receiver();
    for (const media of ['photo.jpg', 'file:///photo.jpg', new URL('file:///photo.jpg')]) {
      await expect(
        uploadMedia(targetAt(url), [{ name: 'a.png', data: HEADS.png }, media], {}),
      ).rejects.toThrow(OptionError);
    }
    await expect(mediaFrom('photos')).rejects.toThrow(OptionError);
    expect(seen).toEqual([]);
  });
});
