import type { AuthProvider } from '../auth/index.js';
import { type Fields, having, type Synonyms } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import type { CredentialStore } from '../platform/credentials.js';
import type { Logger } from '../platform/logger.js';
import type { PollSchedule } from '../render/index.js';
import type { Attribution, Fetch, Middleware, RetryInfo } from '../transport/index.js';

/** Who integrates the service: `Attribution` with everything left to its default. */
export interface AttributionOptions {
  /** The integration's name. Default `ai-video-maker-gratis`. */
  readonly source?: string | undefined;
  /** The integration's version. Default: the SDK's. */
  readonly version?: string | undefined;
  /** Where the integration is installed. Default: detected, else `unknown`. */
  readonly platform?: string | undefined;
}

/** Time limits, all in ms. */
export interface TimeoutOptions {
  /** One attempt of a small request. Default 30,000. */
  readonly request?: number | undefined;
  /** An upload or a download that moves no byte. Default 60,000. */
  readonly uploadIdle?: number | undefined;
  /**
   * An answer stream without any byte. Default 240,000. On Node's own fetch at most 290,000, because its body timeout
   * of 300 s would fire first; pass a `fetch` with another dispatcher to go beyond.
   */
  readonly streamIdle?: number | undefined;
  /** An answer stream with nothing but heartbeats. Default 600,000 (wire document). */
  readonly contentIdle?: number | undefined;
  /** A whole answer stream, without the recovery that may follow. Default 900,000 (wire document). */
  readonly run?: number | undefined;
  /** A render, from the moment that it is awaited or watched until it ends. Default 900,000. */
  readonly render?: number | undefined;
}

/** Options of {@link NemoVideo}. Every one may be left out. */
export interface NemoVideoOptions {
  /** The token to use. Default: NEMO_TOKEN, else a stored anonymous one, else a new anonymous one. */
  readonly token?: string | undefined;
  /** Where tokens come from, instead of `token`. */
  readonly auth?: AuthProvider | undefined;
  /** Where anonymous tokens are kept; `false` keeps them in memory. Default on Node: a private file of the user. */
  readonly credentialStore?: CredentialStore | false | undefined;
  /**
   * The id of this client, for anonymous tokens. The service asks for a UUID; any other visible ASCII text in one line
   * is sent as it is. Default: NEMO_CLIENT_ID, else the stored one, else a new one.
   */
  readonly clientId?: string | undefined;
  /** The service. Default: NEMO_API_URL, else the service's own address. Must be https, or loopback. */
  readonly baseUrl?: string | URL | undefined;
  /** The website. Default: NEMO_WEB_URL, else the service's own. */
  readonly webUrl?: string | URL | undefined;
  /** Permits a plain http `baseUrl` that is not loopback. Default false. */
  readonly allowInsecure?: boolean | undefined;
  /** What sends the requests. Default: the platform's `fetch`. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Wraps every attempt of every request; the first is the outermost. Default none. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Who integrates the service. Default: source `ai-video-maker-gratis`, the SDK's version, platform detected. */
  readonly attribution?: AttributionOptions | undefined;
  /** Time limits. Default: those of {@link TimeoutOptions}. */
  readonly timeouts?: TimeoutOptions | undefined;
  /** How the outcome of a broken run is looked for. */
  readonly recovery?:
    | {
        /** Pauses before each read of the state, in ms. Default 30 s, then four times 60 s. */
        readonly delaysMs?: readonly number[] | undefined;
      }
    | undefined;
  /** How renders are polled. */
  readonly poll?:
    | {
        /** The shortest pause between two polls of a render, in ms. Default 2,000. */
        readonly minMs?: number | undefined;
        /** The longest pause, in ms. Default 30,000. */
        readonly maxMs?: number | undefined;
        /** Decides how long each pause is. Default: guided by the progress that the service reports. */
        readonly schedule?: PollSchedule | undefined;
        /** The most polls per second, over all renders of this client. Default 20. */
        readonly requestsPerSecond?: number | undefined;
        /** The most polls in progress at once, over all renders of this client; one without an answer for 2 s no longer counts. Default 8. */
        readonly concurrency?: number | undefined;
      }
    | undefined;
  /** How the draft is awaited that the service keeps changing after a run has ended (two stages, late writes). */
  readonly settle?:
    | {
        /** The pause between two reads of the state, in ms. Default 3,000. */
        readonly intervalMs?: number | undefined;
        /** After this time the draft is taken as it is, in ms. Default 300,000. */
        readonly timeoutMs?: number | undefined;
      }
    | undefined;
  /** How failed requests are retried, where that is safe. */
  readonly retry?:
    | {
        /** The most times that a call is sent, the first included; a repeat under a new token is not counted. Default 3. */
        readonly attempts?: number | undefined;
        /** The shortest pause before a retry, in ms. Default 500. */
        readonly minMs?: number | undefined;
        /** The longest pause, in ms. Default 8,000. */
        readonly maxMs?: number | undefined;
        /** The limit on all attempts and pauses of a call together, in ms. Default 60,000. */
        readonly budgetMs?: number | undefined;
      }
    | undefined;
  /** The longest line of an answer stream, in characters. Default 8,388,608. */
  readonly maxLineLength?: number | undefined;
  /** Where time comes from. Default: the machine's clock. */
  readonly clock?: Clock | undefined;
  /** Where the library logs what it does. Default: nowhere. */
  readonly logger?: Logger | undefined;
  /** Called before a request is sent again: which call, the attempt that failed, the wait, the error. Default none. */
  readonly onRetry?: ((info: RetryInfo) => void) | undefined;
  /** The language of new sessions, as a BCP 47 tag. Default `en`. */
  readonly language?: string | undefined;
}

