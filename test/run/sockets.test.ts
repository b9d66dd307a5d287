import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunFailedError, RunInterruptedError } from '../../src/errors/index.js';
import { DEFAULTS } from '../../src/options/client-options.js';
import { silentLogger } from '../../src/platform/logger.js';
import { Run } from '../../src/run/index.js';
import { platformFetch, Transport } from '../../src/transport/index.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { data, type ScriptedRun, SETTINGS, sessionOf } from './harness.js';

// Over real sockets, with the platform's own fetch: however a run ends, it lets go of a connection on which the
// service would have gone on for ever. Each test waits until the service has seen that.

let server: Server;
let baseUrl: string;
/** What the service says before it falls silent. */
let says: string;
/** Resolves when the client has let go of the next answer. */
let released: Promise<unknown>;
/** The answer that is under way. */
let answer: ServerResponse;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    if (request.method === 'GET') {
      response.end('{"code":0,"data":{"state":{}}}');
      return;
    }
    answer = response;
    released = once(response, 'close');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(says);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function runThatHears(words: string, request: ScriptedRun = {}) {
  says = words;
  const clock = new VirtualClock();
  const transport = new Transport({
    baseUrl,
    webUrl: baseUrl,
    fetch: platformFetch,
    middleware: [],
    attribution: { source: 'test', version: '1', platform: 'test' },
    requestTimeoutMs: 30_000,
    retry: { attempts: 3, minMs: 500, maxMs: 8_000, budgetMs: 60_000 },
    clock,
    logger: silentLogger,
  });
  const { settings = SETTINGS, ...options } = request;
  const context = { transport, run: settings, language: 'en', settle: DEFAULTS.settle };
  const run = Run.send(sessionOf(context), 'hi', options);
  return { run, clock };
}

const GREETING = data({ text: 'Working' });

test('a loop that is left, and then the run cancelled', async () => {
  const { run, clock } = runThatHears(GREETING);
  for await (const _ of run) break;
  // Leaving the loop alone keeps the stream, because the service may stop its work when it is closed.
  await new Promise((resolve) => setImmediate(resolve));
  expect(run.status).toBe('running');
  await run.cancel();
  await released;
  expect(clock.pending).toBe(0);
});

test('an abort between events', async () => {
  const stop = new AbortController();
  const { run, clock } = runThatHears(GREETING, { signal: stop.signal });
  await expect(async () => {
    for await (const _ of run) stop.abort();
  }).rejects.toThrow('aborted');
  await released;
  expect(clock.pending).toBe(0);
});

test('an abort inside an event', async () => {
  const stop = new AbortController();
  const { run } = runThatHears(`${GREETING}data: {"te`, { signal: stop.signal });
  const iterator = run[Symbol.asyncIterator]();
  await iterator.next();
  const next = iterator.next();
  stop.abort();
  await expect(next).rejects.toMatchObject({ name: 'AbortError', partialText: 'Working' });
  await released;
});

test('an agent that failed', async () => {
  const { run } = runThatHears(GREETING + data({ error: 'no' }));
  await expect(run.result()).rejects.toThrow(RunFailedError);
  await released;
});

test('a line without end', async () => {
  const settings = { ...SETTINGS, maxLineLength: 100_000, recoveryDelaysMs: [] };
  const { run } = runThatHears(`${GREETING}data: ${'x'.repeat(200_000)}`, { settings });
  await expect(run.result()).rejects.toMatchObject({ name: 'OutcomeUnknownError', partialText: 'Working' });
  await released;
});

test('a stream that stalls', async () => {
  const { run, clock } = runThatHears(GREETING);
  const iterator = run[Symbol.asyncIterator]();
  await iterator.next();
  const next = iterator.next();
  await clock.advance(120_000);
  expect(await next).toMatchObject({ value: { type: 'still_working' } });
  const rest = iterator.next();
  await clock.advance(120_000);
  expect(await rest).toMatchObject({ value: { type: 'text', displayDelta: 'Working' } });
  const recovering = iterator.next();
  expect(await recovering).toMatchObject({ value: { type: 'recovering' } });
  await released;
  await run.cancel();
  expect(clock.pending).toBe(0);
});

test('a connection that the service breaks', async () => {
  const settings = { ...SETTINGS, recoveryDelaysMs: [0] };
  const { run } = runThatHears(GREETING, { settings });
  const events: string[] = [];
  await expect(async () => {
    for await (const { type } of run) {
      events.push(type);
      if (type === 'text') answer.destroy();
    }
  }).rejects.toThrow(RunInterruptedError);
  expect(events).toEqual(['text', 'text', 'recovering']);
});
