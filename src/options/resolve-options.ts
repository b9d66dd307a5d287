import { platform } from '#platform';
import { checkClientId, staticToken } from '../auth/index.js';
import { checkFields, readVariable } from '../errors/index.js';
import { systemClock } from '../platform/clock.js';
import { silentLogger } from '../platform/logger.js';
import { guidedSchedule } from '../render/index.js';
import { checkStreamIdle } from '../run/run-options.js';
import { detectPlatform, platformFetch } from '../transport/index.js';
import { VERSION } from '../version.js';
import { DEFAULT_BASE_URL, DEFAULT_WEB_URL } from '../wire/index.js';
import { checkBaseUrl, checkWebUrl } from './addresses.js';
import {
  CLIENT_FIELDS,
  CLIENT_SYNONYMS,
  DEFAULTS,
  type NemoVideoOptions,
  type ResolvedOptions,
} from './client-options.js';

/** Node's fetch gives up on a body that is silent for 300 s; our limit must run out first. */
const NODE_STREAM_IDLE_LIMIT_MS = 290_000;

/**
 * Completes the options from the environment and the table of defaults.
 * @throws {@link OptionError} for the first option that cannot be used. Nothing has been sent then.
 */
export function resolveOptions(options: NemoVideoOptions): ResolvedOptions {
  checkFields(options, CLIENT_FIELDS, undefined, CLIENT_SYNONYMS);
  const { allowInsecure = false, attribution = {} } = options;
  const checkAddress = (address: string | URL) => checkBaseUrl(address, allowInsecure);
  const timeouts = complete(DEFAULTS.timeouts, options.timeouts);
  const ownFetch = platform.name === 'node' && options.fetch === undefined;
  const streamIdleMaxMs = ownFetch ? NODE_STREAM_IDLE_LIMIT_MS : undefined;
  checkStreamIdle(timeouts.streamIdle, streamIdleMaxMs);
  const isNamed = options.token !== undefined || options.auth !== undefined;
  return {
    token: options.token,
    envToken: isNamed ? undefined : variable('NEMO_TOKEN', checkToken),
    auth: options.auth,
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
        ? (variable('NEMO_WEB_URL', checkWebUrl) ?? DEFAULT_WEB_URL)
        : checkWebUrl(options.webUrl),
    fetch: options.fetch ?? platformFetch,
    middleware: [...(options.middleware ?? [])],
    attribution: {
      source: attribution.source ?? DEFAULTS.source,
      version: attribution.version ?? VERSION,
      platform: attribution.platform ?? detectPlatform(platform.env, platform.installPath()),
    },
    timeouts,
    recoveryDelaysMs: [...(options.recovery?.delaysMs ?? DEFAULTS.recoveryDelaysMs)],
    streamIdleMaxMs,
    stillWorkingMs: DEFAULTS.stillWorkingMs,
    poll: {
      ...complete(DEFAULTS.poll, options.poll),
      schedule: options.poll?.schedule ?? guidedSchedule,
    },
    settle: complete(DEFAULTS.settle, options.settle),
    retry: complete(DEFAULTS.retry, options.retry),
    maxLineLength: options.maxLineLength ?? DEFAULTS.maxLineLength,
    clock: options.clock ?? systemClock,
    logger: options.logger ?? silentLogger,
    onRetry: options.onRetry,
    language: options.language ?? DEFAULTS.language,
  };
}

/** A group of numbers, each as given, else its default. */
function complete<Name extends string>(
  defaults: Readonly<Record<Name, number>>,
  given: { readonly [Field in NoInfer<Name>]?: number | undefined } = {},
): Record<Name, number> {
  const whole: Record<Name, number> = { ...defaults };
  for (const name in defaults) whole[name] = given[name] ?? defaults[name];
  return whole;
}

/** What a variable of the environment says; see {@link readVariable}. */
function variable<T>(name: string, check: (value: string) => T): T | undefined {
  return readVariable(name, platform.env(name), check);
}

function checkToken(token: string): string {
  staticToken(token);
  return token;
}