/** The one table of defaults; times are in ms. */
export const DEFAULTS = {
  source: 'ai-video-maker-gratis',
  language: 'en',
  timeouts: {
    request: 30_000,
    uploadIdle: 60_000,
    streamIdle: 240_000,
    contentIdle: 600_000,
    run: 900_000,
    render: 900_000,
  },
  stillWorkingMs: 120_000,
  recoveryDelaysMs: [30_000, 60_000, 60_000, 60_000, 60_000],
  poll: { minMs: 2_000, maxMs: 30_000, requestsPerSecond: 20, concurrency: 8 },
  settle: { intervalMs: 3_000, timeoutMs: 300_000 },
  retry: { attempts: 3, minMs: 500, maxMs: 8_000, budgetMs: 60_000 },
  maxLineLength: 8_388_608,
} as const;

/** The one table of fields: what each accepts. Addresses, the client id and the store are checked where they are read. */
export const CLIENT_FIELDS: Fields<NemoVideoOptions> = {
  token: 'string',
  auth: /* @__PURE__ */ having('token'),
  credentialStore: 'any',
  clientId: 'any',
  baseUrl: 'any',
  webUrl: 'any',
  allowInsecure: 'boolean',
  fetch: 'function',
  middleware: 'functions',
  attribution: { source: 'header', version: 'header', platform: 'header' } satisfies Fields<Attribution>,
  timeouts: {
    request: 'positive',
    uploadIdle: 'positive',
    streamIdle: 'positive',
    contentIdle: 'positive',
    run: 'positive',
    render: 'positive',
  } satisfies Fields<TimeoutOptions>,
  recovery: { delaysMs: 'delays' } satisfies Group<'recovery'>,
  poll: {
    minMs: 'positive',
    maxMs: 'positive',
    schedule: 'function',
    requestsPerSecond: 'positive',
    concurrency: 'positive',
  } satisfies Group<'poll'>,
  settle: { intervalMs: 'positive', timeoutMs: 'positive' } satisfies Group<'settle'>,
  retry: {
    attempts: 'count',
    minMs: 'positive',
    maxMs: 'positive',
    budgetMs: 'positive',
  } satisfies Group<'retry'>,
  maxLineLength: 'positive',
  clock: /* @__PURE__ */ having('now', 'sleep'),
  logger: /* @__PURE__ */ having('debug', 'info', 'warn', 'error'),
  onRetry: 'function',
  language: 'string',
};

type Group<Name extends keyof NemoVideoOptions> = Fields<NonNullable<NemoVideoOptions[Name]>>;

/** What people type first, who know other services. */
export const CLIENT_SYNONYMS: Synonyms = {
  apiKey: 'token',
  api_key: 'token',
  apiToken: 'token',
  accessToken: 'token',
  key: 'token',
  secret: 'token',
  url: 'baseUrl',
  apiUrl: 'baseUrl',
  endpoint: 'baseUrl',
  host: 'baseUrl',
  server: 'baseUrl',
  locale: 'language',
  lang: 'language',
  store: 'credentialStore',
  maxRetries: 'Did you mean `retry: { attempts }`?',
  retries: 'Did you mean `retry: { attempts }`?',
  timeoutMs: 'Did you mean `timeouts: { request }`?',
  headers: 'Headers are set by a `middleware`; who integrates the service is said by `attribution`.',
  model: 'Leave it out: the service has one agent, and it chooses the models.',
  signal: 'Pass the signal to each call, e.g. `session.run(message, { signal })`.',
};

/** Options without optionals. Made once, by `resolveOptions`. */
export interface ResolvedOptions {
  readonly token: string | undefined;
  readonly envToken: string | undefined;
  readonly auth: AuthProvider | undefined;
  readonly credentialStore: CredentialStore | false | undefined;
  readonly clientId: string | undefined;
  readonly baseUrl: string;
  readonly webUrl: string;
  readonly fetch: Fetch;
  readonly middleware: readonly Middleware[];
  readonly attribution: Attribution;
  readonly timeouts: Readonly<Record<keyof TimeoutOptions, number>>;
  readonly recoveryDelaysMs: readonly number[];
  /** The longest `streamIdle` that one run may ask for; undefined for no bound. */
  readonly streamIdleMaxMs: number | undefined;
  readonly stillWorkingMs: number;
  readonly poll: {
    readonly minMs: number;
    readonly maxMs: number;
    readonly schedule: PollSchedule;
    readonly requestsPerSecond: number;
    readonly concurrency: number;
  };
  readonly settle: { readonly intervalMs: number; readonly timeoutMs: number };
  readonly retry: {
    readonly attempts: number;
    readonly minMs: number;
    readonly maxMs: number;
    readonly budgetMs: number;
  };
  readonly maxLineLength: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onRetry: ((info: RetryInfo) => void) | undefined;
  readonly language: string;
}
