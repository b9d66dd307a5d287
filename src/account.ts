import {
  checkFields,
  type Fields,
  OptionError,
  ResponseFormatError,
  rememberSecret,
  SIGNAL_ONLY,
} from './errors/index.js';
import { type Answer, ApiPromise, type Transport } from './transport/index.js';
import { anyObject, balanceAnswer, fieldsOf, isId, paths, textOf } from './wire/index.js';

/** Credits of an account. A generated clip costs about 100, an editing session about 50 (wire document). */
export interface CreditBalance {
  /** To spend. */
  readonly available: number;
  /** Reserved for work in progress; 0 when the service does not say. */
  readonly frozen: number;
  /** Both; the sum of `available` and `frozen` when the service does not say. */
  readonly total: number;
}

/** Options of a call that has no others. */
export interface CallOptions {
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

/** Reads the balance. */
export function readBalance(transport: Transport, options: CallOptions = {}): ApiPromise<CreditBalance> {
  const answer = checked(options, ({ signal }) =>
    transport.json(
      { operation: 'credits', method: 'GET', path: paths.credits, safety: 'safe', signal },
      balanceAnswer,
    ),
  );
  return ApiPromise.of(answer, ({ available, frozen, total }) => ({
    available,
    frozen: frozen ?? 0,
    total: total ?? available + (frozen ?? 0),
  }));
}

/** What a token may be used for; `*` is everything. Exports need `render` (wire document, "Found since"). */
export type TokenScope = 'read' | 'write' | 'upload' | 'render' | '*';

const SCOPES: readonly string[] = ['read', 'write', 'upload', 'render', '*'] satisfies TokenScope[];

/** A token of the account, without the token itself. */
export interface TokenInfo {
  readonly id: string;
  readonly name?: string;
  /** Empty when the service does not say. */
  readonly scopes: readonly string[];
  /** When it ends, as the service writes it. */
  readonly expiresAt?: string;
  /** The service's own entry, without a token. */
  readonly raw: unknown;
}

/** A token that was just made. */
export interface CreatedToken extends TokenInfo {
  /** The token itself. The service shows it only this once. */
  readonly token: string;
}

/** What a new token is to be. */
export interface CreateTokenOptions extends CallOptions {
  /** How the account's list shows it. */
  readonly name: string;
  /** What it may be used for: any of `read`, `write`, `upload`, `render`, `*`. */
  readonly scopes: readonly TokenScope[];
  /** How long it lasts, in days. */
  readonly expiresInDays: number;
}

const CREATE_FIELDS: Fields<CreateTokenOptions> = {
  name: 'string',
  scopes: {
    accepted: 'a list of read, write, upload, render, *',
    is: (value) =>
      Array.isArray(value) && value.length > 0 && value.every((scope) => SCOPES.includes(String(scope))),
  },
  expiresInDays: 'count',
  signal: 'signal',
};

/** Tokens of the account, for a registered user. */
export interface TokensResource {
  /** The tokens of the account. */
  list(options?: CallOptions): ApiPromise<readonly TokenInfo[]>;
  /**
   * Makes a token. Never repeated where it may have been made already.
   * @throws OptionError for a missing name, an unknown scope, or a duration that is not a whole number of days.
   */
  create(options: CreateTokenOptions): ApiPromise<CreatedToken>;
  /** Revokes a token by its id. */
  revoke(id: string, options?: CallOptions): ApiPromise<void>;
}

/** The tokens of the account that `transport` asks for. */
export function tokensOf(transport: Transport): TokensResource {
  return {
    list: (options = {}) => {
      const answer = checked(options, ({ signal }) =>
        transport.json(
          { operation: 'tokens.list', method: 'GET', path: paths.tokens, safety: 'safe', signal },
          anyAnswer,
        ),
      );
      return ApiPromise.of(answer, (data) => listIn(data).map((entry, at) => readToken(entry, `[${at}]`)));
    },
    create: (options) => ApiPromise.of(postToken(transport, options), readCreated),
    revoke: (id, options = {}) => {
      const answer = checked(options, ({ signal }) => {
        if (!isId(id)) throw new OptionError({ field: 'id', accepted: 'the id of a token' });
        return transport.json(
          {
            operation: 'tokens.revoke',
            method: 'POST',
            path: paths.revokeToken(id),
            safety: 'safe',
            signal,
            // An empty body is an answer here: the status says that it was accepted.
            salvage: (json) => (json === undefined ? {} : undefined),
          },
          anyAnswer,
        );
      });
      return ApiPromise.of(answer, () => undefined);
    },
  };
}

/** Reads an answer that nothing is needed of. */
const anyAnswer = {
  safeParse: (data: unknown) => ({ success: true, data }) as const,
};

async function postToken(
  transport: Transport,
  options: CreateTokenOptions,
): Promise<Answer<Record<string, unknown>>> {
  checkFields(options, CREATE_FIELDS);
  const { name, scopes, expiresInDays, signal } = options;
  for (const [field, value] of Object.entries({ name, scopes, expiresInDays })) {
    if (value === undefined) throw new OptionError({ field, accepted: 'given' });
  }
  const json = { name, scopes, expires_in_days: expiresInDays };
  return transport.json(
    { operation: 'tokens.create', method: 'POST', path: paths.tokens, safety: 'once', json, signal },
    anyObject,
  );
}

function readCreated(data: Record<string, unknown>): CreatedToken {
  const nested = fieldsOf(data.token);
  const token = textOf(data.token) ?? textOf(nested.token) ?? textOf(data.value) ?? textOf(nested.value);
  if (token === undefined) {
    throw new ResponseFormatError({ path: 'tokens.create.token', expected: 'string', received: undefined });
  }
  rememberSecret(token);
  return { ...readToken(Object.keys(nested).length > 0 ? nested : data, ''), token };
}

/** The list of an answer: the answer itself, or the first field of it that is one. */
function listIn(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data;
  const fields = fieldsOf(data);
  const list = [fields.tokens, fields.items, fields.list].find(Array.isArray);
  if (list !== undefined) return list;
  throw new ResponseFormatError({ path: 'tokens.list', expected: 'a list of tokens', received: data });
}

function readToken(entry: unknown, place: string): TokenInfo {
  const { token: _, value: __, ...raw } = fieldsOf(entry);
  const id = textOf(raw.id) ?? textOf(raw.token_id);
  if (id === undefined) {
    throw new ResponseFormatError({ path: `tokens${place}.id`, expected: 'string', received: raw });
  }
  const name = textOf(raw.name);
  const expiresAt = textOf(raw.expires_at) ?? textOf(raw.expiresAt);
  const scopes = Array.isArray(raw.scopes) ? raw.scopes.map(String) : [];
  return {
    id,
    ...(name === undefined ? {} : { name }),
    scopes,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    raw,
  };
}

/** Makes a call with options that are checked first; wrong ones reject. */
async function checked<T>(
  options: CallOptions,
  call: (options: CallOptions) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  checkFields(options, SIGNAL_ONLY);
  return call(options);
}
