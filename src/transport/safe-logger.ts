import { cleaned, redact } from '../errors/index.js';
import { type Logger, silentLogger } from '../platform/logger.js';

const made = new WeakMap<Logger, Logger>();

/**
 * A logger of the caller's as the library uses it: no credential reaches it, and what it throws fails no call, because a
 * message may have been paid for by then. The same one for the same logger.
 */
export function safeLogger(logger: Logger): Logger {
  if (logger === silentLogger) return logger;
  const known = made.get(logger);
  if (known !== undefined) return known;
  const level =
    (name: keyof Logger): Logger[keyof Logger] =>
    (message, facts) => {
      try {
        const written: unknown =
          facts === undefined
            ? logger[name](redact(message))
            : logger[name](redact(message), cleanFacts(facts));
        // It may be asynchronous, whatever its type says.
        if (written instanceof Promise) written.catch(() => {});
      } catch {
        // Where a broken logger could be reported is unknown.
      }
    };
  const safe: Logger = {
    debug: level('debug'),
    info: level('info'),
    warn: level('warn'),
    error: level('error'),
  };
  made.set(logger, safe);
  made.set(safe, safe);
  return safe;
}

function cleanFacts(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, cleaned(value)]));
}
