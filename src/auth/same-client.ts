import { OptionError } from '../errors/index.js';
import type { Authorize, Identity } from '../transport/index.js';

/**
 * What a client made belongs to it: to another one the service would say that it does not exist.
 * @param madeBy the client id of a snapshot
 * @param clientId the client id of whoever opens it; unknown before the first token, and for a static token
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
 * Asks only in the name of one client. In a fresh process nobody knows who is asking until the token is there, so that
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
