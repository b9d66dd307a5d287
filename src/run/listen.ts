import type { EventQueue } from './event-queue.js';
import type { RunRecord } from './record.js';
import { Transcript } from './transcript.js';

/** Begins to record what the service says in a run, compared with the state before, and to pass it on as events. */
export function listen({ record, queue }: { readonly record: RunRecord; readonly queue: EventQueue }): void {
  record.listen(new Transcript(record.before, (event) => queue.push(event)));
}
