/** What downloads of this process are writing to, each as its one and only path. */
const claimed = new Set<string>();

/**
 * Keeps a path for one download of the process: two would write into the same part, and both would report a whole file.
 * @returns what gives it free again; undefined while another download has it.
 */
export function claim(path: string): (() => void) | undefined {
  if (claimed.has(path)) return undefined;
  claimed.add(path);
  return () => claimed.delete(path);
}
