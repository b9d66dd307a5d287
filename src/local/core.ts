import { randomUUID } from 'node:crypto';
import { redact } from '../errors/index.js';
import { HEADERS } from '../wire/index.js';
import { Accounts } from './accounts/accounts.js';
import { FaultList } from './faults/faults.js';
import { effectOf } from './faults/work.js';
import { type Answer, json, Refusal } from './http/answer.js';
import { ConnectionLost, never } from './http/connection.js';
import { CORS_HEADERS } from './http/cors.js';
import { rhythm, throughGate, throughLine } from './http/deliver.js';
import { bytesOf, type Exchange, isJson, readJson } from './http/exchange.js';
import type { Peer } from './http/in-process.js';
import type { ServedFile } from './http/range.js';
import { toStream } from './http/stream.js';
import { type ChargeRecord, type OpenRecord, redactHeaders } from './journal.js';
import type { ResolvedLocalOptions } from './options.js';
import type { BackendParts } from './parts.js';
import { Jobs } from './renders/jobs.js';
import { faultyStatus, refusalAnswer } from './routes/refusals.js';
import { findRoute, type Route } from './routes/table.js';
import { Sessions } from './sessions/sessions.js';
import { Store } from './uploads/store.js';

/** Everything behind the wire, and the one way in: `handle`. Knows neither sockets nor who calls it. */
export class BackendCore {
  readonly options: ResolvedLocalOptions;
  readonly parts: BackendParts;
  readonly accounts: Accounts;
  readonly sessions = new Sessions();
  readonly jobs: Jobs;
  readonly store: Store;
  readonly faults = new FaultList();
  readonly requests: OpenRecord[] = [];
  readonly charges: ChargeRecord[] = [];
  /** Uploaded files by the last part of their address. */
  readonly media = new Map<string, ServedFile>();
  readonly #open = new Set<AbortController>();
  readonly #tasks = new Set<Promise<void>>();
  #closed = false;

  constructor(options: ResolvedLocalOptions, parts: BackendParts) {
    this.options = options;
    this.parts = parts;
    this.accounts = new Accounts(options.clock);
    this.jobs = new Jobs(options.clock, parts.render);
    this.store = new Store(options.dir);
  }

