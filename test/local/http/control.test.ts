import { describe, expect, it } from 'vitest';
import type { BackendParts } from '../../../src/local/parts.js';
import { ROUTES } from '../../../src/local/service/routes.js';
import { paths, stringifyExact } from '../../../src/wire/index.js';
import { eventsOf, type Json, serve, TRANSPORTS, type WireClient } from '../support/wire.js';

const scoped = (name: string): RequestInit => ({ headers: { 'x-local-scope': name } });
const journal = async (client: WireClient, init: RequestInit = {}): Promise<Json> =>
  (await client.ask('/__local/journal', init)).body;

describe.each(TRANSPORTS)('the controls over HTTP, %s', (transport) => {
  it('list every call with a line for curl', async () => {
    const client = await serve(transport);
    const page = await (await client.send('/')).text();
    for (const { path } of ROUTES) expect(page).toContain(path.split('*')[0]);
    for (const path of ['/__local/faults', '/__local/journal', '/__local/agent', '/__local/reset'])
      expect(page).toContain(path);
    expect(client.backend.requests).toEqual([]);
  });

  it('arm and clear faults', async () => {
    const client = await (await serve(transport)).begin();
    await client.post('/__local/faults', { on: 'credits', do: 'status', status: 503, times: 'all' });
    expect((await client.send(paths.credits)).status).toBe(503);
    expect((await client.send(paths.credits)).status).toBe(503);
    await client.ask('/__local/faults', { method: 'DELETE' });
    expect((await client.send(paths.credits)).status).toBe(200);
  });

  it('refuse a fault that cannot happen, with the name of the field', async () => {
    const client = await serve(transport);
    expect(await client.post('/__local/faults', { on: 'credits', do: 'explode' })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('do') },
    });
  });

  it('give the journal, without tokens', async () => {
    const client = await (await serve(transport, { speed: Infinity })).begin();
    await client.runText('Hello');
    const { requests, charges } = (await journal(client)) as unknown as Record<
      string,
      { operation?: string }[]
    >;
    expect(requests?.map(({ operation }) => operation)).toEqual(['token', 'session', 'run']);
    expect(charges).toMatchObject([{ credits: 50, message: 'Hello' }]);
    expect(JSON.stringify(await journal(client))).not.toContain(client.token);
  });

  it('script the agent', async () => {
    const client = await (await serve(transport, { speed: Infinity })).begin();
    const plan = [{ edit: { m: { title: 'Scripted' } } }, { say: 'As you wish.' }];
    await client.post('/__local/agent', { match: 'sea', plan });
    await client.post('/__local/agent', { match: 'what', plan: { ask: 'Which one?' } });
    expect(await client.runText('the sea')).toContain('As you wish.');
    expect((await client.state()).body.data?.state?.draft?.m?.title).toBe('Scripted');
    expect(JSON.stringify(eventsOf(await client.runText('what')))).toContain('ask_question');
    expect((await client.post('/__local/agent', { match: 'x', plan: [{ fly: 1 }] })).status).toBe(400);
    await client.ask('/__local/agent', { method: 'DELETE' });
    expect(await client.runText('the sea')).not.toContain('As you wish.');
  });

  it('keep numbers of a draft that JavaScript would round: scripted, in the stream, in the state, to be rendered', async () => {
    const rendered: unknown[] = [];
    const render: BackendParts['render'] = ({ draft }) => {
      rendered.push(draft);
      return { done: Promise.resolve(), cancel: async () => {} };
    };
    const client = await (await serve(transport, { speed: Infinity }, { render })).begin();
    const ids = '"media_id":7234567890123456789,"ratio":0.12345678901234567891';
    const sent = (path: string, body: string): Promise<Response> =>
      client.send(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    const draft = `{"t":[{"tt":0,"id":"v","m":{},"sg":[{"s":0,"d":1000,"m":{${ids}}}]}],"d":1000}`;
    await sent('/__local/agent', `{"match":"sea","plan":[{"edit":${draft}},{"say":"Done!"}]}`);
    expect(await client.runText('the sea')).toContain(ids);
    expect(await (await client.send(paths.state(client.sessionId))).text()).toContain(ids);
    const order = `{"id":"r","sessionId":"${client.sessionId}","draft":${draft},"output":{}}`;
    expect((await sent(paths.submitRender, order)).status).toBe(200);
    expect(stringifyExact(rendered[0])).toContain(ids);
    expect(await (await client.send('/__local/journal')).text()).toContain(ids);
  });

  it('forget everything', async () => {
    const client = await (await serve(transport)).begin();
    await client.post('/__local/faults', { on: 'any', do: 'status', times: 'all' });
    await client.post('/__local/reset', {});
    expect((await client.send(paths.credits)).status).toBe(401);
    expect(client.backend.requests).toHaveLength(1);
    await client.begin();
    expect((await client.state()).status).toBe(200);
  });

  it('keep tests apart by a header', async () => {
    const client = await serve(transport, { speed: Infinity });
    await client.ask('/__local/faults', {
      method: 'POST',
      body: JSON.stringify({ on: 'token', do: 'status', times: 'all' }),
      headers: { 'content-type': 'application/json', 'x-local-scope': 'a' },
    });
    const token = (init: RequestInit): Promise<Response> =>
      client.send(paths.anonymousToken, {
        method: 'POST',
        ...init,
        headers: { 'x-client-id': 'me', ...(init.headers as Record<string, string>) },
      });
    expect((await token(scoped('a'))).status).toBe(503);
    expect((await token(scoped('b'))).status).toBe(200);
    expect((await token({})).status).toBe(200);
    for (const name of ['a', 'b']) expect((await journal(client, scoped(name))).requests).toHaveLength(1);
    expect((await journal(client)).requests).toHaveLength(1);
  });

  it('say what there is where a path is unknown', async () => {
    const client = await serve(transport);
    expect(await client.ask('/__local/nothing')).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('GET /') },
    });
  });
});

describe('an access log', () => {
  it('is called with each request when it has been answered', async () => {
    const seen: string[] = [];
    const client = await serve('socket', {
      onRequest: ({ method, path, status }) => void seen.push(`${method} ${path} ${status}`),
    });
    await client.send(paths.credits);
    expect(seen).toEqual([`GET ${paths.credits} 401`]);
  });
});
