import { type Middleware, NemoVideo, type NemoVideoOptions } from '../../../src/index.js';
import { ask, createLocalBackend, edit, type LocalBackend, say } from '../../../src/local/index.js';
import { fastClock } from '../../support/fast-clock.js';

/** An answer of the agent to the first message whose end comes when the test says so. */
export function heldAnswer(...end: readonly object[]): { readonly middleware: Middleware; release(): void } {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const begin = { content: { role: 'model', parts: [{ text: 'I have a look at it.' }] }, partial: true };
  let isFirst = true;
  const middleware: Middleware = async (request, next, { operation }) => {
    if (operation !== 'run' || !isFirst) return next(request);
    isFirst = false;
    const write = (event: object): Uint8Array =>
      new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`);
    const body = new ReadableStream<Uint8Array>({
      async start(stream) {
        stream.enqueue(write(begin));
        await released;
        for (const event of end) stream.enqueue(write(event));
        stream.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
  return { middleware, release };
}

/** An instant backend that does not render, with clients of one account. */
export interface Service extends AsyncDisposable {
  readonly backend: LocalBackend;
  client(options?: NemoVideoOptions): NemoVideo;
  /** How often something was sent, by its name in the journal. */
  count(operation: string): number;
}

export async function service(): Promise<Service> {
  const backend = await createLocalBackend({ render: 'off', speed: Number.POSITIVE_INFINITY });
  const token = backend.issueToken();
  return {
    backend,
    client: (more = {}) =>
      new NemoVideo({ baseUrl: backend.url, fetch: backend.fetch, token, clock: fastClock(1_000), ...more }),
    count: (operation) =>
      backend.requests.filter((request) => request.operation === operation && request.method === 'POST')
        .length,
    [Symbol.asyncDispose]: () => backend.close(),
  };
}

/** Lets the agent ask before it makes a video of the sea. */
export function asksFirst(backend: LocalBackend): void {
  const options = [
    { id: 'calm', label: 'Calm' },
    { id: 'wild', label: 'Wild' },
  ];
  const questions = [{ id: 'style', prompt: 'Which style?', options }];
  backend.agent.on(/sea/, ask({ title: 'One thing first', questions }));
  backend.agent.on(/Which style/, [
    edit(() => ({ t: [{ tt: 0, sg: [{ d: 5_000, m: { name: 'sea' } }] }], d: 5_000 })),
    say('A calm sea it is.'),
  ]);
}
