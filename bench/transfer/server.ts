/**
 * A service of files: it reads any upload and forgets it, and sends a video of so many bytes: `server.mjs <bytes>`. Prints
 * its address.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';

const bytes = Number(process.argv[2]);
const chunk = Buffer.alloc(256 * 1024, 7);

const server = createServer(async (request, response) => {
  const url = `http://${request.headers.host}/video.mp4`;
  if (request.method === 'POST') {
    let received = 0;
    for await (const part of request) received += part.length;
    const file = { filename: 'big.mp4', file_type: 'video', cdn_url: url };
    response.writeHead(200, { 'content-type': 'application/json' });
    // The shapes that the contenders read: NemoVideo's, OpenAI's and Replicate's.
    response.end(
      JSON.stringify({ code: 0, data: { files: [file] }, id: 'file-1', urls: { get: url }, bytes: received }),
    );
    return;
  }
  if (!/video\.mp4|files/.test(request.url ?? '')) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data: { status: 'completed', outputUrl: url, available: 1 } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes, etag: '"bench"' });
  for (let sent = 0; sent < bytes && !response.destroyed; sent += chunk.length) {
    if (!response.write(chunk.subarray(0, Math.min(chunk.length, bytes - sent))))
      await once(response, 'drain');
  }
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
