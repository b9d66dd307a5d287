import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const PREFIX = 'nemovideo-tests-';

/**
 * One temporary folder for all tests and the processes that they start; whatever they leave goes with it. Vitest calls this
 * for each project; one folder within another would make the paths of sockets too long, with which Chromium does not start.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (basename(tmpdir()).startsWith(PREFIX)) return async () => {};
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  process.env.TMPDIR = folder;
  return () => rm(folder, { recursive: true, force: true });
}
