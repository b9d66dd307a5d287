import { rename, stat } from 'node:fs/promises';
import * as av from 'node-av';
import type { DrawWorkerData } from './draw-worker.js';
import { startDrawWorker } from './entries.js';
import { LocalRenderError } from './failure.js';
import type { RenderedFile, RenderJobSpec, RenderProgress } from './job.js';
import { Mp4Writer } from './output.js';
import { partialPath } from './partial.js';
import { readDraft } from './read-draft.js';
import { createRing, receivePictures } from './ring.js';
import { resolveSettings } from './settings.js';
import { BLOCK_SAMPLES, SAMPLE_RATE } from './sound/format.js';
import { mixSound } from './sound/mix.js';

/**
 * Makes the file: a thread draws, this one encodes and writes, and mixes the sound as far as the pictures
 * are. Runs in a process of its own, which ends afterwards.
 *
 * @throws LocalRenderError
 */
export async function renderFile(
  spec: RenderJobSpec,
  onProgress: (progress: RenderProgress) => void,
): Promise<RenderedFile> {
  av.Log.setLevel(av.AV_LOG_ERROR);
  const draft = readDraft(spec.draft);
  const settings = resolveSettings(draft, spec.profile);
  const { fps, frames: framesTotal } = settings;
  const warnings: string[] = [];

  const sound = mixSound({ draft, spec, settings, warn: (text) => warnings.push(text) });
  const data: DrawWorkerData = { spec, ring: createRing(settings) };
  const worker = startDrawWorker(data);
  const writer = await Mp4Writer.open(partialPath(spec.outPath), settings);

  let framesDone = 0;
  let samplesDone = 0;
  const report = (): void => onProgress({ framesDone, framesTotal, warnings: [...warnings] });
  for await (const message of receivePictures(data.ring, worker)) {
    if (message.kind === 'failed') throw new LocalRenderError(message.failure);
    if (message.kind === 'warning') {
      warnings.push(message.text);
      report();
    }
    if (message.kind !== 'frame') continue;
    await writer.addPicture(message.pixels);
    framesDone++;
    while (samplesDone < (framesDone / fps) * SAMPLE_RATE) {
      const block = await sound.next();
      if (block.done) break;
      await writer.addSound(block.value.left, block.value.right);
      samplesDone += BLOCK_SAMPLES;
    }
    report();
  }
  await writer.finish();
  await rename(partialPath(spec.outPath), spec.outPath);
  const { size: bytes } = await stat(spec.outPath);
  const { width, height } = settings;
  const durationMs = Math.round((framesDone / fps) * 1000);
  return { path: spec.outPath, bytes, width, height, fps, frames: framesDone, durationMs, warnings };
}
