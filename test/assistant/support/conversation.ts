import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Assistant,
  type AssistantOptions,
  type AssistantReply,
  type SayOptions,
} from '../../../src/assistant/index.js';
import type { NemoVideo } from '../../../src/client.js';
import type { LocalBackend, LocalBackendOptions } from '../../../src/local/index.js';
import { createTestClient } from '../../../src/testing/index.js';
import { png } from '../../support/pictures.js';
import { VirtualClock } from '../../support/virtual-clock.js';

/** An assistant before a local backend, on a clock of its own. */
export interface Stage {
  readonly clock: VirtualClock;
  readonly backend: LocalBackend;
  readonly nemo: NemoVideo;
  readonly folder: string;
  assistant(options?: AssistantOptions): Assistant;
  /** Says something and waits for all replies. */
  say(assistant: Assistant, message: string, options?: SayOptions): Promise<AssistantReply[]>;
  close(): Promise<void>;
}

export async function openStage(options: LocalBackendOptions = {}): Promise<Stage> {
  const clock = new VirtualClock();
  const { nemo, backend } = await createTestClient({ speed: 20, credits: 100, seed: 7, ...options, clock });
  const folder = await mkdtemp(join(tmpdir(), 'nemovideo-assistant-'));
  return {
    clock,
    backend,
    nemo,
    folder,
    assistant: (own = {}) =>
      new Assistant(
        ({ session, ...request }) => (session ? nemo.sessions.open(session) : nemo.sessions.create(request)),
        own,
      ),
    say: (assistant, message, how = {}) => clock.run(collect(assistant.say(message, how))),
    async close() {
      await backend.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export const photo = (name: string, red: number): { name: string; data: Uint8Array } => ({
  name,
  data: png(64, 48, [red, 80, 120]),
});

/** All texts of some kinds of replies. */
export function textsOf(
  replies: readonly AssistantReply[],
  ...types: readonly AssistantReply['type'][]
): string[] {
  return replies.filter(({ type }) => types.length === 0 || types.includes(type)).map(({ text }) => text);
}
