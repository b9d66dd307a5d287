import { probeMedia } from './media/probe.js';
import type { ResolvedLocalOptions } from './options.js';
import type { BackendParts } from './parts.js';
import { startRender } from './renderer/start.js';
import { renderNothing } from './service/jobs.js';

/** The parts that a backend works with outside of tests. The optional peers are loaded when they are first needed. */
export function realParts({ clock, speed, render }: ResolvedLocalOptions): BackendParts {
  return {
    probe: (path, name) => probeMedia(path, name),
    render: render === 'video' ? startRender : renderNothing(clock, speed),
  };
}
