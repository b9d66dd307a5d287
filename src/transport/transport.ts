import { type NemoVideoError, ResponseFormatError, withCaller } from '../errors/index.js';
import { untilAborted } from '../platform/abort.js';
import type { Clock } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import { fieldsOf, HEADERS } from '../wire/index.js';
import { factsOf, isRedirect, openEnvelope, readAnswer, readData, readMessage } from './answer.js';
import { type AttemptSettings, attempts, type RetrySettings, type Turn } from './attempts.js';
import { type Attribution, attributionHeaders } from './attribution.js';
import type {
  Answer,
  AnswerFacts,
  AnswerSchema,
  Authorize,
  Call,
  CallSubject,
  Identity,
  Middleware,
  OpenAnswer,
  Operation,
} from './contract.js';
import { type Deadline, withDeadline } from './deadline.js';
import { safeLogger } from './safe-logger.js';
import { type Fetch, isPlain, send } from './send.js';
import { documentedError } from './service-error.js';

/** Everything that transport needs, complete. */
export interface TransportSettings extends AttemptSettings {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly webUrl: string;
  readonly fetch: Fetch;
  readonly middleware: readonly Middleware[];
  readonly attribution: Attribution;
  readonly requestTimeoutMs: number;
}

/** What is known of the call that an error is about. */
export interface RefusedCall {
  readonly operation: Operation;
  readonly about?: CallSubject | undefined;
  readonly requestId?: string | undefined;
  readonly attempts?: number | undefined;
}

const UNKNOWN: Identity = { anonymous: false };
const ACCEPT: Readonly<Record<string, string>> = { accept: 'application/json' };

/**
 * Carries calls to the service: attempts (token, time limit, table of repeats) → one request by ky → `fetch` → the
 * envelope → the schema. Every failure becomes an error of the family.
 */
export class Transport {
  // Private: the caller's object may contain more, a token too, and `inspect` shows what is public.
  readonly #settings: TransportSettings;
  readonly #authorize: Authorize | undefined;
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(settings: TransportSettings, authorize?: Authorize) {
    this.#settings = { ...settings, logger: safeLogger(settings.logger) };
    this.#authorize = authorize;
    this.#origin = new URL(settings.baseUrl).origin;
    this.#headers = { ...ACCEPT, ...attributionHeaders(settings.attribution) };
  }

  /** The service's address, without a slash at the end. */
  get baseUrl(): string {
    return this.#settings.baseUrl;
  }

  /** Where time comes from. */
  get clock(): Clock {
    return this.#settings.clock;
  }

  /** Where the library logs what it does; credentials are redacted on the way. */
  get logger(): Logger {
    return this.#settings.logger;
  }

  /** How calls are repeated, for steps with repeats of another kind. */
  get retry(): RetrySettings {
    return this.#settings.retry;
  }

  /** Who is asking, as far as known. */
  identity(): Identity {
    return this.#authorize?.identity() ?? UNKNOWN;
  }

