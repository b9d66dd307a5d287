import { BRAND, NemoVideoError } from './base.js';

/**
 * Whether `error` is an error of this library, from whichever copy of the package: the brand is shared by all of
 * them, `instanceof` is not.
 */
export function isNemoVideoError(error: unknown): error is NemoVideoError {
  return error instanceof NemoVideoError || (typeof error === 'object' && error !== null && BRAND in error);
}

/** Whether `error` means that the caller gave up: this library's own, or the platform's `AbortError`. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
