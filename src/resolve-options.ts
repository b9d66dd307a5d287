import { platform } from '#platform';
import { checkClientId, staticToken } from './auth/index.js';
import { checkFields, type Fields, OptionError, readVariable } from './errors/index.js';
import { DEFAULTS, type NemoVideoOptions, type ResolvedOptions } from './options.js';
import { systemClock } from './platform/clock.js';
import { silentLogger } from './platform/logger.js';
import { guidedSchedule } from './render/schedule.js';
import { checkStreamIdle } from './run/settings.js';
import { checkBaseUrl, detectPlatform, type Middleware, platformFetch } from './transport/index.js';
import { VERSION } from './version.js';
import { DEFAULT_BASE_URL, DEFAULT_WEB_URL } from './wire/index.js';

/** Node's fetch gives up on a body that is silent for 300 s; ours must be the first to tell. */
const NODE_STREAM_IDLE_LIMIT_MS = 290_000;

/** Every field of the options, so that a misspelt one is told instead of ignored. */
const FIELDS: Fields<NemoVideoOptions> = {
  token: 'any',
  auth: 'object',
  credentialStore: 'any',
  clientId: 'any',
  baseUrl: 'any',
  webUrl: 'any',
  allowInsecure: 'boolean',
  fetch: 'function',
  middleware: 'any',
  attribution: 'object',
  timeouts: 'object',
  recovery: 'object',
  poll: 'object',
  retry: 'object',
  maxLineLength: 'any',
  clock: 'object',
  logger: 'object',
  onRetry: 'function',
  language: 'any',
};

/** The same of the options that are objects of numbers and texts. */
const NESTED_FIELDS = {
  attribution: { source: 'any', version: 'any', platform: 'any' },
  timeouts: {
    request: 'any',
    uploadIdle: 'any',
    streamIdle: 'any',
    contentIdle: 'any',
    run: 'any',
    render: 'any',
  },
  recovery: { delaysMs: 'any' },
  poll: { minMs: 'any', maxMs: 'any', schedule: 'function', requestsPerSecond: 'any', concurrency: 'any' },
  retry: { attempts: 'any', minMs: 'any', maxMs: 'any', budgetMs: 'any' },
} satisfies { [Name in NestedName]: Fields<NonNullable<NemoVideoOptions[Name]>> };

type NestedName = 'attribution' | 'timeouts' | 'recovery' | 'poll' | 'retry';

/**
 * Completes the options from the environment and the table of defaults.
 * @throws {@link OptionError} for the first option that cannot be used. Nothing has been sent then.
 */
