import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Assistant,
  type AssistantOptions,
  type AssistantReply,
  type SayOptions,
} from '../../../src/assistant/index.js';
import { NemoVideo } from '../../../src/client.js';
import { createLocalBackend, type LocalBackend, type LocalBackendOptions } from '../../../src/local/index.js';
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
  const backend = await createLocalBackend({ render: 'off', clock, seed: 7, ...options });
  const isReal = new Set(['upload', 'download']);
  const files = countBodies(backend.fetch, (url) => /\/download$|\.mp4$/.test(url));
  clock.busyWhile(
    () =>
      files.open() > 0 ||
      backend.requests.some(({ operation, status }) => isReal.has(operation) && status === undefined),
  );
  const nemo = new NemoVideo({ baseUrl: backend.url, fetch: files.fetch, clock, credentialStore: false });
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

/** Counts the answers whose bodies are being read: the file behind them is read from a real disk. */
function countBodies(fetch: typeof globalThis.fetch, isCounted: (url: string) => boolean) {
  let open = 0;
  const counted: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null || !isCounted(input instanceof Request ? input.url : String(input)))
      return response;
    const reader = response.body.getReader();
    open += 1;
    let ended = false;
    const end = (): void => {
      open -= ended ? 0 : 1;
      ended = true;
    };
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        end();
        controller.close();
      },
      cancel(reason) {
        end();
        return reader.cancel(reason);
      },
    });
    return new Response(body, response);
  };
  return { fetch: counted, open: () => open };
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
