import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collects all garbage, whatever flags the process was started with. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

/** Does work while garbage is collected between all its steps, where it may be at any time. */
export async function amidCollections<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(collectGarbage, 0);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
