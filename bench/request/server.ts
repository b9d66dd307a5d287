/** A service that answers everything at once: a balance, a state, or an answer of one event. Prints its address. */
import { createServer } from 'node:http';
import { textEvents } from '../inputs.js';

const ANSWERS: readonly (readonly [path: RegExp, type: string, body: string])[] = [
  [
    /run_sse/,
    'text/event-stream',
    [...textEvents(1, 'ascii', 7)].map((event) => `data: ${event}\n\n`).join(''),
  ],
  [/state/, 'application/json', '{"code":0,"data":{"state":{"video_infos":[],"generated_media":[]}}}'],
  [/./, 'application/json', '{"code":0,"data":{"available":100,"frozen":0,"total":100}}'],
];

const server = createServer((request, response) => {
  request.resume();
  const [, type, body] = ANSWERS.find(([path]) => path.test(request.url ?? '')) ?? [
    undefined,
    'text/plain',
    '',
  ];
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
});
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
