import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { NemoVideo } from '../../src/client.js';

// Programs that use this library test themselves with msw, which replaces the platform's fetch while it listens.
const SERVICE = 'https://service.test';
const service = setupServer();

beforeAll(() => service.listen({ onUnhandledRequest: 'error' }));
afterEach(() => service.resetHandlers());
afterAll(() => service.close());

const client = () => new NemoVideo({ baseUrl: SERVICE, token: 'nmv_usr_test', credentialStore: false });

it('is answered by a handler, which sees token and attribution', async () => {
  let seen = new Headers();
  service.use(
    http.get(`${SERVICE}/api/credits/balance/simple`, ({ request }) => {
      seen = request.headers;
      return HttpResponse.json({ code: 0, data: { available: 90, frozen: 10, total: 100 } });
    }),
  );
  expect(await client().credits.balance()).toEqual({ available: 90, frozen: 10, total: 100 });
  expect(seen.get('authorization')).toBe('Bearer nmv_usr_test');
  expect(seen.get('x-skill-source')).toBe('ai-video-maker-gratis');
});

it('meets a failure that a handler plays as the error that it is', async () => {
  service.use(
    http.get(`${SERVICE}/api/credits/balance/simple`, () =>
      HttpResponse.json({ code: 2001, message: 'no credits' }, { status: 402 }),
    ),
  );
  await expect(client().credits.balance()).rejects.toMatchObject({
    name: 'InsufficientCreditsError',
    code: 2001,
  });
});

it('streams an answer that a handler sends piece by piece, and sends the message once', async () => {
  let sent = 0;
  service.use(
    http.post(`${SERVICE}/api/tasks/me/with-session/nemo_agent`, () =>
      HttpResponse.json({ code: 0, data: { task_id: 't1', session_id: 's1' } }),
    ),
    http.get(`${SERVICE}/api/state/nemo_agent/*`, () => HttpResponse.json({ code: 0, data: { state: {} } })),
    http.post(`${SERVICE}/run_sse`, () => {
      sent += 1;
      const pieces = ['data: {"text":"Your vid', 'eo is ready."}\n', '\n'];
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          const piece = pieces.shift();
          if (piece === undefined) controller.close();
          else controller.enqueue(new TextEncoder().encode(piece));
        },
      });
      return new HttpResponse(body, { headers: { 'content-type': 'text/event-stream' } });
    }),
  );
  const session = await client().sessions.create();
  const { text } = await session.send('Make a video');
  expect(text).toBe('Your video is ready.');
  expect(sent).toBe(1);
});
