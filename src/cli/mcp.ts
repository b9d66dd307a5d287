import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { env, stderr, stdin } from 'node:process';
import { fileCheckpoints, OptionError } from '../index.js';
import { isLocalOrigin } from '../local/http/cors.js';
import { listen } from '../local/http/server.js';
import type { McpServerOptions } from '../mcp/index.js';
import { command } from './command.js';
import { EXIT } from './output.js';

/** `nemovideo-sdk mcp`. */
export const mcp = command({
  name: 'mcp',
  summary: 'serves tools for MCP clients: Claude, Cursor, …',
  usage: '[--http <port>] [options]',
  about:
    'Speaks MCP on standard input and output, or with --http at http://127.0.0.1:<port>/mcp, to this machine only. Needs the\n' +
    'package @modelcontextprotocol/server. How to set up a client: docs/mcp.md.',
  flags: {
    http: { kind: 'number', value: 'port', text: 'Streamable HTTP at that port; 0 takes a free one' },
    token: {
      kind: 'text',
      value: 'text',
      text: 'what a client sends as bearer token with --http (default: NEMO_MCP_TOKEN, or a new one, printed on stderr)',
    },
    folder: {
      kind: 'text',
      value: 'path',
      text: 'the only folder that files are read from, and where MP4s go (default: NemoVideo in the home folder)',
    },
    checkpoints: {
      kind: 'text',
      value: 'path',
      text: 'where it is kept how far each video is (default: .nemovideo in that folder)',
    },
  },
  examples: ['', '--folder ~/Videos --http 8788'],
  async run({ values }, { nemo, signal }) {
    const { http, folder = join(homedir(), 'NemoVideo') } = values;
    if (http !== undefined && !(Number.isInteger(http) && http >= 0 && http <= 65_535))
      throw new OptionError({ field: '--http', accepted: 'a port, from 0 to 65535' });
    if (http === undefined && values.token !== undefined)
      throw new OptionError({ field: '--token', accepted: 'used with --http' });
    const over = new AbortController();
    const options: McpServerOptions = {
      client: nemo,
      folder,
      checkpoints: fileCheckpoints(values.checkpoints ?? join(folder, '.nemovideo')),
      signal: AbortSignal.any([signal, over.signal]),
    };
    // Now, not when a client asks: whether the package is installed, and the folder can be used.
    await (await import('../mcp/index.js')).createMcpServer(options);
    try {
      if (http === undefined) await serveStdio(options, signal);
      else
        await serveHttp(options, { port: http, token: tokenOf(values.token ?? env.NEMO_MCP_TOKEN), signal });
    } finally {
      // The videos continue when the next server is asked for them.
      over.abort();
    }
    return EXIT.done;
  },
});

/** Serves until the client closes the standard input, or the signal aborts. */
async function serveStdio(options: McpServerOptions, signal: AbortSignal): Promise<void> {
  const { createMcpServer } = await import('../mcp/index.js');
  const { serveStdio } = await import('@modelcontextprotocol/server/stdio');
  const connection = serveStdio(() => createMcpServer(options), { onerror: log });
  // Rejects when the signal aborts.
  await once(stdin, 'end', { signal }).catch(() => {});
  await connection.close();
}

interface HttpFacts {
  readonly port: number;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** Serves to this machine until the signal aborts. The listener refuses foreign hosts and origins. */
async function serveHttp(options: McpServerOptions, { port, token, signal }: HttpFacts): Promise<void> {
  const { createMcpServer } = await import('../mcp/index.js');
  const { createMcpHandler } = await import('@modelcontextprotocol/server');
  const handler = createMcpHandler(() => createMcpServer(options), { onerror: log });
  const listener = await listen(
    async (request, client) => {
      if (new URL(request.url).pathname !== '/mcp') return refusal(404, 'Not found: this server is at /mcp');
      if (!isBearer(request.headers.get('authorization'), token))
        return refusal(401, 'Missing or wrong bearer token');
      return handler.fetch(new Request(request, { signal: client.signal }));
    },
    port,
    '127.0.0.1',
    isLocalOrigin,
  );
  stderr.write(`MCP at ${listener.url}/mcp\n`);
  try {
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await handler.close();
    await listener.close();
  }
}

/** The token that was chosen; else a new one, which is shown once. */
function tokenOf(chosen: string | undefined): string {
  if (chosen !== undefined && chosen !== '') return chosen;
  const token = randomBytes(24).toString('base64url');
  stderr.write(`Clients send the header "Authorization: Bearer ${token}"\n`);
  return token;
}

function refusal(status: number, message: string): Response {
  const headers = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  return Response.json({ error: message }, { status, headers });
}

/** Compares in a time that does not depend on the token. */
function isBearer(header: string | null, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return header !== null && timingSafeEqual(hash(header), hash(`Bearer ${token}`));
}

/** Standard output belongs to the protocol. */
function log(error: Error): void {
  stderr.write(`${error.message}\n`);
}
