import { checkFields, type Fields, OptionError } from '../errors/index.js';
import { type Clock, systemClock } from '../platform/clock.js';
import { MAX_UPLOAD_BYTES } from '../wire/index.js';
import type { Agent } from './agent/index.js';

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
   * Which addresses uploads by URL may be fetched from: 'loopback' for this machine only, so that no web page can make
   * this program read an internal network; 'any' for all. Default 'loopback'.
   */
  fetchFrom?: 'loopback' | 'any' | undefined;
  /** The largest file that is accepted, in bytes; beyond it 4002. Default 500 MB, as at the service. */
  maxUploadBytes?: number | undefined;
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
  readonly fetchFrom: 'loopback' | 'any';
  readonly maxUploadBytes: number;
}

const FIELDS: Fields<LocalBackendOptions> = {
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
};

/** Fills in the defaults. Throws an OptionError that names the field. */
export function resolveLocalOptions(options: LocalBackendOptions = {}): ResolvedLocalOptions {
  checkFields(options, FIELDS);
  const { agent, dir, render = 'video', speed = 20, plan = 'pro', seed = 1 } = options;
  const { credits = 100 } = options;
  const { clock = systemClock, fonts = [], fetchFrom = 'loopback' } = options;
  const { maxUploadBytes = MAX_UPLOAD_BYTES } = options;
  expect(dir === undefined || (typeof dir === 'string' && dir !== ''), 'dir', 'the path of a folder');
  expect(render === 'video' || render === 'off', 'render', "'video' or 'off'");
  expect(typeof speed === 'number' && speed > 0, 'speed', 'a number above 0');
  expect(plan === 'free' || plan === 'pro', 'plan', "'free' or 'pro'");
  expect(Number.isSafeInteger(credits) && credits >= 0, 'credits', 'a whole number from 0');
  expect(Number.isSafeInteger(seed), 'seed', 'a whole number');
  expect(typeof clock.now === 'function' && typeof clock.sleep === 'function', 'clock', 'a clock');
  expect(Array.isArray(fonts) && fonts.every((font) => typeof font === 'string'), 'fonts', 'a list of paths');
  expect(fetchFrom === 'loopback' || fetchFrom === 'any', 'fetchFrom', "'loopback' or 'any'");
  expect(
    Number.isSafeInteger(maxUploadBytes) && maxUploadBytes > 0,
    'maxUploadBytes',
    'a whole number from 1',
  );
  return { agent, dir, render, speed, plan, credits, seed, clock, fonts, fetchFrom, maxUploadBytes };
}

function expect(holds: boolean, field: string, accepted: string): void {
  if (!holds) throw new OptionError({ field, accepted });
}
