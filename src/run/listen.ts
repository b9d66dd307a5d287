import type { EventQueue } from './event-queue.js';
import type { RunRecord } from './record.js';
import { Transcript } from './transcript.js';

/** Begins to write down what a run is told, against the state before it, and to tell it to whoever iterates. */
export function listen({ record, queue }: { readonly record: RunRecord; readonly queue: EventQueue }): void {
  record.listen(new Transcript(record.before, (event) => queue.push(event)));
}
