import { OptionError } from '../errors/index.js';
import type { CredentialStore } from '../platform/credentials.js';

const METHODS: readonly (keyof CredentialStore)[] = ['clientId', 'setClientId', 'get', 'set', 'exclusive'];

/**
 * Checks what is given as a store: from one without its methods every failure would be survived, and nothing kept.
 * @throws {@link OptionError} naming the methods.
 */
export function checkStore(store: unknown, field: string): void {
  const isStore =
    typeof store === 'object' &&
    store !== null &&
    METHODS.every((method) => typeof Reflect.get(store, method) === 'function');
  if (isStore) return;
  throw new OptionError({
    field,
    accepted: `an object with the methods ${METHODS.join(', ')}`,
    hint: 'Leave it out to use the file of the person, pass `false` to keep everything in memory, or a `CredentialStore`.',
  });
}
