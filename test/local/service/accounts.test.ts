import { describe, expect, it } from 'vitest';
import { createLocalBackend } from '../../../src/local/index.js';
import { TOKEN_LIFE_MS } from '../../../src/local/service/accounts.js';
import { createTestClient } from '../../../src/testing/index.js';
import { paths } from '../../../src/wire/index.js';
import { serve, TRANSPORTS, type WireClient } from '../support/wire.js';

const WEEK_MS = 7 * 24 * 3_600_000;

function askToken(client: WireClient, clientId?: string) {
  const headers = clientId === undefined ? {} : { 'x-client-id': clientId };
  return client.ask(paths.anonymousToken, { method: 'POST', headers });
}

describe.each(TRANSPORTS)('accounts, %s', (transport) => {
  it('gives an anonymous client a token of 100 credits for 7 days, in the documented envelope', async () => {
    const client = await serve(transport);
    const { status, body } = await askToken(client, 'a');
    expect(status).toBe(200);
    expect(body).toMatchObject({ code: 0, data: { credits: 100 } });
    expect(body.data?.token).toMatch(/^nmv_usr_/);
    expect(Date.parse(String(body.data?.expires_at))).toBe(client.clock.now() + WEEK_MS);
  });

  it('refuses a client without an id with 400', async () => {
    const { status, body } = await askToken(await serve(transport));
    expect([status, body.code]).toEqual([400, 400]);
  });

  it('gives one client one token in 7 days, and says how long to wait', async () => {
    const client = await serve(transport, { limits: true });
    await askToken(client, 'a');
    await client.clock.advance(WEEK_MS / 2);
    const { status, body, headers } = await askToken(client, 'a');
    expect([status, body.code]).toEqual([429, 429]);
    expect(Number(headers.get('retry-after'))).toBe(WEEK_MS / 2 / 1000);
  });

  it('gives one address ten tokens in 7 days', async () => {
    const client = await serve(transport, { limits: true });
    for (let n = 0; n < 10; n += 1) expect((await askToken(client, `client ${n}`)).status).toBe(200);
    expect((await askToken(client, 'one more')).status).toBe(429);
    await client.clock.advance(WEEK_MS);
    expect((await askToken(client, 'one more')).status).toBe(200);
  });

  it('gives a client as many tokens as it asks for, where the documented limits are not asked for', async () => {
    const client = await serve(transport);
    for (let n = 0; n < 12; n += 1) expect((await askToken(client, `client ${n}`)).status).toBe(200);
    const [first, second] = [await askToken(client, 'a'), await askToken(client, 'a')];
    expect(second.body.data?.user_id).toBe(first.body.data?.user_id);
    expect(String(first.body.data?.user_id)).toMatch(/^anon_/);
  });

  it('makes, lists and revokes further tokens, each with its scopes', async () => {
    const client = await (await serve(transport)).begin();
    const made = await client.post('/api/tokens', { name: 'ci', scopes: ['read'], expires_in_days: 30 });
    expect(made.body).toMatchObject({ code: 0, data: { name: 'ci', scopes: ['read'] } });
    const { body } = await client.ask('/api/tokens');
    expect(body.data?.tokens).toMatchObject([{ id: made.body.data?.id, name: 'ci', scopes: ['read'] }]);
    expect(JSON.stringify(body)).not.toContain(String(made.body.data?.token));
    const own = client.token;
    client.token = String(made.body.data?.token);
    expect((await client.ask(paths.credits)).status).toBe(200);
    expect((await client.run()).status).toBe(403);
    expect((await client.post(paths.submitRender, {})).status).toBe(403);
    client.token = own;
    expect((await client.post(`/api/tokens/${made.body.data?.id}/revoke`, {})).status).toBe(200);
    client.token = String(made.body.data?.token);
    expect((await client.ask(paths.credits)).body.code).toBe(1001);
  });

  it.each([
    [{ scopes: ['read'], expires_in_days: 1 }, 'name'],
    [{ name: 'x', scopes: ['fly'], expires_in_days: 1 }, 'scopes'],
    [{ name: 'x', scopes: ['read'], expires_in_days: 0 }, 'expires_in_days'],
  ])('refuses a token of %j', async (body, field) => {
    const client = await (await serve(transport)).begin();
    expect(await client.post('/api/tokens', body)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(field) },
    });
  });

  it('replaces an expired token for the same client: the same user, with new credits', async () => {
    const client = await (await serve(transport)).begin('a');
    await client.runText();
    const before = client.sessionId;
    await client.clock.advance(TOKEN_LIFE_MS);
    expect(await client.state()).toMatchObject({ status: 401, body: { code: 1001 } });
    const { body } = await askToken(client, 'a');
    client.token = String(body.data?.token);
    expect(body.data?.credits).toBe(100);
    expect(client.sessionId).toBe(before);
    expect((await client.state()).status).toBe(200);
  });

  it('replaces an invalidated token for the same client: the same user, with the credits that are left', async () => {
    const client = await (await serve(transport)).begin('a');
    await client.runText();
    client.backend.invalidateToken();
    expect((await client.state()).body.code).toBe(1001);
    const { body } = await askToken(client, 'a');
    client.token = String(body.data?.token);
    expect(body.data?.credits).toBe(50);
    expect((await client.state()).status).toBe(200);
  });

  it('knows the tokens of registered users, with as many credits as they are given', async () => {
    const client = await serve(transport);
    client.token = client.backend.issueToken({ credits: 7 });
    const { body } = await client.ask(paths.credits);
    expect(body.data).toEqual({ available: 7, frozen: 0, total: 7 });
  });

  it.each(['', 'Bearer nmv_usr_made_up', 'Basic abc'])(
    'answers 1001 to the authorization %j',
    async (header) => {
      const client = await serve(transport);
      const { status, body } = await client.ask(paths.credits, { headers: { authorization: header } });
      expect([status, body.code, body.data]).toEqual([401, 1001, null]);
    },
  );

  it('counts the credits of running work as frozen, and charges once when it begins', async () => {
    const client = await (await serve(transport)).begin();
    const response = await client.run('hello');
    const during = await client.ask(paths.credits);
    expect(during.body.data).toEqual({ available: 50, frozen: 50, total: 100 });
    await client.clock.run(response.text());
    expect((await client.ask(paths.credits)).body.data).toEqual({ available: 50, frozen: 0, total: 50 });
    expect(client.backend.charges).toEqual([
      {
        at: expect.any(Number),
        sessionId: client.sessionId,
        credits: 50,
        reason: 'message',
        message: 'hello',
        requestId: response.headers.get('x-request-id'),
      },
    ]);
  });

  it('answers 2001 when the credits do not suffice, and does nothing', async () => {
    const client = await (await serve(transport)).begin();
    await client.runText('one');
    await client.runText('two');
    const response = await client.run('three');
    expect(await response.json()).toMatchObject({ code: 2001 });
    expect(client.backend.charges).toHaveLength(2);
    expect((await client.state()).body.data?.state?.draft?.m?.title).toBe('two');
  });

  it('says where this backend has more credits, and not to register on a website', async () => {
    const client = await (await serve(transport, { credits: 0 })).begin();
    const told = async () => (await (await client.run('one')).json()).message;
    expect(await told()).toContain('`createLocalBackend({ credits })` or --credits');
    client.token = client.backend.issueToken({ credits: 0 });
    await client.newSession();
    expect(await told()).toContain('`issueToken({ credits })`');
  });
});

