import { AuthenticationError, isNemoVideoError, rememberSecret } from '../errors/index.js';
import { isSendable } from '../platform/credentials.js';
import { type Authorize, type Identity, safeLogger } from '../transport/index.js';
import type { AuthContext, AuthProvider } from './provider.js';

/** Makes an {@link AuthProvider} what transport asks for, and holds a foreign provider to its contract. */
export class Authorizer implements Authorize {
  readonly #provider: AuthProvider;
  readonly #context: AuthContext;

  constructor(provider: AuthProvider, context: AuthContext) {
    this.#provider = provider;
    this.#context = { ...context, logger: safeLogger(context.logger) };
  }

  async token(signal: AbortSignal | undefined): Promise<string> {
    const context = signal === undefined ? this.#context : { ...this.#context, signal };
    let token: unknown;
    try {
      token = await this.#provider.token(context);
    } catch (error) {
      throw signal?.aborted ? error : failureOf(error);
    }
    if (!isSendable(token)) {
      throw new AuthenticationError({ reason: 'The `auth` provider gave something that is not a token' });
    }
    // What the service echoes in a message of its own is then redacted too, whatever it looks like.
    rememberSecret(token);
    return token;
  }

  async refused(token: string): Promise<boolean> {
    if (this.#provider.invalidate === undefined) return false;
    try {
      // Until it is done, the provider would give the same token again.
      await this.#provider.invalidate(token);
    } catch (error) {
      throw failureOf(error);
    }
    return true;
  }

  identity(): Identity {
    return this.#provider.identity?.(this.#context) ?? { anonymous: false };
  }
}

/** What a provider threw, as an error of the family. */
function failureOf(error: unknown): unknown {
  if (isNemoVideoError(error)) return error;
  return new AuthenticationError({ reason: 'The `auth` provider failed', cause: error });
}
