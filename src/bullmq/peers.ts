import { loadPeer } from '../errors/index.js';

const PEERS = { install: 'bullmq@6 ioredis@5', entry: 'nemovideo-sdk/bullmq' } as const;

/** @throws OptionError when it is not installed. */
export function loadBullmq(): Promise<typeof import('bullmq')> {
  return loadPeer(() => import('bullmq'), { ...PEERS, name: 'bullmq' });
}

/** @throws OptionError when it is not installed. */
export function loadIoredis(): Promise<typeof import('ioredis')> {
  return loadPeer(() => import('ioredis'), { ...PEERS, name: 'ioredis' });
}
