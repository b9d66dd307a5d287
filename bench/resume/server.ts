/** Stands in for the services of the peers, as far as one job needs them: submit, status, result, cancel, file. */
import { createServer } from 'node:http';

const FILE = Buffer.alloc(20_000, 7);
/** How often a job is asked about before it is done. */
const POLLS = 3;

/** What one program did to its service. */
export interface Tally {
  submits: number;
  cancels: number;
}

/** A service that counts. `onSubmit` is called when a submission has arrived, before it is answered. */
export async function peerServer(onSubmit: () => Promise<void> | void) {
  const tally: Tally = { submits: 0, cancels: 0 };
  const polls = new Map<string, number>();
  let own = '';
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    const { method = 'GET', url = '/' } = request;
    const address = `${own}/file`;
    const json = (body: object): void => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (url.startsWith('/file')) {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': FILE.length }).end(FILE);
      return;
    }
    if (method === 'DELETE' || /\/cancel$/.test(url)) {
      tally.cancels += 1;
      return json({ status: 'canceled' });
    }
    if (method === 'POST') {
      tally.submits += 1;
      const id = `job-${tally.submits}`;
      polls.set(id, 0);
      await onSubmit();
      return json({ id, request_id: id, status: 'starting', urls: {} });
    }
    const id = /(job-\d+)/.exec(url)?.[1] ?? '';
    const isStatus = !url.includes('queue.fal.run') || /\/status/.test(url);
    const seen = (polls.get(id) ?? 0) + (isStatus ? 1 : 0);
    polls.set(id, seen);
    const isDone = seen > POLLS;
    if (url.includes('queue.fal.run')) {
      if (!isStatus) return json({ video: { url: address } });
      const status = isDone ? 'COMPLETED' : 'IN_PROGRESS';
      return json({ status, request_id: id, logs: [{ message: `step ${seen}` }] });
    }
    if (url.includes('runway'))
      return json({ id, status: isDone ? 'SUCCEEDED' : 'RUNNING', progress: seen / 4, output: [address] });
    const status = isDone ? 'succeeded' : 'processing';
    json({ id, status, url: address, output: isDone ? address : null, logs: `step ${seen}`, error: null });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address === 'object' && address !== null) own = `http://127.0.0.1:${address.port}`;
  return {
    tally,
    url: own,
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}
