/**
 * A service whose render has ended: gives a file of so many bytes; at a bounded rate, where one is given (MB/s):
 * `<rate> <bytes>`.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const rate = Number(process.argv[2]) * 1e6;
const bytes = Number(process.argv[3]);
const chunk = Buffer.alloc(256 * 1024, 7);

const server = createServer(async (request, response) => {
  if (!/video\.mp4|files/.test(request.url ?? '')) {
    const outputUrl = `http://${request.headers.host}/video.mp4`;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data: { status: 'completed', outputUrl, available: 1 } }));
    return;
  }
  const begun = performance.now();
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes, etag: '"bench"' });
  for (let sent = 0; sent < bytes && !response.destroyed; sent += chunk.length) {
    if (!response.write(chunk.subarray(0, Math.min(chunk.length, bytes - sent))))
      await once(response, 'drain');
    const early = rate === 0 ? 0 : (sent / rate) * 1000 - (performance.now() - begun);
    if (early > 5) await setTimeout(early);
  }
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