  /**
   * Answers a request. Rejects with ConnectionLost when there is to be no answer, and with the reason of
   * `peer.signal` when the client went away first.
   */
  async handle(request: Request, peer: Peer): Promise<Response> {
    const url = new URL(request.url);
    const { route, id } = findRoute(request.method, url.pathname);
    const met = this.faults.take(route.operation, route.address);
    if (this.#closed || met.wire?.do === 'refuse') throw new ConnectionLost('refuse');
    const record = this.#note(request, url, route, met.wire?.do ?? [...met.answer.keys()][0]);
    const effect = effectOf(met.wire, route.operation);
    const { controller: gone, leave } = this.#enter(peer.signal, record);
    let body: AsyncIterable<Uint8Array> = bytesOf(request, (count) => {
      record.bytes += count;
    });
    if (effect.inRequest) body = throughLine(body, effect.fault, this.options.clock, gone.signal);
    const exchange = {
      request,
      url,
      id,
      ip: peer.ip,
      signal: gone.signal,
      record,
      body,
      effect,
      odd: met.answer,
    };
    try {
      const answer = await this.#answer(route, exchange);
      if (effect.gate.atOnce === 'reset') throw new ConnectionLost('reset');
      if (effect.gate.atOnce === 'stall') await never(gone.signal);
      return this.#respond(answer, exchange, leave);
    } catch (error) {
      leave();
      throw gone.signal.aborted ? gone.signal.reason : error;
    }
  }

  /** Does something that nobody waits for, until it ends or the backend closes. */
  spawn(task: (signal: AbortSignal) => Promise<void>): AbortController {
    const controller = new AbortController();
    this.#open.add(controller);
    const done = task(controller.signal)
      .catch((error: unknown) => {
        if (!controller.signal.aborted) throw error;
      })
      .finally(() => {
        this.#open.delete(controller);
        this.#tasks.delete(done);
      });
    this.#tasks.add(done);
    return controller;
  }

  /** Ends everything that is under way and removes what was stored in a temporary folder. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const controller of this.#open) controller.abort(new ConnectionLost('reset').toFetchError(true));
    await Promise.all([this.jobs.close(), ...this.#tasks]);
    await this.store.dispose();
  }

  async #answer(route: Route, opened: Omit<Exchange, 'json'>): Promise<Answer> {
    const { effect, request, body, record } = opened;
    try {
      const parsed = isJson(request) ? await readJson(body, record) : {};
      const exchange: Exchange = { ...opened, json: parsed };
      const answer = effect.skipsWork ? await blank(exchange) : await route.answer(this, exchange);
      return faultyStatus(effect.fault) ?? answer;
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error, route.operation, record.requestId);
      if (error instanceof ConnectionLost || opened.signal.aborted) throw error;
      const message = error instanceof Error ? error.message : String(error);
      return refusalAnswer(new Refusal(500, message), route.operation, record.requestId);
    }
  }

  #respond(answer: Answer, exchange: Omit<Exchange, 'json'>, leave: () => void): Response {
    const { effect, record, signal } = exchange;
    record.status = answer.status;
    const headers = new Headers({
      ...answer.headers,
      ...CORS_HEADERS,
      [HEADERS.requestId]: record.requestId,
    });
    if (answer.body === undefined) {
      leave();
      return new Response(null, { status: answer.status, headers });
    }
    if (answer.body instanceof Uint8Array && effect.fault === undefined) {
      leave();
      headers.set('content-length', String(answer.body.byteLength));
      return new Response(answer.body, { status: answer.status, headers });
    }
    if (effect.fault?.do === 'garbage') headers.delete('content-length');
    const gated =
      answer.gated === true && !(answer.body instanceof Uint8Array)
        ? answer.body
        : throughGate(answer.body, effect.gate, signal);
    const paced = rhythm(gated, effect.inRequest ? undefined : effect.fault, this.options.clock, signal);
    const stream = toStream(paced, signal, {
      onGone: () => {
        record.aborted = true;
      },
      onEnd: leave,
    });
    return new Response(stream, { status: answer.status, headers });
  }

  #note(request: Request, url: URL, route: Route, fault: OpenRecord['fault']): OpenRecord {
    const record: OpenRecord = {
      at: this.options.clock.now(),
      requestId: `req_${randomUUID()}`,
      method: request.method,
      path: redact(url.pathname + url.search),
      operation: route.operation,
      headers: redactHeaders(request.headers),
      bytes: 0,
      status: undefined,
      sessionId: undefined,
      body: undefined,
      aborted: false,
      fault,
    };
    this.requests.push(record);
    return record;
  }

  /** Ties a request to its client and to the backend; `leave` unties it. */
  #enter(client: AbortSignal, record: OpenRecord): { controller: AbortController; leave: () => void } {
    const controller = new AbortController();
    const onAbort = (): void => {
      record.aborted = true;
      controller.abort(client.reason);
    };
    if (client.aborted) onAbort();
    else client.addEventListener('abort', onAbort, { once: true });
    this.#open.add(controller);
    const leave = (): void => {
      client.removeEventListener('abort', onAbort);
      this.#open.delete(controller);
    };
    return { controller, leave };
  }
}

/** The answer of a backend that did nothing: the request is read, and no more. */
async function blank({ body, record }: Exchange): Promise<Answer> {
  for await (const _ of body) {
    // A client that is still writing does not read.
  }
  return record.operation === 'run'
    ? { status: 200, headers: { 'content-type': 'text/event-stream' }, body: new Uint8Array() }
    : json({});
}
