import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { bundleLocalProcesses } from './bundle-scripts.js';

const PREFIX = 'nemovideo-tests-';

/**
 * One temporary folder for all tests and the processes that they start; whatever they leave goes with it. In it are the
 * processes of the local backend, bundled. Vitest calls this for each project; one folder within another would make the
 * paths of sockets too long, with which Chromium does not start.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (basename(tmpdir()).startsWith(PREFIX)) return async () => {};
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  process.env.TMPDIR = folder;
  await bundleLocalProcesses();
  return () => rm(folder, { recursive: true, force: true });
}
