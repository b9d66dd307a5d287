import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';

const HOST = '127.0.0.1';

/**
 * The Redis of this example: reachable from this machine only, with its append-only file in `folder`. One that was left
 * running by a start that was killed is used again.
 */
export async function ownRedis(folder, port = Number(process.env.REDIS_PORT ?? 6390)) {
  if (!(await answers(port))) {
    mkdirSync(folder, { recursive: true });
    const options = ['--port', port, '--bind', HOST, '--dir', folder, '--appendonly', 'yes', '--save', ''];
    // In its own group: Ctrl-C is for this program, which still needs it then.
    const server = spawn('redis-server', options.map(String), { stdio: 'ignore', detached: true });
    const failed = new Promise((_, reject) => {
      server.once('error', () =>
        reject(new Error('Install Redis: apt-get install redis-server, or brew install redis')),
      );
      server.once('exit', (code) =>
        reject(new Error(`redis-server ended with ${code}; is port ${port} in use?`)),
      );
    });
    failed.catch(() => {});
    while (!(await answers(port))) await Promise.race([setTimeout(50), failed]);
    server.unref();
  }
  const connection = { host: HOST, port };
  return {
    connection,
    async stop() {
      const redis = new Redis({ ...connection, retryStrategy: () => null });
      await redis.shutdown().catch(() => {});
      redis.disconnect();
    },
  };
}

/** Whether something listens there. */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, HOST);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
