import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { execPath } from 'node:process';
import { beforeAll, describe, expect, it } from 'vitest';
import { mcp } from '../../src/cli/mcp.js';
import { Output } from '../../src/cli/output.js';
import { NemoVideo } from '../../src/index.js';
import { bundleCommand, place, TOKEN } from './support/place.js';

let script: string;
beforeAll(async () => {
  script = await bundleCommand();
}, 120_000);

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
});

/** Posts the first message of a client. Not by fetch, which sets the Host itself. */
function post(
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const accept = 'application/json, text/event-stream';
    const sent = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...headers },
    });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, body }));
    });
    sent.end(INITIALIZE);
  });
}

describe('nemovideo-sdk mcp --http', () => {
  it('refuses a foreign host, a foreign origin, a missing and a wrong token, and any other path', async () => {
    await using at = await place(script);
    const { url, child, ended } = await at.listen('--token', TOKEN);
    expect(new URL(url).hostname).toBe('127.0.0.1');
    const authorization = `Bearer ${TOKEN}`;
    const refused: [number, Record<string, string>, string?][] = [
      [403, { authorization, host: 'evil.example' }],
      [403, { authorization, host: `127.0.0.1.evil.example:${new URL(url).port}` }],
      [403, { authorization, origin: 'https://evil.example' }],
      [403, { authorization, origin: 'null' }],
      [401, {}],
      [401, { authorization: 'Bearer another' }],
      [401, { authorization: TOKEN }],
      [404, { authorization }, url.replace('/mcp', '/')],
    ];
    for (const [status, headers, address = url] of refused) {
      const answer = await post(address, headers);
      expect(answer.status, JSON.stringify(headers)).toBe(status);
      expect(answer.body).not.toContain('serverInfo');
      expect(answer.body).not.toContain(TOKEN);
    }
    for (const origin of [{}, { origin: 'http://localhost:3000' }]) {
      const answer = await post(url, { authorization, ...origin });
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('serverInfo');
    }
    child.kill('SIGTERM');
    const { code, out, err } = await ended;
    expect({ code, out }).toEqual({ code: 0, out: '' });
    // It was chosen: it is known already.
    expect(err).not.toContain(TOKEN);
  });

  it('makes a token where none was chosen, and prints it once', async () => {
    await using at = await place(script);
    const { url, child, ended, stderr } = await at.listen();
    const [, token = ''] = /"Authorization: Bearer (\S+)"/.exec(stderr()) ?? [];
    expect(token).toMatch(/^[\w-]{32}$/);
    expect((await post(url, { authorization: `Bearer ${token}` })).status).toBe(200);
    child.kill('SIGINT');
    const { code, err } = await ended;
    expect(code).toBe(0);
    expect(err.split(token)).toHaveLength(2);
  });
});

describe('nemovideo-sdk mcp', () => {
  it.each(['end of input', 'SIGINT', 'SIGTERM'] as const)(
    'writes nothing but the protocol to standard output, and ends with 0 at %s',
    async (end) => {
      await using at = await place(script);
      const child = spawn(execPath, at.args, { env: at.variables, stdio: ['pipe', 'pipe', 'inherit'] });
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      const closed = once(child, 'close');
      child.stdin.write(`${INITIALIZE}\n`);
      const start = {
        jsonrpc: '2.0',
        id: 2,
        method: 'tools/call',
        params: { name: 'start_video', arguments: { prompt: 'A 5-second video of the sea' } },
      };
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
      child.stdin.write(`${JSON.stringify(start)}\n`);
      await expect.poll(() => out.trim().split('\n').length, { timeout: 30_000 }).toBe(2);
      if (end === 'end of input') child.stdin.end();
      else child.kill(end);
      expect(await closed).toEqual([0, null]);
      const lines: unknown[] = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines).toEqual([
        expect.objectContaining({ jsonrpc: '2.0', id: 1 }),
        expect.objectContaining({ jsonrpc: '2.0', id: 2 }),
      ]);
      // The video is kept, for the next server.
      expect(await readdir(`${at.folder}/.nemovideo`)).toHaveLength(1);
    },
  );

  it.each([
    [['--http', 'many'], '--http must be'],
    [['--http', '70000'], '--http must be a port'],
    [['--token', 'x'], '--token must be used with --http'],
    [['--port', '1'], '--port must be'],
  ])('refuses wrong arguments, and names them: %j', async (args, message) => {
    const streams = { out: { write: () => {} }, err: { write: () => {} } };
    const surroundings = {
      nemo: new NemoVideo({ token: 'unused' }),
      output: new Output(streams, false),
      signal: new AbortController().signal,
    };
    await expect(async () => mcp.run(args, surroundings)).rejects.toThrow(message);
  });
});
