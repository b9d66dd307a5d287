import * as z from 'zod/mini';
import type { Logger } from '../../src/platform/logger.js';
import { type Authorize, type Call, Transport, type TransportSettings } from '../../src/transport/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

/** What a scripted service answers with: JSON, a response, an error to throw, or what a function makes of it. */
export type ScriptedAnswer = unknown | Error | Response | ((request: Request) => unknown);

/** One thing that was logged. */
export interface LogLine {
  readonly level: keyof Logger;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>> | undefined;
}

/** A logger that keeps what it hears. */
export function memoryLogger(): Logger & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const level =
    (name: keyof Logger): Logger[keyof Logger] =>
    (message, facts) => {
      lines.push({ level: name, message, facts });
    };
  return { lines, debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') };
}

/** A transport to a service that answers as scripted, the last answer again and again. */
export function scripted(
  answers: readonly ScriptedAnswer[],
  settings: Partial<TransportSettings> = {},
  authorize?: Authorize,
) {
  const clock = new VirtualClock();
  const logger = memoryLogger();
  const begun = clock.now();
  const received: { readonly request: Request; readonly atMs: number }[] = [];
  const complete: TransportSettings = {
    baseUrl: 'https://service.test',
    webUrl: 'https://web.test',
    fetch: async (request) => {
      const answer = answers[Math.min(received.length, answers.length - 1)];
      received.push({ request, atMs: clock.now() - begun });
      const made: unknown = typeof answer === 'function' ? await answer(request) : answer;
      if (made instanceof Error) throw made;
      // One that is given as it is may be asked for again.
      if (made instanceof Response) return typeof answer === 'function' ? made : made.clone();
      return Response.json(made);
    },
    middleware: [],
    attribution: { source: 'test-skill', version: '1.2.3', platform: 'clawhub' },
    requestTimeoutMs: 30_000,
    retry: { attempts: 3, minMs: 500, maxMs: 8_000, budgetMs: 60_000 },
    clock,
    logger,
    ...settings,
  };
  return { transport: new Transport(complete, authorize), settings: complete, clock, logger, received };
}

/** A call that may be repeated whatever happened. */
export const SAFE: Call = { operation: 'credits', method: 'GET', path: '/api/thing', safety: 'safe' };

/** A call that costs. */
export const ONCE: Call = {
  operation: 'run',
  method: 'POST',
  path: '/run_sse',
  safety: 'once',
  json: { a: 1 },
};

/** Any JSON object. */
const anything = z.looseObject({});

export const Anything = anything;

/** A static token, as transport asks for one. */
export function authorizeWith(
  token: string,
  renewed?: string,
): Authorize & { readonly refusedTokens: string[] } {
  const refusedTokens: string[] = [];
  return {
    refusedTokens,
    token: async () => (renewed !== undefined && refusedTokens.length > 0 ? renewed : token),
    refused(refused) {
      refusedTokens.push(refused);
      return renewed !== undefined;
    },
    identity: () => ({ anonymous: renewed !== undefined, userId: 'user-1', clientId: 'client-1' }),
  };
}

/** What `fetch` throws when the connection breaks after the request has left. */
export function reset(): TypeError {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', syscall: 'read' }),
  });
}

/** What `fetch` throws when nothing listens. */
export function refused(): TypeError {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' }),
  });
}

/** The error that a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`did not fail, but gave ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}
