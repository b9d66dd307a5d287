import type * as z from 'zod/mini';
import {
  AbortError,
  NemoVideoError,
  NetworkError,
  ResponseFormatError,
  TimeoutError,
} from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import { HEADERS } from '../wire/index.js';
import { type Attribution, attributionHeaders } from './attribution.js';
import type { Answer, AnswerFacts, Authorize, Call, Identity, Middleware, OpenAnswer } from './contract.js';
import { pause, throwIfAborted, withDeadline } from './deadline.js';
import { openEnvelope, readAnswer } from './envelope.js';
import { networkError } from './network-failure.js';
import { parseJson, readText } from './read.js';
import { backoffMs, type RetrySettings, rateLimitWaitMs, retryAfterMs } from './retry.js';
import { type Proof, REMEDIES } from './safety.js';
import { type Fetch, send } from './send.js';
import { errorOfRefusal } from './service-error.js';

/** Everything that transport needs, complete. */
export interface TransportSettings {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly webUrl: string;
  readonly fetch: Fetch;
  readonly middleware: readonly Middleware[];
  readonly attribution: Attribution;
  readonly requestTimeoutMs: number;
  readonly retry: RetrySettings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A failed attempt: the error it would be, and what it proves. */
class AttemptFailure {
  constructor(
    readonly error: NemoVideoError,
    readonly proof: Proof,
    readonly retryAfterMs: number | undefined = undefined,
  ) {}
}

const NOBODY: Identity = { anonymous: false };

/**
 * Carries calls to the service: attribution and token on every request, envelopes opened, failures told as errors of
 * the family, and repeats only where the table of `safety.ts` allows them.
 */
export class Transport {
  readonly settings: TransportSettings;
  readonly #authorize: Authorize | undefined;

  constructor(settings: TransportSettings, authorize?: Authorize) {
    this.settings = settings;
    this.#authorize = authorize;
  }

  /** Where time comes from. */
  get clock(): Clock {
    return this.settings.clock;
  }

  /** Who is asking, as far as known. */
  identity(): Identity {
    return this.#authorize?.identity() ?? NOBODY;
  }

