import { join } from 'node:path';
import type { McpServer } from '@modelcontextprotocol/server';
import { checkFields, type Fields, having, loadPeer, OptionError, type Peer } from '../errors/index.js';
import {
  type CheckpointStore,
  fileCheckpoints,
  memoryCheckpoints,
  type NemoVideo,
  timelineSVG,
} from '../index.js';
import { VERSION } from '../version.js';
import { MediaFolder } from './media-folder.js';
import { addAccountTool, addSessionTools, addVideoTools, INSTRUCTIONS, PICTURE } from './tools.js';
import { Videos, type VideosFacts } from './videos.js';

/** Options of {@link createMcpServer}. */
export interface McpServerOptions {
  /** Makes the videos, and pays for them. */
  readonly client: NemoVideo;
  /**
   * The only folder from which files are uploaded, and where MP4s are saved; made if it does not exist. Links are
   * followed before a path is checked. Without it, media is by address, and a video has a `url` and no `path`. Default:
   * none.
   */
  readonly folder?: string | undefined;
  /**
   * Where the videos are kept, so that their ids outlive the process. Default: `.nemovideo` in `folder`; without a folder
   * they are in memory.
   */
  readonly checkpoints?: CheckpointStore | undefined;
  /** Ends the work of this process. The videos stay in `checkpoints`, and continue when they are asked for. */
  readonly signal?: AbortSignal | undefined;
}

const PEER: Peer = {
  name: '@modelcontextprotocol/server',
  install: '@modelcontextprotocol/server@2',
  entry: 'nemovideo-sdk/mcp',
};

const FIELDS: Fields<McpServerOptions> = {
  client: having('createVideo', 'openVideo'),
  folder: 'string',
  checkpoints: having('load', 'save'),
  signal: 'signal',
};

/**
 * An MCP server that is being made: await it for the `McpServer` of `@modelcontextprotocol/server`, pass it on where a
 * promise of one is accepted, or connect it to a transport.
 */
export interface PendingMcpServer extends Promise<McpServer> {
  /** Connects it to a transport. */
  connect(transport: Parameters<McpServer['connect']>[0]): Promise<void>;
  /** Closes the connection. */
  close(): Promise<void>;
}

/** What the servers of one client share: an HTTP handler makes a server for each request. */
const SHARED = new WeakMap<NemoVideo, Pick<VideosFacts, 'working' | 'store'>>();

/**
 * An MCP server with the tools to make videos. All servers of one client work on the same videos.
 *
 * @example
 * ```ts
 * import { serveStdio } from '@modelcontextprotocol/server/stdio';
 *
 * const client = new NemoVideo();
 * serveStdio(() => createMcpServer({ client, folder: 'videos' }));
 * ```
 * @throws OptionError for a wrong option. The promise rejects with one when `@modelcontextprotocol/server` is not installed,
 * and when the folder cannot be used.
 */
export function createMcpServer(options: McpServerOptions): PendingMcpServer {
  checkFields(options, FIELDS);
  if (options.client === undefined) throw new OptionError({ field: 'client', accepted: 'a NemoVideo' });
  const server = makeServer(options);
  // `connect` reports it.
  server.catch(() => {});
  return Object.assign(server, {
    connect: async (...[transport]: Parameters<McpServer['connect']>) => (await server).connect(transport),
    close: async () => (await server).close(),
  });
}

async function makeServer({
  client,
  folder: path,
  checkpoints,
  signal,
}: McpServerOptions): Promise<McpServer> {
  const { McpServer, ResourceTemplate } = await loadPeer(() => import('@modelcontextprotocol/server'), PEER);
  const folder = path === undefined ? undefined : await MediaFolder.open(path);
  const shared = SHARED.get(client) ?? { working: new Map(), store: memoryCheckpoints() };
  SHARED.set(client, shared);
  const store =
    checkpoints ?? (path === undefined ? shared.store : fileCheckpoints(join(path, '.nemovideo')));
  const videos = new Videos({ client, folder, signal, store, working: shared.working });
  const server = new McpServer(
    { name: 'nemovideo', title: 'NemoVideo', version: VERSION },
    { instructions: INSTRUCTIONS },
  );
  addVideoTools(server, videos);
  addSessionTools(server, videos);
  addAccountTool(server, client);
  server.registerResource(
    'timeline',
    new ResourceTemplate(PICTURE, { list: undefined }),
    { title: 'Timeline', description: 'The timeline of a video as a picture.', mimeType: 'image/svg+xml' },
    async (uri, { id }, { mcpReq }) => {
      const session = await videos.session(String(id));
      const text = timelineSVG(await session.timeline({ signal: mcpReq.signal }));
      return { contents: [{ uri: uri.href, mimeType: 'image/svg+xml', text }] };
    },
  );
  return server;
}
