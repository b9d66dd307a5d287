import { checkFields, type Fields } from '../errors/index.js';
import { type CredentialStore, credentialName } from '../platform/credentials.js';
import { AnonymousIdentity } from './anonymous-identity.js';
import { checkStore } from './check-store.js';
import { checkClientId } from './client-id.js';
import type { AuthContext, AuthProvider } from './provider.js';

/** Options of {@link anonymousToken}. */
export interface AnonymousTokenOptions {
  /**
   * The id of the client to be. The service asks for a UUID; any other visible ASCII text in one line is sent as it is.
   * Default: the client's `clientId`, NEMO_CLIENT_ID, the stored one, else a new one.
   */
  readonly clientId?: string | undefined;
  /** Where the identity is kept. Default: the client's `credentialStore`. */
  readonly store?: CredentialStore | undefined;
}

const FIELDS: Fields<AnonymousTokenOptions> = { clientId: 'any', store: 'object' };

/**
 * Tokens that the service issues to anybody: 100 credits, 7 days, one per client in that time. The one in the store is
 * used while it is valid; otherwise a single new one is acquired, however many calls and processes want it.
 */
export function anonymousToken(options: AnonymousTokenOptions = {}): AuthProvider {
  checkFields(options, FIELDS);
  if (options.store !== undefined) checkStore(options.store, 'store');
  const given = options.clientId === undefined ? undefined : checkClientId(options.clientId, 'clientId');
  // One provider may serve clients of several origins and ids, whose tokens must never mix.
  const identities = new Map<string, AnonymousIdentity>();
  const nameOf = ({ origin, clientId }: AuthContext): string =>
    credentialName({ origin, clientId: given ?? clientId ?? '' });
  const identityOf = (context: AuthContext): AnonymousIdentity => {
    const name = nameOf(context);
    const known = identities.get(name);
    if (known !== undefined) return known;
    const made = new AnonymousIdentity(
      { ...context, signal: undefined, store: options.store ?? context.store },
      given ?? context.clientId,
    );
    identities.set(name, made);
    return made;
  };
  return {
    token: (context) => identityOf(context).token(context.signal),
    invalidate(token) {
      for (const identity of identities.values()) identity.invalidate(token);
    },
    identity: (context) =>
      identities.get(nameOf(context))?.facts() ?? { anonymous: true, clientId: given ?? context.clientId },
  };
}
