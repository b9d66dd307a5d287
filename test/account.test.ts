import { describe, expect, it } from 'vitest';
import { NemoVideo } from '../src/client.js';
import { redact } from '../src/errors/index.js';

/** A client of a service that answers with JSON, and what it was asked. */
function clientOf(answer: unknown, status = 200) {
  const asked: { method: string; path: string; body: unknown }[] = [];
  const nemo = new NemoVideo({
    token: 'nmv_usr_account',
    credentialStore: false,
    fetch: async (request) => {
      const text = await request.text();
      const { pathname: path } = new URL(request.url);
      asked.push({ method: request.method, path, body: text === '' ? undefined : JSON.parse(text) });
      return answer === undefined ? new Response(null, { status }) : Response.json(answer, { status });
    },
  });
  return { nemo, asked };
}

describe('the balance', () => {
  it.each<[unknown, object]>([
    [
      { code: 0, data: { available: 90, frozen: 10, total: 100 } },
      { available: 90, frozen: 10, total: 100 },
    ],
    [{ available: '90' }, { available: 90, frozen: 0, total: 90 }],
    [
      { available: 90, frozen: {}, total: null },
      { available: 90, frozen: 0, total: 90 },
    ],
  ])('is read from %j', async (answer, balance) => {
    expect(await clientOf(answer).nemo.credits.balance()).toEqual(balance);
  });

  it('cannot do without what there is to spend', async () => {
    await expect(clientOf({ code: 0, data: {} }).nemo.credits.balance()).rejects.toMatchObject({
      name: 'ResponseFormatError',
      path: 'credits.available',
    });
  });
});

describe('the tokens of an account', () => {
  const entry = { id: 7, name: 'ci', scopes: ['read', 'render'], expires_at: '2027-01-01T00:00:00Z' };
  const info = {
    id: '7',
    name: 'ci',
    scopes: ['read', 'render'],
    expiresAt: '2027-01-01T00:00:00Z',
    raw: entry,
  };

  it.each([
    ['a list', { code: 0, data: [entry] }],
    ['a list by name', { code: 0, data: { tokens: [entry] } }],
    ['a flat list by name', { items: [entry] }],
  ])('are listed from %s', async (_, answer) => {
    const { nemo, asked } = clientOf(answer);
    expect(await nemo.tokens.list()).toEqual([info]);
    expect(asked).toEqual([{ method: 'GET', path: '/api/tokens', body: undefined }]);
  });

  it('are made with a name, scopes and days, and the new one is shown in no error', async () => {
    const token = 'of-no-known-form-secret';
    const { nemo, asked } = clientOf({ code: 0, data: { ...entry, token } });
    const made = await nemo.tokens.create({ name: 'ci', scopes: ['read', 'render'], expiresInDays: 30 });
    expect(made).toEqual({ ...info, token });
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/api/tokens',
        body: { name: 'ci', scopes: ['read', 'render'], expires_in_days: 30 },
      },
    ]);
    expect(redact(`echoed ${token}`)).toBe('echoed [redacted]');
  });

  it.each([
    ['name', { scopes: ['read'], expiresInDays: 1 }],
    ['name', { name: ' ', scopes: ['read'], expiresInDays: 1 }],
    ['scopes', { name: 'a', scopes: [], expiresInDays: 1 }],
    ['scopes', { name: 'a', scopes: ['write', 'admin'], expiresInDays: 1 }],
    ['expiresInDays', { name: 'a', scopes: ['read'], expiresInDays: 0.5 }],
    ['expiresIn', { name: 'a', scopes: ['read'], expiresIn: 1 }],
  ])('are refused by the field before a byte is sent: %s', async (field, options) => {
    const { nemo, asked } = clientOf({});
    await expect(Reflect.apply(nemo.tokens.create, nemo.tokens, [options])).rejects.toMatchObject({
      name: 'OptionError',
      field,
    });
    expect(asked).toEqual([]);
  });

  it('are made once: a failure that may have made one is not repeated', async () => {
    const { nemo, asked } = clientOf({ message: 'busy' }, 503);
    const options = { name: 'a', scopes: ['*'], expiresInDays: 1 } as const;
    await expect(nemo.tokens.create(options)).rejects.toMatchObject({ name: 'ApiError', status: 503 });
    expect(asked).toHaveLength(1);
  });

  it.each([undefined, { code: 0, data: null }, { success: true }])(
    'are revoked, answered with %j',
    async (answer) => {
      const { nemo, asked } = clientOf(answer);
      expect(await nemo.tokens.revoke('7')).toBeUndefined();
      expect(asked).toEqual([{ method: 'POST', path: '/api/tokens/7/revoke', body: undefined }]);
    },
  );

  it('are revoked by an id only', async () => {
    await expect(clientOf({}).nemo.tokens.revoke('..')).rejects.toMatchObject({
      name: 'OptionError',
      field: 'id',
    });
  });
});