  /**
   * Makes a call whose answer is JSON, and reads its data by `schema`.
   * @throws the error of the family that the failure is.
   */
  async json<T>(given: Call, schema: AnswerSchema<T>): Promise<Answer<T>> {
    const { fetch, middleware } = this.#settings;
    const call = this.#addressed(given);
    return this.#attempts(call, (turn) =>
      withDeadline(this.#deadline(call, turn), async (signal) => {
        const response = await this.#send(call, turn, signal);
        const facts = factsOf(response, turn.attempt);
        // The platform ends the body with the request; another `fetch` may not.
        const limit = isPlain(fetch, middleware) ? undefined : signal;
        const data = await this.#read(call, facts, response, limit);
        return { ...facts, data: readAnswer(schema, data, call, facts) };
      }),
    );
  }

  /**
   * Makes a call whose body the caller reads: an event stream or a file. Resolves when the headers of a success are
   * here. `call.signal` is given to `fetch` as it is and also ends the body; until then no timeout applies.
   * JSON or HTML where another type was asked for is a failure in an envelope or a page of something in between, and
   * becomes its error.
   */
  async open(given: Call): Promise<OpenAnswer> {
    const call = this.#addressed(given);
    const signal = call.signal ?? new AbortController().signal;
    return this.#attempts(call, async (turn) => {
      const sent = this.#send(call, turn, signal);
      const response = await untilAborted(sent, signal).catch((error: unknown) => {
        // Should a fetch that ignores its signal answer after all, its body is not read.
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
      const found = { path: call.operation, expected: 'a stream', received: data };
      throw new ResponseFormatError({ ...call.about, ...facts, ...found });
    });
  }

  /**
   * The error that JSON of the service means by its code and message, wherever it came: in the body of an answer, or in
   * an event of a stream under HTTP 200. Undefined when its code is not documented.
   */
  errorOf(answer: unknown, call: RefusedCall): NemoVideoError | undefined {
    const { operation, about = {}, requestId, attempts = 1 } = call;
    const fields = fieldsOf(answer);
    const code = [answer, fields.error, { code: fields.errorCode ?? fields.error_code }]
      .map((part) => openEnvelope(part).code)
      .find((found) => found !== undefined);
    return documentedError({
      ...{ operation, about, requestId, attempts, code, answer },
      // A stream of errors still has a status of success: only the code decides.
      status: 200,
      message: readMessage(answer),
      retryAfterMs: undefined,
      identity: this.identity(),
      webUrl: this.#settings.webUrl,
    })?.error;
  }

  /** A call with its address among the facts of its errors. */
  #addressed(call: Call): Call {
    return { ...call, about: { ...call.about, address: this.#urlOf(call) } };
  }

  /** A path goes below the base address, which may have a path too. */
  #urlOf({ path }: Call): string {
    return path.startsWith('/') ? this.#settings.baseUrl + path : new URL(path).href;
  }

  /** Whether a call stays with the service: another origin gets neither the token nor the attribution. */
  #isOurs({ path }: Call): boolean {
    return path.startsWith('/') || new URL(path).origin === this.#origin;
  }

  #attempts<T>(call: Call, once: (turn: Turn) => Promise<T>): Promise<T> {
    const authorize = call.authorize !== false && this.#isOurs(call) ? this.#authorize : undefined;
    return withCaller(() => attempts(call, this.#settings, authorize, once));
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

  async #send(call: Call, { attempt, token }: Turn, signal: AbortSignal): Promise<Response> {
    const { fetch, middleware, logger } = this.#settings;
    const { operation, method, json, body, redirect, about } = call;
    const url = this.#urlOf(call);
    // To a browser, our headers would make a simple request to a file store one that has to be allowed first.
    const headers = { ...(this.#isOurs(call) ? this.#headers : ACCEPT), ...call.headers };
    if (token !== undefined) headers[HEADERS.authorization] = `Bearer ${token}`;
    // Only the path: the rest may be a signature.
    const path = call.path.startsWith('/') ? call.path : new URL(url).pathname;
    logger.debug(`${operation}: ${method} ${path}`, { attempt });
    const once = call.safety === 'once';
    const info = { operation, attempt };
    const onSend = onceOnly(call.onDelivery);
    const request = { url, method, headers, json, body, redirect, signal, about, info, once, onSend };
    const response = await send(request, fetch, middleware);
    // Also where a middleware answered itself: what it knows of the outcome is not known here.
    onSend();
    return response;
  }

  #read(call: Call, facts: AnswerFacts, response: Response, signal?: AbortSignal): Promise<unknown> {
    const { webUrl, clock } = this.#settings;
    const identity = (): Identity => this.identity();
    return readData(call, response, { facts, webUrl, nowMs: clock.now(), identity, signal });
  }
}

/** Reports once that an attempt has left. */
function onceOnly(report: Call['onDelivery']): () => void {
  let reported = false;
  return () => {
    if (!reported) report?.('unknown');
    reported = true;
  };
}
