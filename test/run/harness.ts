import { readFileSync } from 'node:fs';
import type { RunBaseline } from '../../src/errors/index.js';
import { DEFAULTS } from '../../src/options/client-options.js';
import { silentLogger } from '../../src/platform/logger.js';
import {
  type RawState,
  Run,
  type RunContext,
  type RunEvent,
  type RunOptions,
  type RunResult,
  type RunSession,
  type RunSettings,
  StateBefore,
} from '../../src/run/index.js';
import { type Authorize, Transport, type TransportSettings } from '../../src/transport/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

/** The settings that the client has by default. */
export const SETTINGS: RunSettings = {
  streamIdleMs: 240_000,
  contentIdleMs: 600_000,
  runMs: 900_000,
  recoveryDelaysMs: [30_000, 60_000, 60_000, 60_000, 60_000],
  stillWorkingMs: 120_000,
  maxLineLength: 8 * 1024 * 1024,
};

const encoder = new TextEncoder();

/** Bytes of a text. */
export function bytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** A recording of the wire, byte for byte. */
export function recording(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/recordings/${name}.sse`, import.meta.url));
}

/** One `data:` event. */
export function data(json: unknown): string {
  return `data: ${JSON.stringify(json)}\n\n`;
}

/** An ADK event with one text. */
export function adkText(text: string, partial: boolean, id?: string): Record<string, unknown> {
  return {
    author: 'nemo_agent',
    ...(id !== undefined && { id }),
    ...(partial && { partial }),
    content: { role: 'model', parts: [{ text }] },
    actions: { stateDelta: {}, artifactDelta: {} },
  };
}

/** A step of a body: bytes, a pause on the clock, or how it ends. `hang` never ends. */
export type Step = string | Uint8Array | { readonly waitMs: number } | 'hang' | Error;

/** What became of a body that a fetch answered with. */
export interface BodyFate {
  cancelled: boolean;
  ended: boolean;
}

/** A body that plays steps on a clock. Like those of fetch, it ends with an error when `signal` aborts. */
function playBody(
  steps: readonly Step[],
  clock: VirtualClock,
  signal: AbortSignal,
): { readonly body: ReadableStream<Uint8Array>; readonly fate: BodyFate } {
  const fate = { cancelled: false, ended: false };
  const rest = [...steps];
  const gone = new AbortController();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const step = rest.shift();
          if (step === undefined) {
            fate.ended = true;
            controller.close();
            return;
          }
          if (step instanceof Error) {
            fate.ended = true;
            controller.error(step);
            return;
          }
          if (step === 'hang') await new Promise(() => {});
          else if (typeof step === 'object' && 'waitMs' in step) {
            try {
              await clock.sleep(step.waitMs, gone.signal);
            } catch {
              return;
            }
          } else {
            controller.enqueue(typeof step === 'string' ? bytes(step) : step);
            return;
          }
        }
      },
      cancel() {
        fate.cancelled = true;
        gone.abort();
      },
    },
    { highWaterMark: 0 },
  );
  signal.addEventListener('abort', () => gone.abort(), { once: true });
  return { body, fate };
}

/** The session of a run, scripted. */
export interface ScriptedSession {
  readonly taskId?: string;
  readonly clientId?: string;
  /** The state before the message. Default: empty. */
  readonly baseline?: (signal: AbortSignal) => Promise<RunBaseline>;
  /** Called when the run begins; what it throws fails the run. */
  readonly onStart?: () => void;
  /** Called when the run has left its session, with whether the message was sent. */
  readonly onEnd?: (sent: boolean) => void;
}

/** A message and its session, scripted. */
export interface ScriptedRun extends RunOptions, ScriptedSession {
  readonly message?: string;
  readonly settings?: RunSettings;
  readonly session?: RunSession;
}

/** A session that is nothing but a script. */
export function sessionOf(context: RunContext, script: ScriptedSession = {}): RunSession {
  const { taskId, clientId, baseline = async () => EMPTY_BASELINE, onStart, onEnd } = script;
  class Scripted extends StateBefore {
    override begin() {
      onStart?.();
      const end = super.begin();
      let ended = false;
      return (sent: boolean, follows: boolean): void => {
        end(sent, follows);
        if (!ended) onEnd?.(sent);
        ended = true;
      };
    }

    // The script says when the state is read.
    override readAhead(): void {}
  }
  const read = async (signal: AbortSignal): Promise<RawState> => {
    const { draft, media, generated } = await baseline(signal);
    return { draft, video_infos: media, generated_media: generated };
  };
  const reader = {
    sessionId: 's1',
    clock: context.transport.clock,
    settleMs: context.settle.intervalMs,
    read,
  };
  return { id: 's1', taskId, _clientId: clientId, _context: context, _before: new Scripted(reader) };
}

/** How a hand-made service answers `/run_sse`. */
export type RunAnswer = Response | readonly Step[] | Error | 'hang';

/** What a hand-made service is made of. */
export interface ServiceScript {
  /** One for each POST of a message; the last one again for more. */
  readonly run: readonly RunAnswer[];
  /** One for each read of the state; the last one again for more. An error breaks the connection. */
  readonly states?: readonly (Record<string, unknown> | Error | Response | 'hang')[];
  readonly clock?: VirtualClock;
  readonly authorize?: Authorize;
  /** Tells nothing to a fetch that is aborted, as a careless one would. */
  readonly deaf?: boolean;
}

/** A service made by hand: a fetch function, with what it was asked. */
export class Service {
  readonly clock: VirtualClock;
  readonly transport: Transport;
  /** Every request, in order: `POST /run_sse`. */
  readonly requests: string[] = [];
  readonly bodies: BodyFate[] = [];
  /** The bodies of the messages. */
  readonly messages: unknown[] = [];
  readonly #script: ServiceScript;

  constructor(script: ServiceScript) {
    this.#script = script;
    this.clock = script.clock ?? new VirtualClock();
    const settings: TransportSettings = {
      baseUrl: 'https://service.test',
      webUrl: 'https://web.test',
      fetch: (request) => this.#answer(request),
      middleware: [],
      attribution: { source: 'test', version: '1', platform: 'test' },
      requestTimeoutMs: 30_000,
      retry: { attempts: 3, minMs: 500, maxMs: 8_000, budgetMs: 60_000 },
      clock: this.clock,
      logger: silentLogger,
    };
    this.transport = new Transport(settings, script.authorize);
  }

  /** How often a message was POSTed. */
  get posts(): number {
    return this.requests.filter((request) => request === 'POST /run_sse').length;
  }

  /** How often the state was read. */
  get reads(): number {
    return this.requests.filter((request) => request.startsWith('GET /api/state/')).length;
  }

  /** What its runs share. */
  context(settings = SETTINGS): RunContext {
    return { transport: this.transport, run: settings, language: 'en', settle: DEFAULTS.settle };
  }

  /** A session of this service. */
  session(script?: ScriptedSession): RunSession {
    return sessionOf(this.context(), script);
  }

  /** A run of this service, in a session of its own unless one is given. */
  run(request: ScriptedRun = {}): Run {
    const { message = 'make it shine', settings, onSend, timeouts, signal, session, ...script } = request;
    const home = session ?? sessionOf(this.context(settings), script);
    return Run.send(home, message, { onSend, timeouts, signal });
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    this.requests.push(`${request.method} ${pathname}`);
    if (pathname === '/run_sse') {
      this.messages.push(await request.json());
      return this.#run(pick(this.#script.run, this.posts - 1), request.signal);
    }
    const state = pick(this.#script.states ?? [{}], this.reads - 1);
    if (state === 'hang') return this.#hang(request.signal);
    if (state instanceof Error) throw state;
    if (state instanceof Response) return state.clone();
    return Response.json({ code: 0, data: { state } });
  }

  #hang(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      if (this.#script.deaf !== true)
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }

  #run(answer: RunAnswer | undefined, signal: AbortSignal): Promise<Response> | Response {
    if (answer === undefined || answer === 'hang') return this.#hang(signal);
    if (answer instanceof Error) throw answer;
    if (answer instanceof Response) return answer.clone();
    const { body, fate } = playBody(answer, this.clock, signal);
    this.bodies.push(fate);
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'x-request-id': 'req-1' } });
  }
}

function pick<T>(list: readonly T[], index: number): T | undefined {
  return list[Math.min(index, list.length - 1)];
}

/** The state before of a session without anything in it. */
export const EMPTY_BASELINE: RunBaseline = { draft: null, media: [], generated: [] };

/** A broken connection, as Node's fetch tells it. */
export function reset(): TypeError {
  return new TypeError('terminated', {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  });
}

/**
 * All events of a run, and how it ended; without those that have no new words of the answer, but only complete what a
 * person sees (display-text.test.ts).
 */
export async function collect(
  run: Run,
): Promise<{ events: RunEvent[]; result?: RunResult; error?: unknown }> {
  const events: RunEvent[] = [];
  try {
    for await (const event of run) if (!isDisplayOnly(event)) events.push(event);
    return { events, result: await run.result() };
  } catch (error) {
    return { events, error };
  }
}

function isDisplayOnly(event: RunEvent): boolean {
  return event.type === 'text' && event.delta === '' && event.replaced === undefined;
}

/** The events of a body that ends cleanly. */
export async function eventsOf(...steps: readonly Step[]): Promise<RunEvent[]> {
  const service = new Service({ run: [steps] });
  const { events, error } = await service.clock.run(collect(service.run()));
  if (error !== undefined) throw error;
  return events;
}

/** A state before that has a draft. */
export function baselineWith(draft: unknown): RunBaseline {
  return { draft, media: [], generated: [] };
}
