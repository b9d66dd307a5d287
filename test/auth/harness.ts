import type { AuthContext, IssuedToken } from '../../src/auth/index.js';
import { RateLimitError } from '../../src/errors/index.js';
import { type CredentialStore, memoryCredentials } from '../../src/platform/credentials.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { memoryLogger } from '../transport/harness.js';

export const DAY = 24 * 3_600_000;
export const ORIGIN = 'https://service.test';
export const CLIENT = '6f0c1e9a-1111-4222-8333-444455556666';

/** A service that gives one token per client and 7 days, and who asks it. */
export function issuer(more: Partial<AuthContext> = {}) {
  const clock = new VirtualClock();
  const logger = memoryLogger();
  const issued: { readonly clientId: string; readonly token: string }[] = [];
  const dueAt = new Map<string, number>();
  /** Replaced by a test to fail, once or always. */
  const script: { next: (() => Promise<IssuedToken> | undefined) | undefined } = { next: undefined };
  const context: AuthContext = {
    origin: ORIGIN,
    clientId: undefined,
    store: memoryCredentials(),
    clock,
    logger,
    async issueAnonymousToken(clientId, signal) {
      const scripted = script.next?.();
      if (scripted !== undefined) return scripted;
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      const now = clock.now();
      if ((dueAt.get(clientId) ?? 0) > now) throw new RateLimitError({ code: 429, status: 429 });
      dueAt.set(clientId, now + 7 * DAY);
      const token = `nmv_usr_${issued.length + 1}`;
      issued.push({ clientId, token });
      return { token, userId: `user-of-${clientId}`, expiresAt: now + 7 * DAY };
    },
    ...more,
  };
  return { context, clock, logger, issued, dueAt, script };
}

/** A store whose accesses fail as scripted. */
export function failingStore(
  fails: Partial<Record<keyof CredentialStore, true>>,
  inner = memoryCredentials(),
): CredentialStore {
  const fail = (): Promise<never> => Promise.reject(new Error('EROFS: read-only file system'));
  return {
    clientId: fails.clientId ? fail : () => inner.clientId(),
    setClientId: fails.setClientId ? fail : (id) => inner.setClientId(id),
    get: fails.get ? fail : (key) => inner.get(key),
    set: fails.set ? fail : (key, credential) => inner.set(key, credential),
    exclusive: fails.exclusive ? fail : (work, signal) => inner.exclusive(work, signal),
  };
}
