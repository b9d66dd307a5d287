import { randomBytes } from 'node:crypto';
import { CODES, HEADERS } from '../../wire/index.js';
import type { BackendCore } from '../core.js';
import { type Answer, type Exchange, json, Refusal, text } from '../http/exchange.js';
import type { Account } from './accounts.js';

/** How long a claim token lives, in seconds (wire document). */
const CLAIM_LIFE_S = 604_800;

/** `POST /api/auth/anonymous-token` */
export function issueToken(core: BackendCore, exchange: Exchange): Answer {
  const clientId = exchange.request.headers.get(HEADERS.clientId);
  if (clientId === null || clientId.trim() === '')
    throw new Refusal(CODES.clientIdMissing, 'X-Client-Id is missing');
  const { token, account, expiresAt } = core.accounts.anonymous(clientId, exchange.ip);
  return data(exchange, {
    token,
    user_id: account.userId,
    expires_at: new Date(expiresAt).toISOString(),
    credits: account.balance.available,
  });
}

/** `POST /api/tasks/me/with-session/nemo_agent` */
export function createSession(core: BackendCore, exchange: Exchange): Answer {
  const account = whoAsks(core, exchange);
  const { task_name: name, language } = exchange.json;
  const session = core.sessions.create(
    account,
    typeof name === 'string' ? name : '',
    typeof language === 'string' ? language : 'en',
  );
  exchange.record.sessionId = session.id;
  return data(exchange, { task_id: session.taskId, session_id: session.id, user_id: account.userId });
}

/** `POST /api/auth/claim-token` */
export function claimToken(core: BackendCore, exchange: Exchange): Answer {
  const account = whoAsks(core, exchange);
  const session = core.sessions.find(account, text(exchange.json, 'session_id'));
  exchange.record.sessionId = session.id;
  if (exchange.json.task_id !== session.taskId)
    throw new Refusal(CODES.sessionNotFound, 'there is no such task');
  return data(exchange, { claim_token: `clm_${randomBytes(24).toString('hex')}`, expires_in: CLAIM_LIFE_S });
}

/** `GET /api/credits/balance/simple` */
export function credits(core: BackendCore, exchange: Exchange): Answer {
  return data(exchange, whoAsks(core, exchange).balance);
}

/** `GET /api/state/nemo_agent/me/<sid>/latest` */
export function state(core: BackendCore, exchange: Exchange): Answer {
  const account = whoAsks(core, exchange);
  exchange.record.sessionId = exchange.id;
  const session = core.sessions.find(account, exchange.id);
  return data(exchange, { state: session.state });
}

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
