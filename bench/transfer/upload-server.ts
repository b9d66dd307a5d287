/** Takes any body and forgets it; at a bounded rate, where one is given (MB/s). */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const rate = Number(process.argv[2]) * 1e6;

const server = createServer(async (request, response) => {
  const begun = performance.now();
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    const early = rate === 0 ? 0 : (bytes / rate) * 1000 - (performance.now() - begun);
    if (early > 5) await setTimeout(early);
  }
  const file = { filename: 'big.mp4', file_type: 'video', cdn_url: 'http://127.0.0.1/big.mp4' };
  response.setHeader('content-type', 'application/json');
  // The two shapes that the contenders read: NemoVideo's and OpenAI's.
  response.end(
    JSON.stringify({ code: 0, data: { files: [file], available: 1 }, id: 'file-1', object: 'file', bytes }),
  );
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
