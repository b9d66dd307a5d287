import { platform } from '#platform';
import { OptionError, refuseUnknownFields } from './errors/index.js';
import { DEFAULTS, type NemoVideoOptions, type ResolvedOptions } from './options.js';
import { systemClock } from './platform/clock.js';
import { silentLogger } from './platform/logger.js';
import { guidedSchedule } from './render/schedule.js';
import { checkStreamIdle } from './run/settings.js';
import { checkBaseUrl, detectPlatform, platformFetch } from './transport/index.js';
import { VERSION } from './version.js';
import { DEFAULT_BASE_URL, DEFAULT_WEB_URL } from './wire/index.js';

/** Node's fetch gives up on a body that is silent for 300 s; ours must be the first to tell. */
const NODE_STREAM_IDLE_LIMIT_MS = 290_000;

/** Every field of the options, so that a misspelt one is told instead of ignored. */
const FIELDS: Readonly<Record<keyof NemoVideoOptions, true>> = {
  token: true,
  auth: true,
  credentialStore: true,
  clientId: true,
  baseUrl: true,
  webUrl: true,
  allowInsecure: true,
  fetch: true,
  middleware: true,
  attribution: true,
  timeouts: true,
  recovery: true,
  poll: true,
  retry: true,
  maxLineLength: true,
  clock: true,
  logger: true,
  onRetry: true,
  language: true,
};

/**
 * Completes the options from the environment and the table of defaults.
 * @throws {@link OptionError} for the first option that cannot be used. Nothing has been sent then.
 */
export function resolveOptions(options: NemoVideoOptions): ResolvedOptions {
  refuseUnknownFields(options, FIELDS);
  const { timeouts, retry, poll } = DEFAULTS;
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
    envToken: platform.env('NEMO_TOKEN') || undefined,
    auth: options.auth,
    credentialStore: options.credentialStore,
    clientId: text(options.clientId, 'clientId') ?? (platform.env('NEMO_CLIENT_ID') || undefined),
    baseUrl: checkBaseUrl(
      options.baseUrl ?? (platform.env('NEMO_API_URL') || DEFAULT_BASE_URL),
      options.allowInsecure ?? false,
    ),
    webUrl: url(options.webUrl ?? (platform.env('NEMO_WEB_URL') || DEFAULT_WEB_URL), 'webUrl'),
    fetch: callable(options.fetch, 'fetch') ?? platformFetch,
    middleware: options.middleware ?? [],
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
      schedule: callable(options.poll?.schedule, 'poll.schedule') ?? guidedSchedule,
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
    clock: options.clock ?? systemClock,
    logger: options.logger ?? silentLogger,
    onRetry: callable(options.onRetry, 'onRetry'),
    language: text(options.language, 'language') ?? DEFAULTS.language,
  };
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
  if (!Array.isArray(value) || !value.every((delay) => typeof delay === 'number' && delay >= 0)) {
    throw new OptionError({ field: 'recovery.delaysMs', accepted: 'a list of milliseconds' });
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

function callable<F extends (...args: never[]) => unknown>(
  value: F | undefined,
  field: string,
): F | undefined {
  if (value !== undefined && typeof value !== 'function')
    throw new OptionError({ field, accepted: 'a function' });
  return value;
}
