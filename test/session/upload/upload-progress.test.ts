import { describe, expect, it } from 'vitest';
import { UploadMeter, type UploadProgress } from '../../../src/session/upload/upload-progress.js';
import { VirtualClock } from '../../support/virtual-clock.js';

describe('progress of an upload', () => {
  it('is reported at most 20 times in any second, the last call included', async () => {
    const clock = new VirtualClock();
    const told: number[] = [];
    const meter = new UploadMeter(clock, [{ name: 'a', size: 3000 }], () => told.push(clock.now()));
    for (let bytes = 1; bytes <= 3000; bytes += 1) {
      await clock.advance(0);
      meter.moved(0, bytes, () => {});
      if (bytes % 3 === 0) await clock.advance(1);
    }
    await meter.done();
    const most = Math.max(
      ...told.map((at) => told.filter((other) => other >= at && other < at + 1000).length),
    );
    expect(most).toBeLessThanOrEqual(20);
    expect(most).toBeGreaterThanOrEqual(18);
  });

  it('adds up the files, and does not fall when one starts over', async () => {
    const clock = new VirtualClock();
    const told: UploadProgress[] = [];
    const files = [
      { name: 'a', size: 10 },
      { name: 'b', size: 20 },
    ];
    const meter = new UploadMeter(clock, files, (progress) => told.push(progress));
    for (const [file, bytes] of [
      [0, 5],
      [1, 8],
      [1, 0],
      [1, 9],
    ] as const) {
      meter.moved(file, bytes, () => {});
      await clock.advance(100);
    }
    expect(told).toEqual([
      { loaded: 5, total: 30, file: 'a', fileLoaded: 5, fileTotal: 10 },
      { loaded: 13, total: 30, file: 'b', fileLoaded: 8, fileTotal: 20 },
      { loaded: 14, total: 30, file: 'b', fileLoaded: 9, fileTotal: 20 },
    ]);
  });
});
