import { platform } from '#platform';
import { checkClientId, staticToken } from './auth/index.js';
import { checkFields, type Fields, OptionError, readVariable } from './errors/index.js';
import { delays, functions, having, header, positive, text, url } from './option-values.js';
import { DEFAULTS, type NemoVideoOptions, type ResolvedOptions } from './options.js';
import { systemClock } from './platform/clock.js';
import { silentLogger } from './platform/logger.js';
import { guidedSchedule } from './render/schedule.js';
import { checkStreamIdle } from './run/run-options.js';
import { checkBaseUrl, detectPlatform, platformFetch } from './transport/index.js';
import { VERSION } from './version.js';
import { DEFAULT_BASE_URL, DEFAULT_WEB_URL } from './wire/index.js';

/** Node's fetch gives up on a body that is silent for 300 s; ours must report it first. */
const NODE_STREAM_IDLE_LIMIT_MS = 290_000;

/** Every field of the options, so that a misspelt one is reported instead of ignored. */
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
  const streamIdle = positive(options.timeouts?.streamIdle, timeouts.streamIdle, 'timeouts.streamIdle');
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
    middleware: functions(options.middleware, 'middleware'),
    attribution: {
      source: header(options.attribution?.source, 'attribution.source') ?? DEFAULTS.source,
      version: header(options.attribution?.version, 'attribution.version') ?? VERSION,
      platform:
        header(options.attribution?.platform, 'attribution.platform') ??
        detectPlatform(platform.env('SKILL_SOURCE'), platform.installPath()),
    },
    timeouts: {
      request: positive(options.timeouts?.request, timeouts.request, 'timeouts.request'),
      uploadIdle: positive(options.timeouts?.uploadIdle, timeouts.uploadIdle, 'timeouts.uploadIdle'),
      streamIdle,
      contentIdle: positive(options.timeouts?.contentIdle, timeouts.contentIdle, 'timeouts.contentIdle'),
      run: positive(options.timeouts?.run, timeouts.run, 'timeouts.run'),
      render: positive(options.timeouts?.render, timeouts.render, 'timeouts.render'),
    },
    recoveryDelaysMs: delays(options.recovery?.delaysMs, 'recovery.delaysMs') ?? DEFAULTS.recoveryDelaysMs,
    streamIdleMaxMs,
    stillWorkingMs: DEFAULTS.stillWorkingMs,
    poll: {
      minMs: positive(options.poll?.minMs, poll.minMs, 'poll.minMs'),
      maxMs: positive(options.poll?.maxMs, poll.maxMs, 'poll.maxMs'),
      schedule: options.poll?.schedule ?? guidedSchedule,
      requestsPerSecond: positive(
        options.poll?.requestsPerSecond,
        poll.requestsPerSecond,
        'poll.requestsPerSecond',
      ),
      concurrency: positive(options.poll?.concurrency, poll.concurrency, 'poll.concurrency'),
    },
    retry: {
      attempts,
      minMs: positive(options.retry?.minMs, retry.minMs, 'retry.minMs'),
      maxMs: positive(options.retry?.maxMs, retry.maxMs, 'retry.maxMs'),
      budgetMs: positive(options.retry?.budgetMs, retry.budgetMs, 'retry.budgetMs'),
    },
    maxLineLength: positive(options.maxLineLength, DEFAULTS.maxLineLength, 'maxLineLength'),
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
