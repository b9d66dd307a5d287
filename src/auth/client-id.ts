import { OptionError } from '../errors/index.js';

/**
 * Whether a value can be a client id. The service asks for a UUID; other tools of its maker may have kept something
 * else for this client, so that anything passes that a header can carry in every runtime.
 */
export function isClientId(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value);
}

/**
 * A client id, without the white space that copying may leave around it.
 * @throws {@link OptionError} when no header can carry it: the request would fail like a broken network.
 */
export function checkClientId(value: unknown, field: string): string {
  const clean = typeof value === 'string' ? value.trim() : value;
  if (isClientId(clean)) return clean;
  throw new OptionError({ field, accepted: 'a UUID, or other text of visible ASCII characters in one line' });
}
