import { lstat, readFile, readlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { systemClock } from './clock.js';
import { codeOf } from './files.js';

/** The holder shows this often that it lives, in ms. */
const HEARTBEAT_MS = 2_000;
/** A lock without a sign of life for this long is taken over, in ms. */
const STALE_MS = 20_000;
/** A lock without a name was made by a process that ended before it could write one; that takes no time. In ms. */
const UNNAMED_MS = 2_000;
/** How often those who wait look again, in ms; spread, so that many do not look at the same moment. */
const LOOK_MS = { min: 10, max: 60 };

/** What a lock file says of who made it. */
interface Owner {
  readonly pid: number;
  /** The machine and its process namespace: only there does the pid mean something. */
  readonly place: string;
  /** Made anew for every lock. */
  readonly nonce: string;
}

/**
 * Runs `work` while this process holds the lock file `path`. The lock of a process that was killed is taken over: at
 * once on the same machine, else when it has shown no sign of life for 20 s. Rejects with the file system's error
 * when no lock can be made there, and with the reason of `signal` when it aborts during the wait.
 */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const owner: Owner = { pid: process.pid, place: await place(), nonce: crypto.randomUUID() };
  while (!(await create(path, owner))) {
    signal?.throwIfAborted();
    const seen = await look(path);
    if (seen?.dead) await takeAway(path, seen.nonce, signal);
    else if (seen !== undefined) {
      await systemClock.sleep(LOOK_MS.min + Math.random() * (LOOK_MS.max - LOOK_MS.min), signal);
    }
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    // Were this process stopped for long, the lock is somebody else's by now.
    if ((await look(path))?.nonce === owner.nonce) await unlink(path).catch(() => {});
  }
}

/** Makes the lock file, unless there is one. */
async function create(path: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(owner), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Whose lock it is, and whether they are dead; undefined when there is no lock any more. */
async function look(path: string): Promise<{ readonly nonce: string; readonly dead: boolean } | undefined> {
  try {
    const seen = await lstat(path);
    // A link that leads nowhere would look as if it had gone, again and again, and a pipe would never be read to its end.
    if (!seen.isFile()) throw new Error(`${path} is not a file: remove it`);
    const { mtimeMs, ino } = seen;
    const owner = readOwner(await readFile(path, 'utf8'));
    const sinceMs = Date.now() - mtimeMs;
    // A sign of life from the future does not count: the clock was set back since, and may take days to come there.
    const silentMs = sinceMs < -STALE_MS ? Number.POSITIVE_INFINITY : sinceMs;
    // An owner who was killed before a word was written has no name; the file itself stands for it.
    if (owner === undefined) return { nonce: `unnamed-${ino}`, dead: silentMs > UNNAMED_MS };
    return {
      nonce: owner.nonce,
      dead: silentMs > STALE_MS || (owner.place === (await place()) && !isAlive(owner.pid)),
    };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Removes the lock of a dead owner. Two that do so at once could remove the lock of a third who came in between, so
 * it takes a lock itself: one named after the dead owner, under which it is looked at again. A process that is killed here
 * leaves a lock of that kind, which is taken over in the same way.
 */
async function takeAway(path: string, nonce: string, signal: AbortSignal | undefined): Promise<void> {
  await withFileLock(
    `${path}.${nonce}`,
    async () => {
      const seen = await look(path);
      if (seen?.dead && seen.nonce === nonce) await unlink(path).catch(() => {});
    },
    signal,
  );
}

function readOwner(text: string): Owner | undefined {
  try {
    const owner: unknown = JSON.parse(text);
    if (typeof owner !== 'object' || owner === null) return undefined;
    const { pid, place, nonce }: Partial<Record<keyof Owner, unknown>> = owner;
    const isOwner =
      typeof pid === 'number' &&
      typeof place === 'string' &&
      typeof nonce === 'string' &&
      /^[\w-]+$/.test(nonce);
    return isOwner ? { pid, place, nonce } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Where asking is not allowed, as for another user's process or in Deno without `--allow-run`, it counts as alive.
    return codeOf(error) !== 'ESRCH';
  }
}

/** Two containers can share a folder and a host name, but not the namespace in which pids are counted. */
async function place(): Promise<string> {
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return `${hostname()} ${namespace}`;
}
