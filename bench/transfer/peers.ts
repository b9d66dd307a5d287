import type { ReadStream } from 'node:fs';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** Peers live in a package of their own, so that the project never depends on them. */
const PEERS = resolve('bench/peers');

/** What the benchmarks use of openai. */
interface OpenAIModule {
  readonly OpenAI: new (options: {
    apiKey: string;
    baseURL: string;
  }) => {
    readonly files: {
      create(body: { file: ReadStream; purpose: 'user_data' }): Promise<unknown>;
      content(id: string): Promise<Response>;
    };
  };
}

/** Whether a peer is installed in `bench/peers`. */
export function hasPeer(name: string): boolean {
  return existsSync(resolve(PEERS, 'node_modules', name));
}

/** openai, as installed in `bench/peers`. */
export function openai(): OpenAIModule {
  return createRequire(resolve(PEERS, 'package.json'))('openai');
}
