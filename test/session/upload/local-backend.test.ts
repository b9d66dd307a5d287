import { describe, expect, it } from 'vitest';
import { uploadMedia } from '../../../src/session/upload/upload.js';
import { PNG, serve, TRANSPORTS } from '../../local/support/wire.js';
import { hashOf, targetAt } from '../support/receiver.js';

const MEGABYTE = new Uint8Array(1024 * 1024);

/** A picture with `megabytes` of nothing behind it. `onPull` is told how many bytes have been asked for. */
function longPicture(megabytes: number, onPull: (given: number) => void = () => {}) {
  const open = (): ReadableStream<Uint8Array> => {
    let given = 0;
    return new ReadableStream(
      {
        pull(controller) {
          if (given === 0) controller.enqueue(PNG);
          given += MEGABYTE.length;
          controller.enqueue(MEGABYTE.slice());
          onPull(given);
          if (given === megabytes * MEGABYTE.length) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  };
  return { name: 'long.png', size: PNG.length + megabytes * MEGABYTE.length, open };
}

describe.each(TRANSPORTS)('an upload to the local backend, %s', (transport) => {
  async function world() {
    const client = await (await serve(transport)).begin();
    const { backend, fetch, token, sessionId } = client;
    const target = { ...targetAt(backend.url, { fetch, token }), sessionId };
    const infos = async () => (await client.state()).body.data?.state?.video_infos;
    return { backend, target, infos };
  }

  it('arrives as it was sent, and is in the session in order', async () => {
    const { target, infos } = await world();
    const names = ['b.png', 'a "quoted" one.png', '猫 🎬.png', '../up.png'];
    const uploaded = await uploadMedia(
      target,
      names.map((name) => ({ name, data: PNG })),
      {},
    );
    expect(uploaded.map(({ name, width, hash }) => [name, width, hash])).toEqual(
      names.map((name) => [name, 1, hashOf(PNG)]),
    );
    expect(await infos()).toMatchObject(names.map((filename) => ({ filename })));
  });

  it.each([0, 500_000, 2_900_000])(
    'is in the session once when the connection breaks after %i bytes',
    async (after) => {
      const { backend, target, infos } = await world();
      backend.faults.add({ on: 'upload', do: 'reset', after });
      const media = longPicture(3);
      await uploadMedia(target, media, {});
      expect(await infos()).toMatchObject([{ filename: 'long.png' }]);
      expect(backend.requests.filter(({ operation }) => operation === 'upload')).toHaveLength(2);
    },
  );

  it('is read from its source only as fast as it is taken', async () => {
    const { backend, target } = await world();
    let ahead = 0;
    const media = longPicture(24, (given) => {
      const arrived = backend.requests.findLast(({ operation }) => operation === 'upload')?.bytes ?? 0;
      ahead = Math.max(ahead, given - arrived);
    });
    await uploadMedia(target, media, {});
    // One in each of the hands that it passes, and what a socket holds.
    expect(ahead).toBeLessThan(12 * MEGABYTE.length);
  });
});