export function resolveOptions(options: NemoVideoOptions): ResolvedOptions {
  checkFields(options, FIELDS);
  for (const [name, known] of Object.entries(NESTED_FIELDS)) {
    const given: unknown = Reflect.get(options, name);
    if (given !== undefined) checkFields(given, known, name);
  }
  const { timeouts, retry, poll } = DEFAULTS;
  const checkAddress = (address: string | URL) => checkBaseUrl(address, options.allowInsecure ?? false);
  const streamIdle = ms(options.timeouts?.streamIdle, timeouts.streamIdle, 'timeouts.streamIdle');
  const ownFetch = platform.name === 'node' && options.fetch === undefined;
  const streamIdleMaxMs = ownFetch ? NODE_STREAM_IDLE_LIMIT_MS : undefined;
  checkStreamIdle(streamIdle, streamIdleMaxMs);
  const attempts = options.retry?.attempts ?? retry.attempts;
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new OptionError({ field: 'retry.attempts', accepted: 'a whole number from 1' });
  }
  return {
    token: text(options.token, 'token'),
    envToken:
      options.token === undefined && options.auth === undefined
        ? variable('NEMO_TOKEN', checkToken)
        : undefined,
    auth: having(options.auth, 'auth', ['token']),
    credentialStore: options.credentialStore,
    clientId:
      options.clientId === undefined
        ? variable('NEMO_CLIENT_ID', (id) => checkClientId(id, 'clientId'))
        : checkClientId(options.clientId, 'clientId'),
    baseUrl:
      options.baseUrl === undefined
        ? (variable('NEMO_API_URL', checkAddress) ?? DEFAULT_BASE_URL)
        : checkAddress(options.baseUrl),
    webUrl:
      options.webUrl === undefined
        ? (variable('NEMO_WEB_URL', (address) => url(address, 'webUrl')) ?? DEFAULT_WEB_URL)
        : url(options.webUrl, 'webUrl'),
    fetch: options.fetch ?? platformFetch,
    middleware: layers(options.middleware),
    attribution: {
      source: header(options.attribution?.source, 'attribution.source') ?? DEFAULTS.source,
      version: header(options.attribution?.version, 'attribution.version') ?? VERSION,
      platform:
        header(options.attribution?.platform, 'attribution.platform') ??
        detectPlatform(platform.env('SKILL_SOURCE'), platform.installPath()),
    },
    timeouts: {
      request: ms(options.timeouts?.request, timeouts.request, 'timeouts.request'),
      uploadIdle: ms(options.timeouts?.uploadIdle, timeouts.uploadIdle, 'timeouts.uploadIdle'),
      streamIdle,
      contentIdle: ms(options.timeouts?.contentIdle, timeouts.contentIdle, 'timeouts.contentIdle'),
      run: ms(options.timeouts?.run, timeouts.run, 'timeouts.run'),
      render: ms(options.timeouts?.render, timeouts.render, 'timeouts.render'),
    },
    recoveryDelaysMs: delays(options.recovery?.delaysMs),
    streamIdleMaxMs,
    stillWorkingMs: DEFAULTS.stillWorkingMs,
    poll: {
      minMs: ms(options.poll?.minMs, poll.minMs, 'poll.minMs'),
      maxMs: ms(options.poll?.maxMs, poll.maxMs, 'poll.maxMs'),
      schedule: options.poll?.schedule ?? guidedSchedule,
      requestsPerSecond: ms(
        options.poll?.requestsPerSecond,
        poll.requestsPerSecond,
        'poll.requestsPerSecond',
      ),
      concurrency: ms(options.poll?.concurrency, poll.concurrency, 'poll.concurrency'),
    },
    retry: {
      attempts,
      minMs: ms(options.retry?.minMs, retry.minMs, 'retry.minMs'),
      maxMs: ms(options.retry?.maxMs, retry.maxMs, 'retry.maxMs'),
      budgetMs: ms(options.retry?.budgetMs, retry.budgetMs, 'retry.budgetMs'),
    },
    maxLineLength: ms(options.maxLineLength, DEFAULTS.maxLineLength, 'maxLineLength'),
    clock: having(options.clock, 'clock', ['now', 'sleep']) ?? systemClock,
    logger: having(options.logger, 'logger', ['debug', 'info', 'warn', 'error']) ?? silentLogger,
    onRetry: options.onRetry,
    language: text(options.language, 'language') ?? DEFAULTS.language,
  };
}

/** What a variable of the environment says; see {@link readVariable}. */
function variable<T>(name: string, check: (value: string) => T): T | undefined {
  return readVariable(name, platform.env(name), check);
}

function checkToken(token: string): string {
  staticToken(token);
  return token;
}

/** A positive number, finite. */
function ms(value: number | undefined, fallback: number, field: string): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !(value > 0) || !Number.isFinite(value)) {
    throw new OptionError({ field, accepted: 'a positive number' });
  }
  return value;
}

function delays(value: readonly number[] | undefined): readonly number[] {
  if (value === undefined) return DEFAULTS.recoveryDelaysMs;
  if (!Array.isArray(value) || !value.every((delay) => Number.isFinite(delay) && delay >= 0)) {
    throw new OptionError({ field: 'recovery.delaysMs', accepted: 'a list of milliseconds, each finite' });
  }
  return [...value];
}

function text(value: string | undefined, field: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value.trim() === '') {
    throw new OptionError({ field, accepted: 'a string that is not empty' });
  }
  return value;
}

/** A value that can stand in a header. */
function header(value: string | undefined, field: string): string | undefined {
  const checked = text(value, field);
  if (checked !== undefined && !/^[\t\x20-\x7e\x80-\xff]+$/.test(checked)) {
    throw new OptionError({ field, accepted: 'text that fits in an HTTP header (Latin letters, one line)' });
  }
  return checked;
}

function url(value: string | URL, field: string): string {
  const parsed = tryUrl(String(value));
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new OptionError({ field, accepted: 'an address that begins https://' });
  }
  return parsed.href.replace(/\/$/, '');
}

function tryUrl(value: string): URL | null {
  try {
    return new URL(value);
  } catch {
    return null;
  }
}

/** An object of the caller's own, with the methods that will be called. */
function having<T extends object>(
  value: T | undefined,
  field: string,
  methods: readonly (keyof T & string)[],
): T | undefined {
  if (value !== undefined && !methods.every((name) => typeof value[name] === 'function')) {
    throw new OptionError({
      field,
      accepted: `an object with ${methods.map((name) => `${name}()`).join(', ')}`,
    });
  }
  return value;
}

function layers(value: readonly Middleware[] | undefined): readonly Middleware[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((layer) => typeof layer === 'function')) {
    throw new OptionError({ field: 'middleware', accepted: 'a list of functions' });
  }
  return [...value];
}
