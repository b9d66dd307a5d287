import {
  Client as ClientV2,
  StreamableHTTPClientTransport as HttpV2,
  type Transport as TransportV2,
} from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport as TransportV1 } from '@modelcontextprotocol/sdk/shared/transport.js';
import * as z from 'zod';
import { VIDEO_STATE, type VideoState } from '../../../src/mcp/video-state.js';

/** A tool as it is listed. */
const TOOL = z.looseObject({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  inputSchema: z.looseObject({
    properties: z.record(z.string(), z.unknown()).optional(),
    required: z.array(z.string()).optional(),
  }),
  outputSchema: z.looseObject({ properties: z.record(z.string(), z.unknown()) }),
  annotations: z.looseObject({
    readOnlyHint: z.boolean(),
    destructiveHint: z.boolean().optional(),
    idempotentHint: z.boolean().optional(),
  }),
});
export type ListedTool = z.infer<typeof TOOL>;

const RESULT = z.looseObject({
  isError: z.boolean().optional(),
  content: z.array(
    z.looseObject({ type: z.string(), text: z.string().optional(), uri: z.string().optional() }),
  ),
  structuredContent: z.unknown().optional(),
});

interface Progress {
  readonly progress: number;
  readonly message?: string | undefined;
}

/** What the tests use of either client. */
interface Protocol {
  listTools(): Promise<{ tools: unknown[] }>;
  callTool(
    name: string,
    args: Record<string, unknown>,
    onprogress?: (progress: Progress) => void,
  ): Promise<unknown>;
  readResource(uri: string): Promise<{ contents: unknown[] }>;
  close(): Promise<void>;
}

/** How a server is reached. */
export type Door =
  | { readonly command: string; readonly args: string[]; readonly env: Record<string, string> }
  | { readonly url: string; readonly headers: Record<string, string> };

/** The tools of a server, as a client sees them. */
export class ToolClient {
  readonly #protocol: Protocol;
  /** Of the server process, where the client started it. */
  readonly pid: number | undefined;

  constructor(protocol: Protocol, pid?: number | null) {
    this.#protocol = protocol;
    this.pid = pid ?? undefined;
  }

  async tools(): Promise<ListedTool[]> {
    return z.array(TOOL).parse((await this.#protocol.listTools()).tools);
  }

  /** What a tool returns. Throws its error. */
  async call(name: string, args: Record<string, unknown>, onprogress?: (progress: Progress) => void) {
    const { isError, content, structuredContent } = RESULT.parse(
      await this.#protocol.callTool(name, args, onprogress),
    );
    const [{ text = '' } = {}] = content;
    if (isError) throw new Error(text);
    // Older clients read the text.
    if (JSON.stringify(structuredContent) !== text) throw new Error(`another text: ${text}`);
    return { content, result: z.record(z.string(), z.unknown()).parse(structuredContent) };
  }

  async start(args: Record<string, unknown>): Promise<string> {
    return z.object({ id: z.string() }).parse((await this.call('start_video', args)).result).id;
  }

  /** Calls a tool that returns how far a video is. */
  async state(
    name: string,
    args: Record<string, unknown>,
    onprogress?: (progress: Progress) => void,
  ): Promise<VideoState> {
    return VIDEO_STATE.parse((await this.call(name, args, onprogress)).result);
  }

  /** How far a video is when it is not running any more. */
  async end(id: string): Promise<VideoState> {
    for (;;) {
      const state = await this.state('get_video', { id, waitSeconds: 5 });
      if (state.status !== 'running') return state;
    }
  }

  async read(uri: string): Promise<string> {
    const { contents } = await this.#protocol.readResource(uri);
    return JSON.stringify(contents);
  }

  close(): Promise<void> {
    return this.#protocol.close();
  }
}

const INFO = { name: 'test', version: '1.0.0' };

/** Connects the client of the first SDK. */
async function connectV1(door: Door): Promise<ToolClient> {
  const client = new ClientV1(INFO);
  const protocol: Protocol = {
    listTools: () => client.listTools(),
    callTool: (name, args, onprogress) =>
      client.callTool({ name, arguments: args }, undefined, onprogress && { onprogress }),
    readResource: (uri) => client.readResource({ uri }),
    close: () => client.close(),
  };
  if ('url' in door) {
    const transport = new HttpV1(new URL(door.url), { requestInit: { headers: door.headers } });
    // Its declarations do not fit each other under `exactOptionalPropertyTypes`.
    await client.connect(transport as TransportV1);
    return new ToolClient(protocol);
  }
  const transport = new StdioV1(door);
  await client.connect(transport);
  return new ToolClient(protocol, transport.pid);
}

/** Connects the client of the second SDK, which speaks the newest protocol. */
async function connectV2(door: Door): Promise<ToolClient> {
  const client = new ClientV2(INFO, { versionNegotiation: { mode: 'auto' } });
  const protocol: Protocol = {
    listTools: () => client.listTools(),
    callTool: (name, args, onprogress) =>
      client.callTool({ name, arguments: args }, onprogress && { onprogress }),
    readResource: (uri) => client.readResource({ uri }),
    close: () => client.close(),
  };
  if ('url' in door) {
    await client.connect(new HttpV2(new URL(door.url), { requestInit: { headers: door.headers } }));
    return new ToolClient(protocol);
  }
  const transport = new StdioV2(door);
  await client.connect(transport);
  return new ToolClient(protocol, transport.pid);
}

/** The official clients. */
export const CLIENTS = { 'client v1': connectV1, 'client v2': connectV2 };

/** The newest client over any transport, e.g. one in memory. */
export async function connectTo(transport: TransportV2): Promise<ToolClient> {
  const client = new ClientV2(INFO);
  await client.connect(transport);
  return new ToolClient({
    listTools: () => client.listTools(),
    callTool: (name, args, onprogress) =>
      client.callTool({ name, arguments: args }, onprogress && { onprogress }),
    readResource: (uri) => client.readResource({ uri }),
    close: () => client.close(),
  });
}