  /**
   * Makes a call whose answer is JSON, and reads its data by `schema`.
   * @throws the error of the family that the failure is.
   */
  async json<S extends z.ZodMiniType>(call: Call, schema: S): Promise<Answer<z.output<S>>> {
    return this.#repeat(call, (attempt, token) =>
      withDeadline(this.#deadline(call), async (signal) => {
        const response = await this.#send(call, attempt, token, signal);
        const data = await this.#readData(call, attempt, response);
        return { ...factsOf(response, attempt), data: readAnswer(schema, data, call.operation) };
      }),
    );
  }

  /**
   * Makes a call whose body the caller reads: an event stream or a file. Resolves when the headers of a success are
   * here. `call.signal` is handed to `fetch` as it is and also ends the body; no timeout applies.
   * A JSON answer where another type was asked for is a failure in an envelope, and becomes its error.
   */
  async open(call: Call): Promise<OpenAnswer> {
    const signal = call.signal ?? new AbortController().signal;
    return this.#repeat(call, async (attempt, token) => {
      const response = await this.#send(call, attempt, token, signal);
      const json = (response.headers.get('content-type') ?? '').includes('json');
      if (!response.ok || json) {
        const data = await this.#readData(call, attempt, response);
        throw new ResponseFormatError({ path: call.operation, expected: 'a stream', received: data });
      }
      return { ...factsOf(response, attempt), response };
    });
  }

  async #repeat<T>(call: Call, once: (attempt: number, token: string | undefined) => Promise<T>): Promise<T> {
    const { retry, clock, logger } = this.settings;
    const begun = clock.now();
    const spent = { renew: false, wait: false };
    for (let attempt = 1; ; attempt += 1) {
      throwIfAborted(call.signal, call.operation);
      let token: string | undefined;
      try {
        if (call.authorize !== false) token = await this.#authorize?.token(call.signal);
        return await once(attempt, token);
      } catch (thrown) {
        const failure = this.#failure(call, attempt, thrown);
        // Only a connection that was never made, or a refusal by the service, proves that no work began.
        const refused = thrown instanceof AttemptFailure && failure.proof !== 'unknown';
        if (failure.proof === 'unsent' || refused) call.onDelivery?.('unsent');
        const remedy = REMEDIES[call.safety][failure.proof];
        let waitMs: number;
        if (remedy === 'renew' && !spent.renew && token !== undefined && this.#authorize?.refused(token)) {
          spent.renew = true;
          waitMs = 0;
        } else if (remedy === 'wait' && !spent.wait && call.retry !== false && call.operation !== 'token') {
          spent.wait = true;
          waitMs = rateLimitWaitMs(failure.retryAfterMs);
        } else if (remedy === 'backoff' && call.retry !== false && attempt < retry.attempts) {
          waitMs = failure.retryAfterMs ?? backoffMs(retry, attempt + 1);
          if (clock.now() + waitMs - begun > retry.budgetMs) throw failure.error;
        } else {
          throw failure.error;
        }
        logger.debug(`${call.operation}: attempt ${attempt} failed, next in ${Math.round(waitMs)} ms`, {
          error: failure.error.message,
        });
        if (waitMs > 0) await pause(clock, waitMs, call.signal, call.operation);
      }
    }
  }

  #deadline(call: Call) {
    return {
      clock: this.settings.clock,
      operation: call.operation,
      limitMs: call.timeoutMs ?? this.settings.requestTimeoutMs,
      limit: 'timeouts.request',
      signal: call.signal,
    };
  }

  async #send(
    call: Call,
    attempt: number,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<Response> {
    const { baseUrl, attribution, fetch, middleware, logger } = this.settings;
    const url = new URL(call.path, `${baseUrl}/`);
    const headers = new Headers({
      accept: 'application/json',
      ...call.headers,
      ...attributionHeaders(attribution),
    });
    if (token !== undefined && url.origin === new URL(baseUrl).origin) {
      headers.set(HEADERS.authorization, `Bearer ${token}`);
    }
    logger.debug(`${call.operation}: ${call.method} ${url.pathname}`, { attempt });
    call.onDelivery?.('unknown');
    return send(
      {
        url: url.href,
        method: call.method,
        headers,
        json: call.json,
        body: call.body,
        signal,
        // A body that may have to be sent again to another place would be held in memory.
        redirect: call.body === undefined ? 'follow' : 'error',
        info: { operation: call.operation, attempt },
      },
      fetch,
      middleware,
    );
  }

  /** The data of a JSON answer; throws the failure that the answer is. */
  async #readData(call: Call, attempt: number, response: Response): Promise<unknown> {
    const text = await readText(response, call.operation);
    const parsed = parseJson(text);
    if (parsed === undefined && response.ok) {
      throw new ResponseFormatError({
        path: call.operation,
        expected: 'JSON',
        received: text,
        status: response.status,
        requestId: response.headers.get(HEADERS.requestId) ?? undefined,
        attempts: attempt,
        ...call.about,
      });
    }
    const envelope = openEnvelope(parsed?.json ?? {});
    if (response.ok && envelope.ok) return envelope.data;
    const waitMs = retryAfterMs(response.headers, this.clock.now());
    const { error, proof } = errorOfRefusal({
      operation: call.operation,
      status: response.status,
      code: envelope.code,
      message: envelope.message,
      retryAfterMs: waitMs,
      requestId: response.headers.get(HEADERS.requestId) ?? undefined,
      attempts: attempt,
      about: call.about ?? {},
      identity: this.identity(),
      webUrl: this.settings.webUrl,
    });
    throw new AttemptFailure(error, proof, waitMs);
  }

  #failure(call: Call, attempt: number, thrown: unknown): AttemptFailure {
    if (thrown instanceof AttemptFailure) return thrown;
    if (thrown instanceof TimeoutError) return new AttemptFailure(thrown, 'unknown');
    if (call.signal?.aborted) {
      return new AttemptFailure(
        new AbortError({ operation: call.operation, cause: call.signal.reason }),
        'rejected',
      );
    }
    if (thrown instanceof NetworkError)
      return new AttemptFailure(thrown, thrown.sent === 'no' ? 'unsent' : 'unknown');
    // Errors of reading the answer, of auth, of opening the body: a repeat would not change them.
    if (thrown instanceof NemoVideoError) return new AttemptFailure(thrown, 'rejected');
    const error = networkError(thrown, { operation: call.operation, attempts: attempt, ...call.about });
    return new AttemptFailure(error, error.sent === 'no' ? 'unsent' : 'unknown');
  }
}

function factsOf(response: Response, attempts: number): AnswerFacts {
  return {
    status: response.status,
    headers: response.headers,
    requestId: response.headers.get(HEADERS.requestId) ?? undefined,
    attempts,
  };
}
