import { setTimeout } from 'node:timers/promises';
import type { Redis, RedisOptions } from 'ioredis';
import { CheckpointConflictError, type CheckpointStore, OptionError } from '../index.js';
import { loadIoredis } from './peers.js';

/** A Redis server: an open connection of ioredis, which stays the caller's to close, or the options of one. */
export type RedisConnection = Redis | RedisOptions;

/** One connection, and how to let go of it. */
export interface OpenConnection {
  readonly redis: Redis;
  /**
   * Resolves when the server has answered once. What comes later, such as a restart, is waited for.
   * @throws OptionError when it does not answer within `connectTimeout` of the connection (default of ioredis: 10 s).
   */
  reach(): Promise<void>;
  /** Closes the connection, unless it is the caller's. */
  close(): Promise<void>;
}

/** @throws OptionError for what is neither a connection nor the options of one. */
export function checkConnection(connection: unknown): void {
  if (typeof connection === 'object' && connection !== null) return;
  throw new OptionError({
    field: 'connection',
    accepted: 'a connection of ioredis, or options such as { host, port }',
  });
}

/**
 * Opens a connection, or borrows the caller's.
 * @throws OptionError when ioredis is not installed.
 */
export async function openConnection(connection: RedisConnection): Promise<OpenConnection> {
  if (isOpen(connection)) return { redis: connection, reach: reaching(connection), close: async () => {} };
  const { Redis } = await loadIoredis();
  // BullMQ waits for a server that restarts; so does this.
  const redis = new Redis({ ...connection, maxRetriesPerRequest: null });
  // Without a listener, ioredis would write to the console while it reconnects.
  redis.on('error', () => {});
  return {
    redis,
    reach: reaching(redis),
    async close() {
      // Without a server, the command would wait for one.
      if (redis.status !== 'ready') return redis.disconnect();
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}

function reaching(redis: Redis): () => Promise<void> {
  let reached: Promise<void> | undefined;
  return () => {
    reached ??= firstAnswer(redis).catch((error) => {
      reached = undefined;
      throw error;
    });
    return reached;
  };
}

async function firstAnswer(redis: Redis): Promise<void> {
  const { host = 'localhost', port = 6379, path, connectTimeout = 10_000 } = redis.options;
  const answered = new AbortController();
  const tooLate = setTimeout(connectTimeout, undefined, { signal: answered.signal }).then(() => {
    throw new OptionError({
      field: 'connection',
      accepted: 'a Redis server that is running',
      problem: `No Redis server answers at ${path ?? `${host}:${port}`}`,
      hint: 'Start one (`redis-server`; on Debian and Ubuntu `apt-get install redis-server`), or correct `connection`.',
    });
  });
  try {
    await Promise.race([redis.ping(), tooLate]);
  } finally {
    answered.abort();
  }
}

/** Not `instanceof`: the caller may have another copy of ioredis. */
function isOpen(connection: RedisConnection): connection is Redis {
  return 'duplicate' in connection && typeof connection.duplicate === 'function';
}

/** Options of {@link redisCheckpoints}. */
export interface RedisCheckpointsOptions {
  /** What the keys begin with. Default `nemovideo:checkpoint:`. */
  readonly prefix?: string | undefined;
}

/** A {@link CheckpointStore} that can let go of its connection. */
export interface RedisCheckpointStore extends CheckpointStore {
  /** Closes the connection, unless the caller opened it. */
  close(): Promise<void>;
}

/**
 * Keeps one video in one hash of Redis. The comparison and the write are one script, so that of two workers one saves.
 * Turn on Redis' append-only file: what Redis forgets, a worker would begin anew.
 *
 * @throws OptionError for a connection that is neither one of ioredis nor its options.
 */
export function redisCheckpoints(
  connection: RedisConnection,
  { prefix = 'nemovideo:checkpoint:' }: RedisCheckpointsOptions = {},
): RedisCheckpointStore {
  checkConnection(connection);
  const opening = openConnection(connection);
  // Every method reports it.
  opening.catch(() => {});
  return {
    async load(id) {
      const { redis } = await opening;
      const [version, snapshot] = await redis.hmget(prefix + id, 'version', 'snapshot');
      return version && snapshot ? { version, snapshot: JSON.parse(snapshot) } : undefined;
    },
    async save(id, snapshot, expect) {
      const { redis } = await opening;
      const version = crypto.randomUUID();
      const text = JSON.stringify(snapshot);
      const saved = await redis.eval(SAVE, 1, prefix + id, expect ?? '', version, text);
      if (saved !== 1) throw new CheckpointConflictError({ id });
      return version;
    },
    async delete(id) {
      const { redis } = await opening;
      await redis.del(prefix + id);
    },
    async close() {
      await (await opening).close();
    },
  };
}

/**
 * Compare and set. A command whose answer was lost is sent again by ioredis: then the new version is there already, and
 * that is no conflict.
 */
const SAVE = `
local kept = redis.call('HGET', KEYS[1], 'version') or ''
if kept == ARGV[2] then return 1 end
if kept ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'snapshot', ARGV[3])
return 1`;
