import { OptionError, rememberSecret } from '../errors/index.js';
import { isSendable } from '../platform/credentials.js';
import type { AuthProvider } from './provider.js';

/**
 * Always the same token, e.g. a registered user's. When the service refuses it, calls fail with
 * `AuthenticationError`.
 * @throws {OptionError} when `token` cannot be sent as a header.
 */
export function staticToken(token: string): AuthProvider {
  // What stands around a token comes from copying it; what a header cannot carry would fail later, with the token
  // in the message of the runtime.
  const clean: unknown = typeof token === 'string' ? token.trim() : token;
  if (!isSendable(clean)) {
    throw new OptionError({ field: 'token', accepted: 'a token in visible ASCII characters without spaces' });
  }
  rememberSecret(clean);
  return { token: async () => clean };
}
