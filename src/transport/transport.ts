import type { NemoVideoError } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import { fieldsOf } from '../wire/index.js';
import type { AttemptSettings } from './attempts.js';
import type { Attribution } from './attribution.js';
import type {
  Answer,
  AnswerSchema,
  Authorize,
  Call,
  CallSubject,
  Identity,
  Middleware,
  OpenAnswer,
  Operation,
} from './contract.js';
import { openEnvelope, readMessage } from './envelope.js';
import type { Fetch } from './fetch.js';
import { onDemand } from './on-demand.js';
import { redactingLogger } from './redacting-logger.js';
import type { RetrySettings } from './retry.js';
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

const NOBODY: Identity = { anonymous: false };

/**
 * Carries calls to the service: attribution and token on every request, envelopes opened, failures told as errors of
 * the family, and repeats only where the table of `safety.ts` allows them. What does that comes with the first call.
 */
export class Transport {
  // Private: the caller's object may hold more, a token too, and `inspect` shows what is public.
  readonly #settings: TransportSettings;
  readonly #authorize: Authorize | undefined;
  readonly #carrier = onDemand(async () => {
    const { Carrier } = await import('./carrier.js');
    return new Carrier(this.#settings, this.#authorize, () => this.identity());
  });

  constructor(settings: TransportSettings, authorize?: Authorize) {
    this.#settings = { ...settings, logger: redactingLogger(settings.logger) };
    this.#authorize = authorize;
  }

  /** The service's address, without a slash at the end. */
  get baseUrl(): string {
    return this.#settings.baseUrl;
  }

  /** Where time comes from. */
  get clock(): Clock {
    return this.#settings.clock;
  }

  /** Where the library says what it does; credentials are redacted on the way. */
  get logger(): Logger {
    return this.#settings.logger;
  }

  /** How calls are repeated, for those who repeat by themselves. */
  get retry(): RetrySettings {
    return this.#settings.retry;
  }

  /** Who is asking, as far as known. */
  identity(): Identity {
    return this.#authorize?.identity() ?? NOBODY;
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

  /**
   * Makes a call whose answer is JSON, and reads its data by what `schema` gives, which it is asked for while the
   * request is under way.
   * @throws the error of the family that the failure is.
   */
  async json<T>(call: Call, schema: () => Promise<AnswerSchema<T>>): Promise<Answer<T>> {
    return (await this.#carrier()).json(call, schema);
  }

  /**
   * Makes a call whose body the caller reads: an event stream or a file. Resolves when the headers of a success are
   * here. `call.signal` is handed to `fetch` as it is and also ends the body; until then no timeout applies.
   */
  async open(call: Call): Promise<OpenAnswer> {
    return (await this.#carrier()).open(call);
  }
}
