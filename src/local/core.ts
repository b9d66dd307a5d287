import { randomUUID } from 'node:crypto';
import { redact } from '../errors/index.js';
import { HEADERS } from '../wire/index.js';
import { Replies } from './agent/index.js';
import { effectOf, FaultList } from './faults/faults.js';
import { control, isControl } from './http/control.js';
import { corsHeaders, preflight } from './http/cors.js';
import {
  type Answer,
  bytesOf,
  ConnectionLost,
  drain,
  type Exchange,
  isJson,
  JSON_BYTES,
  json,
  never,
  type OpenedExchange,
  Refusal,
  readJson,
} from './http/exchange.js';
import type { Peer } from './http/in-process.js';
import type { ServedFile } from './http/range.js';
import { rhythm, throughGate, throughLine, toStream } from './http/stream.js';
import { Journal, type OpenRecord, redactHeaders } from './journal.js';
import type { ResolvedLocalOptions } from './options.js';
import type { BackendParts } from './parts.js';
import { whoAsks } from './service/account-routes.js';
import { Accounts } from './service/accounts.js';
import { Jobs } from './service/jobs.js';
import { outputId } from './service/render-routes.js';
import { faultyStatus, findRoute, type Route, refusalAnswer } from './service/routes.js';
import { Sessions } from './service/sessions.js';
import { Store } from './service/uploads.js';

/** Everything behind the wire, and the one way in: `handle`. Knows neither sockets nor who calls it. */
export class BackendCore {
  readonly options: ResolvedLocalOptions;
  readonly parts: BackendParts;
  readonly faults = new FaultList();
  readonly agent: Replies;
  readonly journal = new Journal();
  readonly underWay = new UnderWay();
  readonly store: Store;
  /** Uploaded files by the last part of their address. */
  readonly media = new Map<string, ServedFile>();
  accounts: Accounts;
  sessions = new Sessions();
  jobs: Jobs;
  #closed = false;

  constructor(options: ResolvedLocalOptions, parts: BackendParts) {
    this.options = options;
    this.parts = parts;
    this.agent = new Replies(options.agent);
    this.accounts = this.#newAccounts();
    this.jobs = new Jobs(options.clock, parts);
    this.store = new Store(options.dir, options.maxUploadBytes);
  }

