import { OptionError, rememberSecret } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import { type CredentialStore, isSendable } from '../platform/credentials.js';
import type { Logger } from '../platform/logger.js';

/** A token that the service issued to an anonymous client. */
export interface IssuedToken {
  readonly token: string;
  readonly userId: string | undefined;
  /** In ms since the Unix epoch. */
  readonly expiresAt: number;
}

/** What a token provider has to work with. */
export interface AuthContext {
  /** Aborts the wait for a token. */
  readonly signal?: AbortSignal | undefined;
  /** The service's origin, e.g. `https://mega-api-prod.nemovideo.ai`. A token is only ever sent there. */
  readonly origin: string;
  /** The `clientId` option or `NEMO_CLIENT_ID`, where given. */
  readonly clientId: string | undefined;
  /** Where identities are kept between processes: the `credentialStore` option. */
  readonly store: CredentialStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Asks the service for an anonymous token in the name of `clientId` (a UUID). */
  issueAnonymousToken(clientId: string, signal?: AbortSignal): Promise<IssuedToken>;
}

/** Who is asking. Pass your own as the `auth` option to fetch tokens from wherever you keep them. */
export interface AuthProvider {
  /** The token to send now. Called before every attempt of every request, so keep it cheap. */
  token(context: AuthContext): Promise<string>;
  /**
   * Called when the service has refused `token` (code 1001). A provider with this method is asked for a token once
   * more, and the call is sent again once; without it, the call fails with `AuthenticationError`. It may be
   * asynchronous: the token is asked for when it is done. What it throws fails the call.
   */
  invalidate?(token: string): void | Promise<void>;
  /** Who the tokens for the origin of `context` belong to, as far as known. Default: not anonymous, and otherwise unknown. */
  identity?(context: AuthContext): {
    readonly anonymous: boolean;
    readonly userId?: string | undefined;
    readonly clientId?: string | undefined;
  };
}

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

/**
 * Always the same token, e.g. a registered user's. When the service refuses it, calls fail with
 * `AuthenticationError`.
 * @throws {OptionError} when `token` cannot be sent as a header.
 */
export function staticToken(token: string): AuthProvider {
  // White space around a token comes from copying it; what a header cannot carry would fail later, with the token
  // in the message of the runtime.
  const clean: unknown = typeof token === 'string' ? token.trim() : token;
  if (!isSendable(clean)) {
    throw new OptionError({ field: 'token', accepted: 'a token in visible ASCII characters without spaces' });
  }
  rememberSecret(clean);
  return { token: async () => clean };
}
