import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Whether this machine has a Redis server (`apt-get install redis-server`); `.ci/run` installs one. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis server of a test, on a free port of the loopback, with nothing on the disk unless `folder` is given. */
export interface RedisServer {
  readonly port: number;
  /** Ends it as a crash does, or as a restart. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts a server, and resolves when it accepts connections. */
export async function startRedis({
  port,
  folder,
}: {
  port?: number;
  folder?: string;
} = {}): Promise<RedisServer> {
  const free = port ?? (await freePort());
  const keep = folder === undefined ? ['--appendonly', 'no'] : ['--appendonly', 'yes', '--dir', folder];
  const child = spawn(
    'redis-server',
    ['--port', String(free), '--bind', '127.0.0.1', '--save', '', ...keep, '--daemonize', 'no'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await ready(child);
  return {
    port: free,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('Ready to accept connections')) break;
  }
  if (!text.includes('Ready to accept connections')) throw new Error(`redis-server did not start: ${text}`);
  child.stdout?.resume();
}

/** A port of the loopback that nothing listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
