import { ApiPromise, type Transport } from './transport/index.js';
import { balanceAnswer, paths } from './wire/index.js';

/** Credits of an account. A generated clip costs about 100, an editing session about 50 (wire document). */
export interface CreditBalance {
  /** To spend. */
  readonly available: number;
  /** Held for work under way; 0 when the service does not tell. */
  readonly frozen: number;
  /** Both; `available` and `frozen` added when the service does not tell. */
  readonly total: number;
}

/** Reads the balance. */
export function readBalance(
  transport: Transport,
  signal: AbortSignal | undefined,
): ApiPromise<CreditBalance> {
  return ApiPromise.of(
    transport.json(
      { operation: 'credits', method: 'GET', path: paths.credits, safety: 'safe', signal },
      balanceAnswer,
    ),
    ({ available, frozen, total }) => ({
      available,
      frozen: frozen ?? 0,
      total: total ?? available + (frozen ?? 0),
    }),
  );
}
