import { afterEach, expect } from 'vitest';
import { assembleBackend, type LocalBackend } from '../../../src/local/backend.js';
import { probeMedia } from '../../../src/local/media/probe.js';
import { type LocalBackendOptions, resolveLocalOptions } from '../../../src/local/options.js';
import type { BackendParts } from '../../../src/local/parts.js';
import { renderNothing } from '../../../src/local/service/jobs.js';
import { during } from '../../../src/platform/clock.js';
import { paths, runBody } from '../../../src/wire/index.js';
import { VirtualClock } from '../../support/virtual-clock.js';
import { scriptedPlan } from './script.js';

/** Both ways to reach a backend: every test of the wire runs over each. */
export const TRANSPORTS = ['in process', 'socket'] as const;
export type Transport = (typeof TRANSPORTS)[number];

const SKILL = {
  'x-skill-source': 'test',
  'x-skill-version': '1.0.0',
  'x-skill-platform': 'unknown',
} as const;

/** The smallest PNG there is: one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const open: LocalBackend[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((backend) => backend.close()));
});

/** A backend on a clock of its own, reached over `transport`; closed after the test. */
export async function serve(
  transport: Transport,
  options: Partial<LocalBackendOptions> = {},
  parts: Partial<BackendParts> = {},
): Promise<WireClient> {
  const clock = new VirtualClock();
  const resolved = resolveLocalOptions({ render: 'off', clock, agent: scriptedPlan, ...options });
  const backend = assembleBackend(resolved, {
    probe: (path, name) =>
      during(
        clock,
        probeMedia(path, name, async () => null),
      ),
    render: renderNothing(resolved.clock, resolved.speed),
    ...parts,
  });
  open.push(backend);
  if (transport === 'socket') await backend.listen();
  return new WireClient(backend, clock, transport === 'socket' ? fetch : backend.fetch);
}

interface Said {
  readonly status: number;
  readonly headers: Headers;
  // Answers are JSON of many shapes; tests look into them by name.
  readonly body: Json;
}

/** JSON as tests read it: any field may be asked for. */
export interface Json {
  readonly [key: string]: Json;
}

/** The wire by hand, as no client of ours would speak it: what is sent is what the test says. */
export class WireClient {
  token = '';
  sessionId = '';
  taskId = '';

  constructor(
    readonly backend: LocalBackend,
    readonly clock: VirtualClock,
    readonly fetch: typeof globalThis.fetch,
  ) {}

  /** Sends one request; the clock moves as far as the answer needs. */
  send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ ...SKILL, ...(this.token && { authorization: `Bearer ${this.token}` }) });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    return this.fetch(new URL(path, this.backend.url), { redirect: 'manual', ...init, headers });
  }

  async ask(path: string, init: RequestInit = {}): Promise<Said> {
    const response = await this.send(path, init);
    return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
  }

  post(path: string, body: unknown, init: RequestInit = {}): Promise<Said> {
    return this.ask(path, this.#json(body, init));
  }

  #json(body: unknown, init: RequestInit = {}): RequestInit {
    return {
      method: 'POST',
      body: JSON.stringify(body),
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
    };
  }

  /** Signs in as a client and opens a session. */
  async begin(clientId = 'client-1'): Promise<this> {
    const issued = await this.ask(paths.anonymousToken, {
      method: 'POST',
      headers: { 'x-client-id': clientId },
    });
    this.token = String(issued.body.data?.token);
    return this.newSession();
  }

  async newSession(): Promise<this> {
    const made = await this.post(paths.createSession, { task_name: 'test', language: 'en' });
    this.sessionId = String(made.body.data?.session_id);
    this.taskId = String(made.body.data?.task_id);
    return this;
  }

  upload(...files: { name: string; data: Uint8Array<ArrayBuffer> }[]): Promise<Said> {
    const form = new FormData();
    for (const { name, data } of files) form.append('files', new Blob([data]), name);
    return this.ask(paths.upload(this.sessionId), { method: 'POST', body: form });
  }

  /** Sends a message; the answer is still to be read. */
  run(message = 'make it', init: RequestInit = {}): Promise<Response> {
    return this.send(paths.run, this.#json(runBody(this.sessionId, message), init));
  }

  /** Sends a message and reads the whole answer, moving the clock. */
  runText(message = 'make it'): Promise<string> {
    return this.clock.run(this.run(message).then((response) => response.text()));
  }

  state(): Promise<Said> {
    return this.ask(paths.state(this.sessionId));
  }

  /** Submits a render of the session's draft. */
  async submit(id: string, more: Record<string, unknown> = {}): Promise<Said> {
    const { body } = await this.state();
    const draft = body.data?.state?.draft;
    const output = { format: 'mp4', quality: 'high' };
    return this.post(paths.submitRender, { id, sessionId: this.sessionId, draft, output, ...more });
  }

  poll(id: string): Promise<Said> {
    return this.ask(paths.render(id));
  }
}

/** The status of a render as an answer tells it. */
export function statusOf({ body }: Said): string {
  return String(body.data?.status);
}

/** The data of every event in a stream, parsed. */
export function eventsOf(text: string): Json[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('data:') && line.length > 6)
    .map((line) => JSON.parse(line.slice(5)) as Json);
}

/** Asks again and again until the answer is as wanted: for what real files and sockets take no known time for. */
export async function eventually<T>(ask: () => T | Promise<T>, wanted: T): Promise<void> {
  for (let tries = 0; tries < 5000; tries += 1) {
    if ((await ask()) === wanted) return;
    // Thousands of turns pass in a few ms, which are not enough for a disk that others use, too.
    await new Promise((resolve) => (tries < 1000 ? setImmediate(resolve) : setTimeout(resolve, 1)));
  }
  expect(await ask()).toBe(wanted);
}
