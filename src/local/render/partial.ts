import { rmSync } from 'node:fs';

/** Where a file is written until it is whole. */
export const partialPath = (outPath: string): string => `${outPath}.part.mp4`;

/** Removes what a render has left that did not end well. At once: the process may be about to end. */
export function removePartial(outPath: string): void {
  rmSync(partialPath(outPath), { force: true });
}
