import { parentPort, workerData } from 'node:worker_threads';
import { Compositor } from './draw/compositor.js';
import { YuvConverter } from './draw/convert.js';
import { asRenderFailure } from './failure.js';
import type { RenderJobSpec } from './job.js';
import { readDraft } from './read-draft.js';
import { type DrawMessage, PictureSender } from './ring.js';
import { resolveSettings } from './settings.js';

/** What the drawing thread is started with. */
export interface DrawWorkerData {
  spec: RenderJobSpec;
  ring: SharedArrayBuffer;
}

/** Draws every frame of a job into the ring. */
async function drawAll({ spec, ring }: DrawWorkerData, port: NonNullable<typeof parentPort>): Promise<void> {
  const say = (message: DrawMessage): void => port.postMessage(message);
  try {
    const draft = readDraft(spec.draft);
    const settings = resolveSettings(draft, spec.profile);
    const sender = new PictureSender(ring, port);
    const converter = new YuvConverter(settings);
    const compositor = await Compositor.create({
      spec,
      draft,
      settings,
      warn: (text) => say({ kind: 'warning', text }),
    });
    for (let frame = 0; frame < settings.frames; frame++) {
      const pixels = await compositor.draw(frame);
      if (pixels) await sender.send((slot) => converter.convert(pixels, slot));
      else sender.repeat();
      // The canvas's pixels are only let go of between two turns of the event loop.
      await new Promise(setImmediate);
    }
    await compositor.close();
  } catch (error) {
    say({ kind: 'failed', failure: asRenderFailure(error) });
  }
  say({ kind: 'end' });
  port.close();
}

if (parentPort) void drawAll(workerData, parentPort);
