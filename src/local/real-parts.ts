import { interimPlan } from './interim-plan.js';
import { probeMedia } from './media/probe.js';
import type { ResolvedLocalOptions } from './options.js';
import type { BackendParts } from './parts.js';
import { renderNothing } from './renders/off.js';

/** The parts that a backend works with outside of tests. */
export function realParts({ clock, speed }: ResolvedLocalOptions): BackendParts {
  return {
    plan: interimPlan,
    probe: (path, name) => probeMedia(path, name),
    render: renderNothing(clock, speed),
  };
}
