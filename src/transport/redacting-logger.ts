import { cleaned, redact } from '../errors/index.js';
import { type Logger, silentLogger } from '../platform/logger.js';

const made = new WeakMap<Logger, Logger>();

/** A logger that never hears a credential, whatever it is told. The same one for the same logger. */
export function redactingLogger(logger: Logger): Logger {
  if (logger === silentLogger) return logger;
  const known = made.get(logger);
  if (known !== undefined) return known;
  const level =
    (name: keyof Logger): Logger[keyof Logger] =>
    (message, facts) =>
      facts === undefined ? logger[name](redact(message)) : logger[name](redact(message), cleanFacts(facts));
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
