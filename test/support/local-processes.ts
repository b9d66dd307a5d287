import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the bundles of the local backend's processes are: in the temporary folder of all tests. */
export const localProcesses = (): string => join(tmpdir(), 'local-processes');

/** The path of one of them. */
export function localProcess(name: 'render-child' | 'inspect-child' | 'orphan'): string {
  return join(localProcesses(), `${name}.js`);
}

/** Whether renders run from the sources, as in the demo, and how many did. */
export const fromSources = { isOn: false, renders: 0 };
