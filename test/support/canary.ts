/**
 * The canary: in every test, whatever the library makes that somebody may see (errors, logs, snapshots, the addresses
 * of requests, files) is kept until its end, and can be searched for the tokens that the same process sent.
 */
import { inspect } from 'node:util';
import { vi } from 'vitest';
import { Assistant } from '../../src/assistant/index.js';
import { NemoVideoError } from '../../src/errors/index.js';
import type { Logger } from '../../src/platform/logger.js';
import { nodeFiles } from '../../src/platform/node-files.js';
import { RenderJob } from '../../src/render/index.js';
import { Run } from '../../src/run/index.js';
import { Session } from '../../src/session/index.js';
import type { Attempt } from '../../src/transport/send.js';
import { VideoTask } from '../../src/video/index.js';

/** As many as the library remembers at least; a property test sends thousands. */
const MOST_TOKENS = 32;
/** Of one test; a property test makes thousands of errors. */
const MOST_SHOWN = 200;
/** What every token of the service begins with, also one that was never sent. */
const ANY_TOKEN = /nmv_[a-z0-9]+_\w|clm_\w/;

const tokens = new Set<string>();
const shown: [place: string, thing: unknown][] = [];

function show(place: string, thing: unknown): void {
  if (shown.length < MOST_SHOWN) shown.push([place, thing]);
}

function sent(token: string): void {
  // Shorter ones are found in ordinary words, and are not taken for secrets.
  if (token.length < 8) return;
  tokens.delete(token);
  tokens.add(token);
  for (const oldest of tokens) if (tokens.size > MOST_TOKENS) tokens.delete(oldest);
}

/** The tokens that can be read in a thing, in any form that a person or a log might get it in. */
export function tokensIn(thing: unknown): string[] {
  const text =
    typeof thing === 'string'
      ? thing
      : `${inspect(thing, { depth: 12, showHidden: true })}\n${JSON.stringify(thing)}\n${String(thing)}`;
  const forms = [...tokens].flatMap((token) => [token, encodeURIComponent(token), btoa(token)]);
  return [...forms.filter((form) => text.includes(form)), ...(ANY_TOKEN.exec(text) ?? [])];
}

vi.mock('../../src/transport/send.js', async (original) => {
  const module = await original<typeof import('../../src/transport/send.js')>();
  const send: typeof module.send = (attempt: Attempt, ...rest) => {
    show('the address of a request', attempt.url);
    sent(attempt.headers.authorization?.replace(/^Bearer /, '') ?? '');
    return module.send(attempt, ...rest);
  };
  return { ...module, send };
});

vi.mock('../../src/transport/safe-logger.js', async (original) => {
  const module = await original<typeof import('../../src/transport/safe-logger.js')>();
  const heard = (logger: Logger, level: keyof Logger): Logger[keyof Logger] => {
    return (message, facts) => {
      show('a log', { message, facts });
      logger[level](message, facts);
    };
  };
  const taps = new WeakMap<Logger, Logger>();
  const safeLogger: typeof module.safeLogger = (logger) => {
    const known = taps.get(logger);
    if (known !== undefined) return module.safeLogger(known);
    const tap: Logger = {
      debug: heard(logger, 'debug'),
      info: heard(logger, 'info'),
      warn: heard(logger, 'warn'),
      error: heard(logger, 'error'),
    };
    const safe = module.safeLogger(tap);
    taps.set(logger, tap);
    // Made safe once more, it is the same logger.
    taps.set(safe, tap);
    return safe;
  };
  return { ...module, safeLogger };
});

// Every error of the family is made through this class, whichever it is.
Object.setPrototypeOf(
  NemoVideoError,
  class extends Error {
    constructor(...facts: ConstructorParameters<typeof Error>) {
      super(...facts);
      show('an error', this);
    }
  },
);

for (const { prototype } of [Assistant, RenderJob, Run, Session, VideoTask]) {
  const toJSON: () => object = prototype.toJSON;
  Object.defineProperty(prototype, 'toJSON', {
    configurable: true,
    writable: true,
    value(this: object): object {
      const snapshot = toJSON.call(this);
      show('a snapshot', JSON.stringify(snapshot));
      return snapshot;
    },
  });
}

const { writeText } = nodeFiles;
nodeFiles.writeText = (path, text) => {
  show('a file', text);
  return writeText(path, text);
};

/** Everything that was shown since the last time, and where. */
export function takeShown(): (readonly [place: string, thing: unknown])[] {
  return shown.splice(0);
}
