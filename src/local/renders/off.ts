import { writeFile } from 'node:fs/promises';
import type { Clock } from '../../platform/clock.js';
import type { BackendParts } from '../parts.js';
import { placeholderVideo } from './placeholder.js';

/** What a render usually takes (wire document: 30–90 s), at speed 1. */
const RENDER_MS = 45_000;

/** As many steps of progress. */
const STEPS = 20;

/** A renderer that lets the time pass and leaves the placeholder. */
export function renderNothing(clock: Clock, speed: number): BackendParts['render'] {
  return ({ outPath }, { onProgress }) => {
    const cancelled = new AbortController();
    const pass = async (): Promise<void> => {
      for (let step = 0; step < STEPS; step += 1) {
        const ms = RENDER_MS / STEPS / speed;
        if (ms > 0) await clock.sleep(ms, cancelled.signal);
        onProgress({ framesDone: step + 1, framesTotal: STEPS, warnings: [] });
      }
      await writeFile(outPath, placeholderVideo());
    };
    const done = pass();
    return {
      done,
      cancel: async () => {
        cancelled.abort(new Error('cancelled'));
        await done.catch(() => {});
      },
    };
  };
}
