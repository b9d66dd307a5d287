import { AuthenticationError, isNemoVideoError, rememberSecret } from '../errors/index.js';
import { isSendable } from '../platform/credentials.js';
import { type Authorize, type Identity, redactingLogger } from '../transport/index.js';
import type { AuthContext, AuthProvider } from './provider.js';

/** Makes an {@link AuthProvider} what transport asks for, and holds a foreign provider to its contract. */
export class Authorizer implements Authorize {
  readonly #provider: AuthProvider;
  readonly #context: AuthContext;

  constructor(provider: AuthProvider, context: AuthContext) {
    this.#provider = provider;
    this.#context = { ...context, logger: redactingLogger(context.logger) };
  }

  async token(signal: AbortSignal | undefined): Promise<string> {
    const context = signal === undefined ? this.#context : { ...this.#context, signal };
    let token: unknown;
    try {
      token = await this.#provider.token(context);
    } catch (error) {
      if (signal?.aborted || isNemoVideoError(error)) throw error;
      throw new AuthenticationError({ reason: 'The `auth` provider failed', cause: error });
    }
    if (!isSendable(token)) {
      throw new AuthenticationError({ reason: 'The `auth` provider gave something that is not a token' });
    }
    // What the service echoes in a message of its own is then redacted too, whatever it looks like.
    rememberSecret(token);
    return token;
  }

  refused(token: string): boolean {
    if (this.#provider.invalidate === undefined) return false;
    this.#provider.invalidate(token);
    return true;
  }

  identity(): Identity {
    return this.#provider.identity?.(this.#context) ?? { anonymous: false };
  }
}
