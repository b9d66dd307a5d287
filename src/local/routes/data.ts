import { HEADERS } from '../../wire/index.js';
import type { Account } from '../accounts/accounts.js';
import type { BackendCore } from '../core.js';
import { type Answer, json } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';

/** Who is asking; refuses with 1001. */
export function whoAsks(core: BackendCore, { request }: Exchange): Account {
  return core.accounts.authenticate(request.headers.get(HEADERS.authorization));
}

/** Data in the documented envelope, or without it where a fault wants it flat. */
export function data(exchange: Exchange, value: Record<string, unknown>): Answer {
  return json(isFlat(exchange) ? value : { code: 0, message: 'success', data: value });
}

/** Whether a fault wants the answer without its envelope. */
export function isFlat({ odd }: Exchange): boolean {
  return odd.get('form')?.form === 'flat';
}