describe.each(TRANSPORTS)('sessions, %s', (transport) => {
  it('begin empty: no draft yet is normal', async () => {
    const client = await (await serve(transport)).begin();
    const { body } = await client.state();
    expect(body.data?.state).toEqual({
      draft: null,
      video_infos: [],
      canvas_config: null,
      generated_media: [],
    });
  });

  it('are opened by a body of nothing too', async () => {
    const client = await (await serve(transport)).begin();
    const headers = { 'content-type': 'application/json' };
    const { body } = await client.ask(paths.createSession, { method: 'POST', headers });
    expect(body.code).toBe(0);
  });

  it('belong to their user: anybody else gets 1002', async () => {
    const client = await (await serve(transport)).begin('a');
    client.token = client.backend.issueToken();
    expect(await client.state()).toMatchObject({ status: 404, body: { code: 1002 } });
    expect(await client.run().then((response) => response.json())).toMatchObject({ code: 1002 });
  });

  it('are claimed with a token that begins with clm_ and lives for 7 days', async () => {
    const client = await (await serve(transport)).begin();
    const ids = { task_id: client.taskId, session_id: client.sessionId };
    const { body } = await client.post(paths.claimToken, ids);
    expect(body.data).toEqual({ claim_token: expect.stringMatching(/^clm_\w+$/), expires_in: 604_800 });
    expect((await client.post(paths.claimToken, { ...ids, task_id: 'other' })).body.code).toBe(1002);
  });

  it('answer without the envelope where a fault wants it', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'credits', do: 'form', form: 'flat' });
    expect((await client.ask(paths.credits)).body).toEqual({ available: 100, frozen: 0, total: 100 });
    expect((await client.ask(paths.credits)).body.code).toBe(0);
  });

  it.each([
    ['not JSON', '{', 400],
    ['a list', '[]', 400],
  ])('refuse a body that is %s', async (_, body, status) => {
    const client = await (await serve(transport)).begin();
    const answer = await client.ask(paths.createSession, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(status);
  });
});

it('gives anonymous clients as many credits as the backend was configured for', async () => {
  await using test = await createTestClient({ credits: 7 });
  expect(await test.nemo.credits.balance()).toMatchObject({ available: 7, total: 7 });
  await expect(createLocalBackend({ credits: -1 })).rejects.toMatchObject({ field: 'credits' });
});