  #newAccounts(): Accounts {
    const { clock, credits, limits } = this.options;
    return new Accounts(clock, credits, limits);
  }

  /** Ends everything under way and forgets everything: accounts, sessions, renders, faults, replies and the journal. */
  async reset(): Promise<void> {
    await this.underWay.end(new ConnectionLost('reset').toFetchError(true));
    await this.jobs.close();
    await this.store.dispose();
    this.accounts = this.#newAccounts();
    this.sessions = new Sessions();
    this.jobs = new Jobs(this.options.clock, this.parts);
    this.media.clear();
    this.faults.clear();
    this.agent.clear();
    this.journal.clear();
  }

  /** Whether one of its uploads or renders has this address; such addresses are public and name no backend. */
  serves(path: string): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return path.startsWith('/media/') ? this.media.has(name) : this.jobs.get(outputId(path)) !== undefined;
  }

  /**
   * Answers a request. Rejects with ConnectionLost when there is to be no answer, and with the reason of
   * `peer.signal` when the client went away first.
   */
  async handle(request: Request, peer: Peer): Promise<Response> {
    const url = new URL(request.url);
    if (isControl(url.pathname) && !this.#closed) return this.#control(request, peer);
    const { route, id } = findRoute(request.method, url.pathname);
    const met = this.faults.take(route.operation, route.address);
    if (this.#closed || met.wire?.do === 'refuse') throw new ConnectionLost('refuse');
    const record = this.#note(request, url, route, met.wire?.do ?? [...met.answer.keys()][0]);
    const tie = this.underWay.tie(peer.signal, () => onGone(record), [request, peer.keep]);
    const effect = effectOf(met.wire, route.operation);
    let body: AsyncIterable<Uint8Array> = bytesOf(request, record, tie.signal);
    if (effect.inRequest) body = throughLine(body, effect.fault, this.options.clock, tie.signal);
    const exchange: OpenedExchange = {
      request,
      url,
      id,
      ip: peer.ip,
      origin: request.headers.get('origin') ?? undefined,
      signal: tie.signal,
      record,
      body,
      effect,
      odd: met.answer,
    };
    try {
      const answer = await this.underWay.track(this.#answer(route, exchange));
      if (effect.gate.atOnce === 'reset') throw new ConnectionLost('reset');
      if (effect.gate.atOnce === 'stall') await never(tie.signal);
      return this.#respond(answer, exchange, tie);
    } catch (error) {
      tie.untie();
      throw tie.signal.aborted ? tie.signal.reason : error;
    }
  }

  /** The controls are no part of the service: no fault strikes them, and the journal does not have them. */
  async #control(request: Request, peer: Peer): Promise<Response> {
    const isPreflight = request.method === 'OPTIONS';
    const answer = isPreflight ? preflight({ request }) : await control(this, request, peer.signal);
    const headers = { ...answer.headers, ...corsHeaders(request.headers.get('origin') ?? undefined) };
    const body = answer.body instanceof Uint8Array ? answer.body : null;
    return new Response(body, { status: answer.status, headers });
  }

  /** Ends everything that is under way and removes what was stored in a temporary folder. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.underWay.end(new ConnectionLost('reset').toFetchError(true));
    await this.jobs.close();
    await this.store.dispose();
  }

  async #answer(route: Route, opened: OpenedExchange): Promise<Answer> {
    const { effect, request, body, record } = opened;
    try {
      // The token first: a request without one is not worth reading.
      if (route.scope !== undefined && !effect.neverBegins) whoAsks(this, opened, route.scope);
      const most = route.operation === 'render' ? JSON_BYTES.draft : JSON_BYTES.usual;
      const parsed = isJson(request)
        ? await readJson(body, most, (text, bytes) => this.journal.keepBody(record, text, bytes))
        : {};
      const exchange: Exchange = { ...opened, json: parsed };
      const answer =
        effect.neverBegins && !route.tellsOfNoWork
          ? await blank(exchange)
          : await route.answer(this, exchange);
      return faultyStatus(effect.fault) ?? answer;
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error, route.operation, record.requestId);
      if (error instanceof ConnectionLost || opened.signal.aborted) throw error;
      const message = error instanceof Error ? error.message : String(error);
      return refusalAnswer(new Refusal(500, message), route.operation, record.requestId);
    }
  }

  #respond(answer: Answer, exchange: OpenedExchange, tie: Tie): Response {
    const { effect, record, signal } = exchange;
    record.status = answer.status;
    this.options.onRequest?.(record);
    const headers = new Headers({
      ...answer.headers,
      ...corsHeaders(exchange.origin),
      [HEADERS.requestId]: record.requestId,
    });
    if (answer.body === undefined) {
      tie.untie();
      return new Response(null, { status: answer.status, headers });
    }
    if (answer.body instanceof Uint8Array && effect.fault === undefined) {
      tie.untie();
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
      onGone: (reason) => {
        onGone(record);
        tie.abort(reason);
      },
      onEnd: tie.untie,
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
    this.journal.add(record);
    return record;
  }
}

function onGone(record: OpenRecord): void {
  record.aborted = true;
}

/** The answer of a backend that did nothing: the request is read, and no more. */
async function blank({ body }: Exchange): Promise<Answer> {
  await drain(body);
  return json({});
}

/** What a request or a piece of background work is tied to. */
export interface Tie {
  /** Aborts when the reader it was tied to leaves, or when everything ends. */
  readonly signal: AbortSignal;
  /** Ends it early. */
  abort(reason: unknown): void;
  /** It is over: nothing aborts it any more. */
  untie(): void;
}

/** Everything that is under way, so that all of it can be ended and waited for. */
class UnderWay {
  // The value is only kept from being collected: a Request made of another one follows its signal weakly.
  readonly #ties = new Map<AbortController, unknown>();
  readonly #promises = new Set<Promise<unknown>>();

  /** Ties something to a client; `onGone` is called when the client goes away first. */
  tie(client?: AbortSignal, onGone?: () => void, keep?: unknown): Tie {
    const controller = new AbortController();
    const onAbort = (): void => {
      onGone?.();
      controller.abort(client?.reason);
    };
    this.#ties.set(controller, keep);
    if (client?.aborted) onAbort();
    else client?.addEventListener('abort', onAbort, { once: true });
    return {
      signal: controller.signal,
      abort: (reason) => controller.abort(reason),
      untie: () => {
        client?.removeEventListener('abort', onAbort);
        this.#ties.delete(controller);
      },
    };
  }

  /** Makes `end` wait for a promise, however it settles. */
  track<T>(promise: Promise<T>): Promise<T> {
    this.#promises.add(promise);
    const forget = (): void => {
      this.#promises.delete(promise);
    };
    promise.then(forget, forget);
    return promise;
  }

  /** Does something in the background. It begins after the caller has had its say. */
  spawn(task: (signal: AbortSignal) => Promise<void>): Tie {
    const tie = this.tie();
    const work = async (): Promise<void> => {
      await Promise.resolve();
      try {
        await task(tie.signal);
      } catch (error) {
        if (!tie.signal.aborted) throw error;
      } finally {
        tie.untie();
      }
    };
    void this.track(work());
    return tie;
  }

  /** Aborts everything and waits until nothing runs any more. */
  async end(reason: unknown): Promise<void> {
    for (const controller of this.#ties.keys()) controller.abort(reason);
    await Promise.allSettled([...this.#promises]);
  }
}
