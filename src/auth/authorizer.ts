import { AuthenticationError, isNemoVideoError, OptionError, rememberSecret } from '../errors/index.js';
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
    // What the service echoes in its messages is then redacted too, whatever it looks like.
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

/**
 * What a client made belongs to it: to another one the service would say that it does not exist.
 * @param madeBy the client id of a snapshot
 * @param clientId the client id of the client that opens it; unknown before the first token, and for a static token
 * @throws {@link OptionError} when both are known and differ.
 */
export function checkSameClient(
  madeBy: string | undefined,
  clientId: string | undefined,
  field: string,
): void {
  if (madeBy === undefined || clientId === undefined || madeBy === clientId) return;
  throw new OptionError({
    field,
    accepted: `the client id of this client (${clientId}), not ${madeBy}`,
    hint: 'Open it with the client that made it: pass its `clientId` option, or set NEMO_CLIENT_ID.',
  });
}

/**
 * Asks only in the name of one client. In a fresh process it is unknown who is asking until the token is there, so that
 * is when it is looked at: before anything is sent with it.
 */
export class SameClient implements Authorize {
  readonly #authorize: Authorize;
  readonly #madeBy: string;
  readonly #field: string;

  constructor(authorize: Authorize, madeBy: string, field: string) {
    this.#authorize = authorize;
    this.#madeBy = madeBy;
    this.#field = field;
  }

  /** @throws {@link OptionError} when the token is another client's. */
  async token(signal: AbortSignal | undefined): Promise<string> {
    const token = await this.#authorize.token(signal);
    checkSameClient(this.#madeBy, this.identity().clientId, this.#field);
    return token;
  }

  refused(token: string): boolean | Promise<boolean> {
    return this.#authorize.refused(token);
  }

  identity(): Identity {
    return this.#authorize.identity();
  }
}
