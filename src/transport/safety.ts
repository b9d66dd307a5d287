import type { Safety } from './contract.js';

/**
 * What a failed attempt proves about the request.
 * - `unsent`: it never left (connection refused, no such host).
 * - `token`: the service refused the token before any work (code 1001, HTTP 401).
 * - `rate`: the service refused before any work because of too many requests (429).
 * - `rejected`: the service refused for good (any other 4xx or code).
 * - `unknown`: nothing (reset, timeout, 5xx, an answer that cannot be read): the work may have been done.
 */
export type Proof = 'unsent' | 'token' | 'rate' | 'rejected' | 'unknown';

/** What may be done about it. `backoff` up to `retry.attempts`; `renew` and `wait` once each. */
export type Remedy = 'backoff' | 'renew' | 'wait' | 'give-up';

/**
 * The tri-state rule of every call of this library: a call that costs (`once`) is sent again only where the failure
 * proves that no work began.
 */
export const REMEDIES: Readonly<Record<Safety, Readonly<Record<Proof, Remedy>>>> = {
  safe: { unsent: 'backoff', token: 'renew', rate: 'wait', rejected: 'give-up', unknown: 'backoff' },
  once: { unsent: 'backoff', token: 'renew', rate: 'wait', rejected: 'give-up', unknown: 'give-up' },
};
