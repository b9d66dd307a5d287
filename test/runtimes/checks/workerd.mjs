import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { freePort, start } from '../process.mjs';
import { tool } from './tools.mjs';

/** The outcome of the main job in workerd, the runtime of Cloudflare's workers. */
export async function inWorkerd(consumer, backend) {
  await build({
    entryPoints: [join(consumer, 'jobs', 'worker.mjs')],
    outfile: join(consumer, 'worker.js'),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    logLevel: 'silent',
  });
  const port = await freePort();
  await writeFile(join(consumer, 'worker.capnp'), configuration(port, backend));
  const server = start(tool('workerd'), ['serve', 'worker.capnp', '--control-fd=1'], {
    cwd: consumer,
    fits: (text) => text.includes('"listen"'),
  });
  try {
    await server.line;
    const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(60_000) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`workerd answered ${answer.status}: ${text}\n${server.said()}`);
    return JSON.parse(text);
  } finally {
    await server.end();
  }
}

/** Loopback has to be allowed: workers reach only public addresses otherwise. */
const configuration = (port, backend) => `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .mainWorker),
    (name = "internet", network = (allow = ["public", "private", "local"], deny = []))
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);

const mainWorker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01",
  bindings = [(name = "BACKEND", text = "${backend}")]
);
`;
