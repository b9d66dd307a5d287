import type { MediaFacts } from './media/probe.js';
import type { RenderHandle, RenderJobSpec, RenderProgress } from './renderer/job.js';

/** Called with how far a render is. */
interface RenderHooks {
  onProgress: (progress: RenderProgress) => void;
}

/** The parts that do the work behind the wire: injected, so that the wire can be tested without them. */
export interface BackendParts {
  /** So many renders run at once. Default: any number. */
  readonly rendersAtOnce?: number;
  /** Why nothing can be rendered here and what helps, where that is so. */
  problem?(): Promise<string | undefined>;
  probe(path: string, name: string): Promise<MediaFacts>;
  /** `done` of what it gives must only settle when nothing of the render runs any more. */
  render(job: RenderJobSpec, hooks: RenderHooks): Pick<RenderHandle, 'cancel'> & { done: Promise<unknown> };
}
