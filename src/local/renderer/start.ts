import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { RenderCancelledError } from '../../errors/render.js';
import { requireRenderer } from './available.js';
import type { ChildMessage } from './child.js';
import { renderChild } from './entries.js';
import { LocalRenderError } from './failure.js';
import {
  type RenderedFile,
  type RenderHandle,
  type RenderJobSpec,
  type RenderProgress,
  removePartial,
} from './job.js';

export type { RenderedFile, RenderHandle, RenderJobSpec, RenderProgress } from './job.js';

/** Options of {@link startRender}. */
export interface StartRenderOptions {
  /** Called after each percent of the frames, and when there is a new warning. */
  onProgress?: (progress: RenderProgress) => void;
}

/** How many of the last lines on stderr are kept. */
const LAST_LINES = 20;

/**
 * Renders a draft into an MP4 (H.264 and AAC) in a separate process. The file appears at `outPath` when it is whole;
 * nothing is left when the render fails or is cancelled, and the process never outlives this one.
 */
export function startRender(
  job: RenderJobSpec,
  { onProgress = () => {} }: StartRenderOptions = {},
): RenderHandle {
  let child: ChildProcess | undefined;
  let cancelled = false;

  const run = async (): Promise<RenderedFile> => {
    await requireRenderer();
    if (cancelled) throw new RenderCancelledError();
    const { path, execArgv } = renderChild();
    child = fork(path, { execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    try {
      const file = await outcomeOf(child, job, onProgress);
      // Cancelled at the moment of its completion: nothing may be left.
      if (cancelled) await rm(job.outPath, { force: true });
      else return file;
    } catch (error) {
      removePartial(job.outPath);
      if (!cancelled) throw error;
    }
    throw new RenderCancelledError();
  };

  const done = run();
  // A caller that only cancels need not handle the rejection.
  done.catch(() => {});
  return {
    done,
    async cancel() {
      cancelled = true;
      child?.kill('SIGTERM');
      await done.catch(() => {});
    },
  };
}

/** Gives the process its job and waits until it is gone. */
async function outcomeOf(
  child: ChildProcess,
  job: RenderJobSpec,
  onProgress: (progress: RenderProgress) => void,
): Promise<RenderedFile> {
  let outcome: Exclude<ChildMessage, { kind: 'progress' }> | undefined;
  const lastLines: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastLines.push(...text.split('\n').filter((line) => line.trim() !== ''));
    lastLines.splice(0, lastLines.length - LAST_LINES);
  });
  child.on('message', (message: ChildMessage) => {
    if (message.kind === 'progress') onProgress(message.progress);
    else outcome = message;
  });
  const closed = once(child, 'close');
  // A process that ended before it read its job shows in how it ends.
  child.send(job, () => {});
  const [code, signal] = await closed;
  if (outcome?.kind === 'done') return outcome.file;
  if (outcome?.kind === 'failed') throw new LocalRenderError({ ...outcome.failure, stderr: lastLines });
  throw new LocalRenderError({
    reason: 'crashed',
    problem: `the process that renders ended with ${signal ?? `code ${code}`}`,
    stderr: lastLines,
  });
}
