import { env } from 'node:process';
import { NemoVideo } from 'nemovideo-sdk';
import { ask, createLocalBackend, edit, say } from 'nemovideo-sdk/local';

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());

/** Aborts at Ctrl-C. */
export const interrupted = interrupt.signal;

/** The client of the service; without NEMO_API_URL or NEMO_TOKEN that of a local backend, which needs no network. */
export async function openClient({ render }) {
  if (env.NEMO_API_URL !== undefined || env.NEMO_TOKEN !== undefined)
    return { client: new NemoVideo(), close: async () => {} };
  const backend = await createLocalBackend({ render, speed: 20 });
  // The local agent asks about trains, and makes a placeholder of the answer.
  const options = [
    { id: 'day', label: 'By day' },
    { id: 'night', label: 'By night' },
  ];
  backend.agent.on(/train/, ask({ questions: [{ id: 'light', prompt: 'By day or by night?', options }] }));
  backend.agent.on(/By day or by night/, [
    edit(() => ({ t: [{ tt: 0, sg: [{ d: 5000, m: { name: 'train' } }] }], d: 5000 })),
    say('Your 5-second video of a train is ready.'),
  ]);
  const client = new NemoVideo({
    baseUrl: backend.url,
    fetch: backend.fetch,
    token: backend.issueToken(),
  });
  return { client, close: () => backend.close() };
}
