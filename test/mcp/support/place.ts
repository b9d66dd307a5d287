import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath, kill } from 'node:process';
import { fileURLToPath } from 'node:url';
import { createLocalBackend } from '../../../src/local/index.js';
import { bundleScripts } from '../../support/bundle-scripts.js';
import { png } from '../../support/pictures.js';
import type { Door, ToolClient } from './clients.js';

export const TOKEN = 'a-bearer-token-of-the-tests';

/** Bundles the command line, with a fast clock, and returns its path. */
export async function bundleCommand(): Promise<string> {
  const bundles = mkdtempSync(join(tmpdir(), 'nemovideo-mcp-'));
  const clock = fileURLToPath(new URL('../../examples/clock.ts', import.meta.url));
  await bundleScripts(['src/cli/main.ts'], bundles, { clock });
  return join(bundles, 'main.mjs');
}

/** A way to reach a server. */
export type Transport = 'stdio' | 'http';

/** A backend, a folder with a picture, and servers over both. */
export async function place(script: string) {
  const backend = await createLocalBackend({ render: 'off', speed: 1_000 });
  await backend.listen();
  const folder = mkdtempSync(join(tmpdir(), 'nemovideo-mcp-folder-'));
  writeFileSync(join(folder, 'mug.png'), png(64, 48, [60, 90, 120]));
  const variables = {
    ...(env.PATH === undefined ? {} : { PATH: env.PATH }),
    NEMO_API_URL: backend.url,
    NEMO_TOKEN: backend.issueToken({ credits: 10_000 }),
  };
  const args = [script, 'mcp', '--folder', folder];
  const children: ChildProcess[] = [];

  /** Starts a server for HTTP as a person would. */
  async function listen(...more: string[]) {
    const child = spawn(execPath, [...args, '--http', '0', ...more], {
      env: variables,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
        const [, found] = /^MCP at (\S+)$/m.exec(err) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error(err)));
    });
    const ended = once(child, 'close').then(([code]) => ({ code, out, err }));
    return { child, url, ended, stderr: () => err };
  }

  /** Starts a server and connects a client; `killServer` is SIGKILL. */
  async function open(transport: Transport, connect: (door: Door) => Promise<ToolClient>) {
    if (transport === 'stdio') {
      const client = await connect({ command: execPath, args, env: variables });
      const killServer = async (): Promise<void> => {
        if (client.pid !== undefined) kill(client.pid, 'SIGKILL');
        await client.close();
      };
      return { client, killServer };
    }
    const { child, url, ended } = await listen('--token', TOKEN);
    const client = await connect({ url, headers: { authorization: `Bearer ${TOKEN}` } });
    const killServer = async (): Promise<void> => {
      await client.close();
      child.kill('SIGKILL');
      await ended;
    };
    return { client, killServer };
  }

  const posts = (operation: string): number =>
    backend.requests.filter((request) => request.operation === operation && request.method === 'POST').length;
  async function close(): Promise<void> {
    for (const child of children) child.kill('SIGKILL');
    await backend.close();
  }
  return { backend, folder, variables, args, listen, open, posts, [Symbol.asyncDispose]: close };
}
