import type { MediaFormat } from './header.js';
import { inspectMedia } from './inspect.js';
import { loadNodeAv } from './open.js';
import type { MediaFacts } from './probe.js';

/** A file to look at. */
export interface InspectOrder {
  readonly id: number;
  readonly path: string;
  readonly format: MediaFormat;
}

/** What came out: facts; null without FFmpeg's bindings; or why there are no facts. */
export type InspectReply =
  | { readonly id: number; readonly facts: MediaFacts | null }
  | { readonly id: number; readonly failure: string };

async function inspect({ id, path, format }: InspectOrder): Promise<InspectReply> {
  try {
    const av = await loadNodeAv();
    return { id, facts: av && (await inspectMedia(av, path, format)) };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}

let last: Promise<unknown> = Promise.resolve();

/**
 * A process that decodes what others uploaded: what that takes, and what breaks, does not concern the one that asks. One
 * file after the other, because each may take hundreds of megabytes.
 */
process.on('message', (order: InspectOrder) => {
  last = last.then(async () => process.send?.(await inspect(order)));
});
process.once('disconnect', () => process.exit(0));
