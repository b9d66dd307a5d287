import { availableParallelism } from 'node:os';
import { during } from '../platform/clock.js';
import { probeMedia } from './media/probe.js';
import type { ResolvedLocalOptions } from './options.js';
import type { BackendParts } from './parts.js';
import { rendererAvailable } from './renderer/available.js';
import { startRender } from './renderer/start.js';
import { renderNothing } from './service/jobs.js';

/** The parts that a backend works with outside of tests. The optional peers are loaded when they are first needed. */
export function realParts({ clock, speed, render }: ResolvedLocalOptions): BackendParts {
  const probe: BackendParts['probe'] = (path, name) => during(clock, probeMedia(path, name));
  if (render === 'off') return { probe, render: renderNothing(clock, speed) };
  return {
    probe,
    render(job, hooks) {
      const handle = startRender(job, hooks);
      during(clock, handle.done).catch(() => {});
      return handle;
    },
    // Each takes all of a core, and one is left for everything else.
    rendersAtOnce: Math.max(availableParallelism() - 1, 1),
    async problem() {
      const available = await rendererAvailable();
      return available === true ? undefined : available.message;
    },
  };
}
