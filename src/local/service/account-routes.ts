import { randomBytes } from 'node:crypto';
import { CODES, HEADERS } from '../../wire/index.js';
import type { BackendCore } from '../core.js';
import { type Answer, type Exchange, json, Refusal, text } from '../http/exchange.js';
import { type Account, type NamedToken, SCOPES, type Scope } from './accounts.js';

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
export async function createSession(core: BackendCore, exchange: Exchange): Promise<Answer> {
  const account = whoAsks(core, exchange);
  const { task_name: name, language } = exchange.json;
  const session = core.sessions.create(
    account,
    typeof name === 'string' ? name : '',
    typeof language === 'string' ? language : 'en',
  );
  exchange.record.sessionId = session.id;
  // Before anything is paid for: what the message makes could not be exported here.
  const problem = await core.parts.problem?.();
  const ids = { task_id: session.taskId, session_id: session.id, user_id: account.userId };
  return data(exchange, { ...ids, ...(problem !== undefined && { warnings: [problem] }) });
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
  const { id, taskId, taskName, state } = session;
  return data(exchange, { session_id: id, task_id: taskId, task_name: taskName, state });
}

/** `POST /api/tokens` */
export function createToken(core: BackendCore, exchange: Exchange): Answer {
  const account = whoAsks(core, exchange, 'write');
  const { name, scopes, expires_in_days: days } = exchange.json;
  if (typeof name !== 'string' || name.trim() === '') throw new Refusal(400, 'name is missing');
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every(isScope))
    throw new Refusal(400, `scopes must be a list of ${SCOPES.join(', ')}`);
  if (typeof days !== 'number' || !(days > 0 && days <= 3650))
    throw new Refusal(400, 'expires_in_days must be a number from 1 to 3650');
  const made = core.accounts.create(account, name, scopes, days);
  return data(exchange, { ...tokenFacts(made), token: made.token });
}

/** `GET /api/tokens` */
export function listTokens(core: BackendCore, exchange: Exchange): Answer {
  const account = whoAsks(core, exchange, 'read');
  return data(exchange, { tokens: core.accounts.created(account).map(tokenFacts) });
}

/** `POST /api/tokens/<id>/revoke` */
export function revokeToken(core: BackendCore, exchange: Exchange): Answer {
  const account = whoAsks(core, exchange, 'write');
  if (!core.accounts.revoke(account, exchange.id)) throw new Refusal(404, 'there is no such token');
  return data(exchange, { id: exchange.id, revoked: true });
}

const isScope = (value: unknown): value is Scope => SCOPES.some((scope) => scope === value);

const tokenFacts = ({ id, name, scopes, createdAt, expiresAt }: NamedToken): Record<string, unknown> => ({
  id,
  name,
  scopes,
  created_at: new Date(createdAt).toISOString(),
  expires_at: new Date(expiresAt).toISOString(),
});

/** Who is asking; refuses with 1001, or 403 where the token lacks the scope. */
export function whoAsks(core: BackendCore, { request }: Pick<Exchange, 'request'>, scope?: Scope): Account {
  return core.accounts.authenticate(request.headers.get(HEADERS.authorization), scope);
}

/** Data in the documented envelope, or without it where a fault wants it flat. */
export function data(exchange: Exchange, value: Record<string, unknown>): Answer {
  return json(isFlat(exchange) ? value : { code: 0, message: 'success', data: value });
}

/** Whether a fault wants the answer without its envelope. */
export function isFlat({ odd }: Exchange): boolean {
  return odd.get('form')?.form === 'flat';
}
