import { asRenderFailure, type RenderFailure } from './failure.js';
import type { RenderedFile, RenderJobSpec, RenderProgress } from './job.js';
import { removePartial } from './partial.js';
import { renderFile } from './render-file.js';

/** What the rendering process says to the one that started it. */
export type ChildMessage =
  | { kind: 'progress'; progress: RenderProgress }
  | { kind: 'done'; file: RenderedFile }
  | { kind: 'failed'; failure: RenderFailure };

/** Says something and waits until it has left. */
const say = (message: ChildMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });

/**
 * A process for one render: a crash in native code takes nothing with it, and cancelling is ending it. It gets one
 * job, and it ends with `exit`, because the native threads would not let it end by itself.
 */
process.once('message', async (job: RenderJobSpec) => {
  // Whoever wanted the file is gone.
  process.once('disconnect', () => {
    removePartial(job.outPath);
    process.exit(1);
  });
  let said = '';
  try {
    const file = await renderFile(job, (progress) => {
      const percent = Math.floor((progress.framesDone / progress.framesTotal) * 100);
      const news = `${percent} ${progress.warnings.length}`;
      if (news === said) return;
      said = news;
      void say({ kind: 'progress', progress });
    });
    await say({ kind: 'done', file });
    process.exit(0);
  } catch (error) {
    await say({ kind: 'failed', failure: asRenderFailure(error) });
    process.exit(1);
  }
});
