import { ResponseFormatError } from '../errors/index.js';
import { untilAborted } from '../platform/until-aborted.js';
import { HEADERS } from '../wire/index.js';
import { factsOf, isRedirect, readData } from './answer.js';
import { attempts, type Turn } from './attempts.js';
import { attributionHeaders } from './attribution.js';
import type { Answer, AnswerFacts, AnswerSchema, Authorize, Call, Identity, OpenAnswer } from './contract.js';
import { type Deadline, withDeadline } from './deadline.js';
import { readAnswer } from './envelope.js';
import { isPlain, send } from './send.js';
import type { TransportSettings } from './transport.js';

const ACCEPT: Readonly<Record<string, string>> = { accept: 'application/json' };

/** What {@link Transport} does when the first call comes: attempts, the request itself, and the answer or its error. */
export class Carrier {
  readonly #settings: TransportSettings;
  readonly #authorize: Authorize | undefined;
  readonly #identity: () => Identity;
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(settings: TransportSettings, authorize: Authorize | undefined, identity: () => Identity) {
    this.#settings = settings;
    this.#authorize = authorize;
    this.#identity = identity;
    this.#origin = new URL(settings.baseUrl).origin;
    this.#headers = { ...ACCEPT, ...attributionHeaders(settings.attribution) };
  }

  /**
   * Makes a call whose answer is JSON, and reads its data by what `schema` gives, which it is asked for while the
   * request is under way.
   * @throws the error of the family that the failure is.
   */
  json<T>(call: Call, schema: () => Promise<AnswerSchema<T>>): Promise<Answer<T>> {
    const { fetch, middleware } = this.#settings;
    const reading = schema();
    // A call that fails before its answer is here asks for no schema.
    reading.catch(() => {});
    return attempts(call, this.#settings, this.#authorizeFor(call), (turn) =>
      withDeadline(this.#deadline(call, turn), async (signal) => {
        const response = await this.#send(call, turn, signal);
        const facts = factsOf(response, turn.attempt);
        // The platform ends the body with the request; anybody else may not.
        const limit = isPlain(fetch, middleware) ? undefined : signal;
        const data = await this.#read(call, facts, response, limit);
        return { ...facts, data: readAnswer(await reading, data, call, facts) };
      }),
    );
  }

  /**
   * Makes a call whose body the caller reads: an event stream or a file. Resolves when the headers of a success are
   * here. `call.signal` is handed to `fetch` as it is and also ends the body; until then no timeout applies.
   * JSON or HTML where another type was asked for is a failure in an envelope or a page of something in between, and
   * becomes its error.
   */
  async open(call: Call): Promise<OpenAnswer> {
    const signal = call.signal ?? new AbortController().signal;
    return attempts(call, this.#settings, this.#authorizeFor(call), async (turn) => {
      const sent = this.#send(call, turn, signal);
      const response = await untilAborted(sent, signal).catch((error: unknown) => {
        // Should a fetch that does not heed its signal answer after all, nobody will read it.
        sent.then((late) => late.body?.cancel()).catch(() => {});
        throw error;
      });
      const answer = factsOf(response, turn.attempt);
      const type = answer.headers.get('content-type') ?? '';
      const isStream = response.ok && !/\b(?:json|html)\b/i.test(type);
      if (isStream || (call.redirect === 'manual' && isRedirect(response))) {
        return { ...answer, response };
      }
      const data = await withDeadline(this.#deadline(call, turn), (limit) =>
        this.#read(call, answer, response, limit),
      );
      const { headers, ...facts } = answer;
      throw new ResponseFormatError({
        ...call.about,
        ...facts,
        path: call.operation,
        expected: 'a stream',
        received: data,
      });
    });
  }

  #isOurs(address: URL | undefined): boolean {
    return address === undefined || address.origin === this.#origin;
  }

  /** Who gives the token for a call: nobody where it leads to another origin. */
  #authorizeFor(call: Call): Authorize | undefined {
    return call.authorize !== false && this.#isOurs(wholeAddress(call)) ? this.#authorize : undefined;
  }

  #deadline(call: Call, { attempt, endsAt }: Turn): Deadline {
    const { clock, requestTimeoutMs, retry } = this.#settings;
    const { operation, signal, about, limit } = call;
    const facts = { ...about, attempts: attempt };
    if (limit !== undefined) {
      const dueAt = limit.dueAt?.bind(limit);
      return { clock, operation, signal, facts, limitMs: limit.ms, limit: limit.option, dueAt };
    }
    if (endsAt !== undefined && endsAt < clock.now() + requestTimeoutMs) {
      const dueAt = (): number => endsAt;
      return { clock, operation, signal, facts, limitMs: retry.budgetMs, limit: 'retry.budgetMs', dueAt };
    }
    return { clock, operation, signal, facts, limitMs: requestTimeoutMs, limit: 'timeouts.request' };
  }

  #send(call: Call, { attempt, token }: Turn, signal: AbortSignal): Promise<Response> {
    const { baseUrl, fetch, middleware, logger } = this.#settings;
    const { operation, method, json, body, redirect, about } = call;
    const elsewhere = wholeAddress(call);
    // A path goes below the base address, which may have a path of its own.
    const url = elsewhere?.href ?? baseUrl + call.path;
    // Another origin is a file store: it is told neither who asks nor by which integration. To a browser, headers of
    // ours would make a simple request one that has to be allowed first.
    const headers = { ...(this.#isOurs(elsewhere) ? this.#headers : ACCEPT), ...call.headers };
    if (token !== undefined) headers[HEADERS.authorization] = `Bearer ${token}`;
    // Only the path: what stands behind it may be a signature.
    logger.debug(`${operation}: ${method} ${elsewhere?.pathname ?? call.path}`, { attempt });
    const onSend = onceOnly(call.onDelivery);
    const once = call.safety === 'once';
    const info = { operation, attempt };
    const sent = send(
      { url, method, headers, json, body, redirect, signal, about, info, once, onSend },
      fetch,
      middleware,
    );
    if (onSend === undefined) return sent;
    // Also where a middleware answered by itself: what it knows of the outcome, nobody knows.
    return sent.then((response) => {
      onSend();
      return response;
    });
  }

  #read(call: Call, facts: AnswerFacts, response: Response, signal?: AbortSignal): Promise<unknown> {
    const { webUrl, clock } = this.#settings;
    const identity = this.#identity;
    return readData(call, response, { facts, webUrl, nowMs: clock.now(), identity, signal });
  }
}

/** Tells once that an attempt has left. */
function onceOnly(tell: Call['onDelivery']): (() => void) | undefined {
  if (tell === undefined) return undefined;
  let told = false;
  return () => {
    if (!told) tell('unknown');
    told = true;
  };
}

/** The address of a call that names one; undefined for a path of the service. */
function wholeAddress({ path }: Call): URL | undefined {
  return path.startsWith('/') ? undefined : new URL(path);
}
