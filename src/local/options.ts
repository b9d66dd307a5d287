import { checkFields, type Fields, OptionError } from '../errors/index.js';
import { type Clock, systemClock } from '../platform/clock.js';
import { MAX_UPLOAD_BYTES } from '../wire/index.js';
import type { Agent } from './agent/index.js';
import type { RequestRecord } from './journal.js';

/** Options of {@link createLocalBackend}. */
export interface LocalBackendOptions {
  /**
   * Decides what to do about a message; undefined leaves it to the built-in table of commands. Scripted replies
   * (`backend.agent.on`) come first. Default: the table alone.
   */
  agent?: Agent | undefined;
  /** The folder for uploads and renders, made where it is missing and kept on close. Default: a temporary folder, removed on close. */
  dir?: string | undefined;
  /**
   * 'video' renders real MP4 files, for which the optional peers are needed; 'off' lets the time pass and delivers a
   * placeholder of one black frame. Default 'video'; where the peers are missing, that fails when there is something to
   * render, and `'video'` at once.
   */
  render?: 'video' | 'off' | undefined;
  /** How many times faster than the service the agent works; `Infinity` for no delay. Default 20. */
  speed?: number | undefined;
  /** 'free': export is not in the plan of anonymous users (402). Default 'pro'. */
  plan?: 'free' | 'pro' | undefined;
  /** Credits of an anonymous account. Default 100, as at the service (wire document); 10,000 on the command line. */
  credits?: number | undefined;
  /** The seed of everything random, so that the same messages have the same outcome. Default 1. */
  seed?: number | undefined;
  /** Where time comes from; pass the client the same. Default: the machine's clock. */
  clock?: Clock | undefined;
  /** Paths of further fonts, for scripts that the built-in Latin font lacks. Default: none. */
  fonts?: readonly string[] | undefined;
  /**
   * Which addresses uploads by URL may be fetched from: 'none'; 'loopback' for this machine only, so that no caller can make
   * this program read an internal network; 'any' for all. Default 'loopback'; on the command line 'none'.
   */
  fetchFrom?: 'none' | 'loopback' | 'any' | undefined;
  /** The largest file that is accepted, in bytes; beyond it 4002. Default 500 MB, as at the service. */
  maxUploadBytes?: number | undefined;
  /**
   * What a stream of a run that the client closes does to the work: it continues, as with ADK for JavaScript 2.0.0, or
   * it is aborted where it is, as with ADK for Python from 2.11. What the service does is not known. Default 'continue'.
   */
  onDisconnect?: 'continue' | 'abort' | undefined;
  /**
   * True: the documented limits, one anonymous token per client id and ten per address in 7 days. Default false: any
   * number, and the same client id gets a new token of the same account.
   */
  limits?: boolean | undefined;
  /**
   * Origins of web pages that may call the backend when it listens, e.g. `['https://app.test']`, or `['*']` for any.
   * Default: pages of this machine (localhost, 127.0.0.1, [::1], any port). Requests without an origin, as programs
   * send them, are always answered.
   */
  allowOrigin?: readonly string[] | undefined;
  /** Called with the record of each request when it has been answered. Default: nothing. */
  onRequest?: ((record: RequestRecord) => void) | undefined;
}

/** The same, complete. */
export interface ResolvedLocalOptions {
  readonly agent: Agent | undefined;
  readonly dir: string | undefined;
  readonly render: 'video' | 'off';
  readonly speed: number;
  readonly plan: 'free' | 'pro';
  readonly credits: number;
  readonly seed: number;
  readonly clock: Clock;
  readonly fonts: readonly string[];
  readonly fetchFrom: 'none' | 'loopback' | 'any';
  readonly maxUploadBytes: number;
  readonly onDisconnect: 'continue' | 'abort';
  readonly limits: boolean;
  readonly allowOrigin: readonly string[] | undefined;
  readonly onRequest: ((record: RequestRecord) => void) | undefined;
}

/** What each option accepts; most are checked in {@link resolveLocalOptions}. */
export const LOCAL_FIELDS: Fields<LocalBackendOptions> = {
  agent: 'function',
  dir: 'any',
  render: 'any',
  speed: 'any',
  plan: 'any',
  credits: 'any',
  seed: 'any',
  clock: 'object',
  fonts: 'any',
  fetchFrom: 'any',
  maxUploadBytes: 'any',
  onDisconnect: 'any',
  limits: 'boolean',
  allowOrigin: 'any',
  onRequest: 'function',
};

/** Fills in the defaults. Throws an OptionError that names the field. */
export function resolveLocalOptions(options: LocalBackendOptions = {}): ResolvedLocalOptions {
  checkFields(options, LOCAL_FIELDS);
  const { agent, dir, render = 'video', speed = 20, plan = 'pro', seed = 1 } = options;
  const { credits = 100 } = options;
  const { clock = systemClock, fonts = [], fetchFrom = 'loopback' } = options;
  const { maxUploadBytes = MAX_UPLOAD_BYTES, onDisconnect = 'continue', limits = false } = options;
  const { allowOrigin, onRequest } = options;
  expect(dir === undefined || (typeof dir === 'string' && dir !== ''), 'dir', 'the path of a folder');
  expect(render === 'video' || render === 'off', 'render', "'video' or 'off'");
  expect(typeof speed === 'number' && speed > 0, 'speed', 'a number above 0');
  expect(plan === 'free' || plan === 'pro', 'plan', "'free' or 'pro'");
  expect(Number.isSafeInteger(credits) && credits >= 0, 'credits', 'a whole number from 0');
  expect(Number.isSafeInteger(seed), 'seed', 'a whole number');
  expect(typeof clock.now === 'function' && typeof clock.sleep === 'function', 'clock', 'a clock');
  expect(Array.isArray(fonts) && fonts.every((font) => typeof font === 'string'), 'fonts', 'a list of paths');
  expect(['none', 'loopback', 'any'].includes(fetchFrom), 'fetchFrom', "'none', 'loopback' or 'any'");
  expect(['continue', 'abort'].includes(onDisconnect), 'onDisconnect', "'continue' or 'abort'");
  expect(
    allowOrigin === undefined || (Array.isArray(allowOrigin) && allowOrigin.every(isOrigin)),
    'allowOrigin',
    "a list of origins such as 'https://app.test', or '*'",
  );
  expect(
    Number.isSafeInteger(maxUploadBytes) && maxUploadBytes > 0,
    'maxUploadBytes',
    'a whole number from 1',
  );
  return {
    agent,
    dir,
    render,
    speed,
    plan,
    credits,
    seed,
    clock,
    fonts,
    fetchFrom,
    maxUploadBytes,
    onDisconnect,
    limits,
    allowOrigin,
    onRequest,
  };
}

const isOrigin = (value: unknown): boolean =>
  value === '*' || (typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value);

function expect(holds: boolean, field: string, accepted: string): void {
  if (!holds) throw new OptionError({ field, accepted });
}
