/** What a process of a soak has in its memory, in bytes. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Memory {
  /** Of the process. */
  readonly rss: number;
  /** What is reachable: the heap after a collection, and what lies outside of it. */
  readonly used: number;
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

export function memory(): Memory {
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, used: heapUsed + external };
}
