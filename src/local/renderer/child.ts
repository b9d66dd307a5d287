import { asRenderFailure, type RenderFailure } from './failure.js';
import { type RenderedFile, type RenderJobSpec, type RenderProgress, removePartial } from './job.js';
import { renderFile } from './render-file.js';

/** What the rendering process sends to the one that started it. */
export type ChildMessage =
  | { kind: 'progress'; progress: RenderProgress }
  | { kind: 'done'; file: RenderedFile }
  | { kind: 'failed'; failure: RenderFailure };

/** Sends a message and waits until it has left. */
const send = (message: ChildMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });

/**
 * A process for one render: a crash in native code takes nothing with it, and cancelling is ending it. It gets one
 * job, and it ends with `exit`, because the native threads would keep it running.
 */
process.once('message', async (job: RenderJobSpec) => {
  // The process that wanted the file is gone.
  process.once('disconnect', () => {
    removePartial(job.outPath);
    process.exit(1);
  });
  let sent = '';
  try {
    const file = await renderFile(job, (progress) => {
      const percent = Math.floor((progress.framesDone / progress.framesTotal) * 100);
      const news = `${percent} ${progress.warnings.length}`;
      if (news === sent) return;
      sent = news;
      void send({ kind: 'progress', progress });
    });
    await send({ kind: 'done', file });
    process.exit(0);
  } catch (error) {
    await send({ kind: 'failed', failure: asRenderFailure(error) });
    process.exit(1);
  }
});
