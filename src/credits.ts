import { checkFields, SIGNAL_ONLY } from './errors/index.js';
import { type Answer, ApiPromise, type Transport } from './transport/index.js';
import { type BalanceAnswer, balanceAnswer, paths } from './wire/index.js';

/** Credits of an account. A generated clip costs about 100, an editing session about 50 (wire document). */
export interface CreditBalance {
  /** To spend. */
  readonly available: number;
  /** Held for work under way; 0 when the service does not say. */
  readonly frozen: number;
  /** Both; the sum of `available` and `frozen` when the service does not say. */
  readonly total: number;
}

/** Reads the balance. */
export function readBalance(
  transport: Transport,
  options: { readonly signal?: AbortSignal },
): ApiPromise<CreditBalance> {
  return ApiPromise.of(request(transport, options), ({ available, frozen, total }) => ({
    available,
    frozen: frozen ?? 0,
    total: total ?? available + (frozen ?? 0),
  }));
}

async function request(
  transport: Transport,
  options: { readonly signal?: AbortSignal },
): Promise<Answer<BalanceAnswer>> {
  checkFields(options, SIGNAL_ONLY);
  const { signal } = options;
  return transport.json(
    { operation: 'credits', method: 'GET', path: paths.credits, safety: 'safe', signal },
    balanceAnswer,
  );
}
