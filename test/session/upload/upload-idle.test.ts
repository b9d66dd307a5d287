import { describe, expect, it } from 'vitest';
import { TimeoutError } from '../../../src/errors/index.js';
import { uploadMedia } from '../../../src/session/upload/upload.js';
import { VirtualClock } from '../../support/virtual-clock.js';
import { HEADS, jpegOf } from '../media/samples.js';
import { targetAt } from '../support/receiver.js';

const MEDIA = { name: 'photo.jpg', data: jpegOf(2_000_000) };
const ANSWER = { code: 0, data: { files: [{ cdn_url: 'https://cdn.test/photo.jpg' }] } };

/** A service on a virtual clock that takes `pauseMs` for every chunk, and then `answerMs` to answer. */
function slowService(pauseMs: number, answerMs: number, chunks = Number.POSITIVE_INFINITY) {
  const clock = new VirtualClock();
  let attempts = 0;
  const fetch = async (request: Request): Promise<Response> => {
    attempts += 1;
    const { signal } = request;
    const reader = request.body?.getReader();
    let taken = 0;
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
      taken += 1;
      await clock.sleep(taken > chunks ? 1e9 : pauseMs, signal);
    }
    await clock.sleep(answerMs, signal);
    return Response.json(ANSWER);
  };
  return { clock, target: targetAt('https://service.test', { fetch, clock }), attempts: () => attempts };
}

describe('the idle limit of an upload', () => {
  it('lets a slow service take its time, as long as it takes something every minute', async () => {
    const { clock, target, attempts } = slowService(59_000, 0);
    const begun = clock.now();
    await clock.run(uploadMedia(target, MEDIA, {}));
    expect(attempts()).toBe(1);
    expect(clock.now() - begun).toBeGreaterThan(10 * 59_000);
    expect(clock.pending).toBe(0);
  });

  it('ends an attempt that moves no byte for a minute, and throws after the last one', async () => {
    const { clock, target, attempts } = slowService(0, 0, 3);
    const begun = clock.now();
    const error = await clock.run(uploadMedia(target, MEDIA, {}).catch((thrown: unknown) => thrown));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ limitMs: 60_000, message: expect.stringContaining('timeouts.uploadIdle') });
    expect(attempts()).toBe(3);
    expect(clock.now() - begun).toBeGreaterThanOrEqual(180_000);
    expect(clock.now() - begun).toBeLessThan(181_000);
    expect(clock.pending).toBe(0);
  });

  it('gives the service five times as long to answer, because it stores the whole file first', async () => {
    const patient = slowService(0, 299_000);
    await patient.clock.run(uploadMedia(patient.target, MEDIA, {}));
    expect(patient.attempts()).toBe(1);
    const silent = slowService(0, 1e9);
    const error = await silent.clock.run(
      uploadMedia(silent.target, MEDIA, {}).catch((thrown: unknown) => thrown),
    );
    expect(error).toBeInstanceOf(TimeoutError);
  });

  it('gives the service the same time to fetch an address', async () => {
    const patient = slowService(0, 299_000);
    await patient.clock.run(uploadMedia(patient.target, 'https://example.test/a.png', {}));
    expect(patient.attempts()).toBe(1);
  });

  it('settles an abort at once, whatever the service does', async () => {
    const { clock, target } = slowService(1e9, 0);
    const controller = new AbortController();
    const uploading = uploadMedia(target, { name: 'a.png', data: HEADS.png }, { signal: controller.signal });
    const begun = clock.now();
    setImmediate(() => controller.abort());
    await expect(uploading).rejects.toThrow('aborted');
    expect(clock.now()).toBe(begun);
    expect(clock.pending).toBe(0);
  });
});
