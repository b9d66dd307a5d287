import { rename, stat } from 'node:fs/promises';
import * as av from 'node-av';
import { film } from './film.js';
import { partialPath, type RenderedFile, type RenderJobSpec, type RenderProgress } from './job.js';
import { Mp4Writer } from './output.js';
import { readDraft } from './read-draft.js';
import { resolveSettings } from './settings.js';
import { BLOCK_SAMPLES, mixSound, SAMPLE_RATE } from './sound.js';

/**
 * Makes the file: draws picture after picture, encodes and writes them, and mixes the sound as far as the pictures are.
 * Runs in a separate process, which ends afterwards.
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
  const input = { spec, draft, settings, warn: (text: string) => void warnings.push(text) };
  const pictures = film(input);
  const sound = mixSound(input);
  const writer = await Mp4Writer.open(partialPath(spec.outPath), settings);

  let framesDone = 0;
  let samplesDone = 0;
  let coming = pictures.next();
  for (;;) {
    const { value: picture } = await coming;
    if (!picture) break;
    // The next picture is made while this one is encoded.
    coming = pictures.next();
    coming.catch(() => {});
    await writer.addPicture(picture);
    framesDone++;
    while (samplesDone < (framesDone / fps) * SAMPLE_RATE) {
      const { value: block } = await sound.next();
      if (!block) break;
      await writer.addSound(block);
      samplesDone += BLOCK_SAMPLES;
    }
    onProgress({ framesDone, framesTotal, warnings: [...warnings] });
  }
  await writer.finish();
  await rename(partialPath(spec.outPath), spec.outPath);
  const { size: bytes } = await stat(spec.outPath);
  const { width, height } = settings;
  const durationMs = Math.round((framesDone / fps) * 1000);
  return { path: spec.outPath, bytes, width, height, fps, frames: framesDone, durationMs, warnings };
}
