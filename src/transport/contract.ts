import type { NemoVideoError } from '../errors/index.js';

/** Every kind of call that the library makes, by the name that middleware, logs and errors use. */
export type Operation =
  | 'token'
  | 'claim'
  | 'session'
  | 'state'
  | 'credits'
  | 'tokens.list'
  | 'tokens.create'
  | 'tokens.revoke'
  | 'upload'
  | 'run'
  | 'render.submit'
  | 'render.poll'
  | 'render.cancel'
  | 'download';

/**
 * What a repeat of a call would do. `safe`: nothing that matters, so it may be repeated whatever happened.
 * `once`: work or money, so it is repeated only where the failure proves that no work began.
 */
export type Safety = 'safe' | 'once';

/**
 * Whether the service may be at work on a call: `unsent` while it is proven that no work began, `unknown` from the
 * moment an attempt leaves.
 */
export type Delivery = 'unsent' | 'unknown';

/** What a call is about: facts for errors. */
export interface CallSubject {
  /** The address that is tried: transport adds it. */
  readonly address?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly renderId?: string | undefined;
}

/** A request body that can be made again, so that a retry never clones a stream. */
export interface RequestBody {
  /** Content type, with the boundary of a multipart body. */
  readonly contentType: string;
  /** Length in bytes, where known; sent as `Content-Length`. */
  readonly length?: number | undefined;
  /**
   * Why its bytes could not be had, when that has happened: the failure of the call then, which a repeat would not
   * change. It is here, because runtimes differ in what becomes of an error of a stream that they send.
   */
  readonly failure?: NemoVideoError | undefined;
  /** Opens the body anew for each attempt. */
  open(signal: AbortSignal): ReadableStream<Uint8Array> | Blob | Promise<ReadableStream<Uint8Array> | Blob>;
}

/** How long an attempt may take. */
export interface TimeLimit {
  /** In ms. */
  readonly ms: number;
  /** Which option it is, for the error, e.g. `timeouts.uploadIdle`. */
  readonly option: string;
  /** When it runs out, by the client's clock, where it moves: a limit on silence. Default `ms` after the beginning. */
  dueAt?(): number;
}

/** One call of the service, complete. */
export interface Call {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST';
  /** Path below `baseUrl`; or a whole address, which gets no credentials unless it is of the service's origin. */
  readonly path: string;
  readonly safety: Safety;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as is. */
  readonly body?: RequestBody | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whether to send the token. Default true. */
  readonly authorize?: boolean | undefined;
  /** Limit of one attempt. Default `timeouts.request`. */
  readonly limit?: TimeLimit | undefined;
  /** Of a GET. `manual`: a redirect is an answer, for {@link Transport.open} a success. Default `follow`. */
  readonly redirect?: 'follow' | 'manual' | undefined;
  readonly signal?: AbortSignal | undefined;
  /** False: one attempt (and a new token where one can be had), because the caller has its own schedule. */
  readonly retry?: boolean | undefined;
  /**
   * Finds the data in an answer under 2xx that would count as a failure: in JSON that reports one, or in an empty body
   * (`json` is undefined then). Returns undefined where there is none.
   */
  readonly salvage?: ((json: unknown) => unknown) | undefined;
  /** Called each time that changes: when an attempt leaves, and when its failure proves that no work began. */
  readonly onDelivery?: ((delivery: Delivery) => void) | undefined;
  /** What the call is about: facts for errors. */
  readonly about?: CallSubject | undefined;
}

/** What came back, beside the data. */
export interface AnswerFacts {
  /** HTTP status. */
  readonly status: number;
  readonly headers: Headers;
  /** The service's `x-request-id`. */
  readonly requestId: string | undefined;
  /** How many times the request was sent. */
  readonly attempts: number;
}

/** Data that was read out of its envelope, with the facts of the answer. */
export interface Answer<T> extends AnswerFacts {
  readonly data: T;
}

/** An answer whose body has not been read. The caller must read it or cancel it. */
export interface OpenAnswer extends AnswerFacts {
  readonly response: Response;
}

/** What a middleware learns about the request that it handles. */
export interface RequestInfo {
  /** Which call this is. */
  readonly operation: Operation;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** What `onRetry` is called with, before a call is sent again. */
export interface RetryInfo {
  /** Which call this is. */
  readonly operation: Operation;
  /** The attempt that failed: 1 for the first. */
  readonly attempt: number;
  /** The pause before the next attempt, in ms. */
  readonly waitMs: number;
  /** Why it failed. */
  readonly error: NemoVideoError;
}

/**
 * Wraps every attempt of every request, in the order given: the first is the outermost. It may change the
 * request, answer itself, or look at the response; it must not consume a body that it passes on. For a call that
 * costs (`run`, `render.submit`) a second call of `next` is refused with an `OptionError`, unless the first one proved
 * that nothing was sent.
 */
export type Middleware = (
  request: Request,
  next: (request: Request) => Promise<Response>,
  info: RequestInfo,
) => Promise<Response>;

/** How transport gets credentials without knowing `auth/`, which itself calls the service through transport. */
export interface Authorize {
  /** The token to send now. */
  token(signal: AbortSignal | undefined): Promise<string>;
  /** The service refused `token`. True when another one can be had, so that the call may be replayed. */
  refused(token: string): boolean | Promise<boolean>;
  /** Who is asking, as far as known: facts for errors. */
  identity(): Identity;
}

/** Who is asking. */
export interface Identity {
  /** Whether the token is an anonymous one. */
  readonly anonymous: boolean;
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
}

/** One thing that is wrong with an answer. */
export interface AnswerIssue {
  readonly code?: string | undefined;
  /** Of `invalid_type`: the type that belongs there. */
  readonly expected?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * What reads the data of an answer: the one method of a zod schema that is used, in our own words, because the
 * class reaches the published declarations, and a type of zod there has to compile with every consumer's settings.
 */
export interface AnswerSchema<T> {
  safeParse(
    data: unknown,
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly AnswerIssue[] } };
}
