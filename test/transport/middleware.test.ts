import { describe, expect, it } from 'vitest';
import type { Call, Middleware, RequestInfo } from '../../src/transport/index.js';
import { settle } from '../support/virtual-clock.js';
import { Anything, failure, ONCE, refused, SAFE, scripted } from './harness.js';

const OK = { code: 0, data: { ok: true } };

describe('middleware', () => {
  it('wraps every attempt in the order given, and gets the call and the attempt', async () => {
    const heard: string[] = [];
    const named =
      (name: string): Middleware =>
      async (request, next, { operation, attempt }) => {
        heard.push(`${name} in ${operation} ${attempt}`);
        const response = await next(request);
        heard.push(`${name} out ${response.status}`);
        return response;
      };
    const busy = () => Response.json({}, { status: 503 });
    const { transport, clock } = scripted([busy, OK], { middleware: [named('outer'), named('inner')] });
    await clock.run(transport.json(SAFE, Anything));
    expect(heard).toEqual([
      'outer in credits 1',
      'inner in credits 1',
      'inner out 503',
      'outer out 503',
      'outer in credits 2',
      'inner in credits 2',
      'inner out 200',
      'outer out 200',
    ]);
  });

  it('sees method, address, headers and body of the request', async () => {
    const seen: unknown[] = [];
    const { transport } = scripted([OK], {
      middleware: [
        async (request, next) => {
          seen.push(
            request.method,
            request.url,
            request.headers.get('x-skill-source'),
            await request.clone().json(),
          );
          return next(request);
        },
      ],
    });
    await transport.json(ONCE, Anything);
    expect(seen).toEqual(['POST', 'https://service.test/run_sse', 'test-skill', { a: 1 }]);
  });

  it('passes a W3C trace context on, in each attempt its own', async () => {
    const parent = (attempt: number) => `00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333${attempt}-01`;
    const { transport, clock, received } = scripted([refused(), OK], {
      middleware: [
        (request, next, { attempt }) => {
          request.headers.set('traceparent', parent(attempt));
          request.headers.set('tracestate', 'vendor=1');
          return next(request);
        },
      ],
    });
    await clock.run(transport.json(ONCE, Anything));
    expect(received.map(({ request }) => request.headers.get('traceparent'))).toEqual([parent(1), parent(2)]);
    expect(received[1]?.request.headers.get('tracestate')).toBe('vendor=1');
  });

  it('may replace the request, and its signal still ends the call', async () => {
    const caller = new AbortController();
    const { transport, received } = scripted([() => new Promise(() => {})], {
      middleware: [
        (request, next) =>
          next(new Request(request, { headers: { ...Object.fromEntries(request.headers), 'x-mine': '1' } })),
      ],
    });
    const ended = failure(transport.json({ ...SAFE, signal: caller.signal }, Anything));
    await new Promise((resolve) => setImmediate(resolve));
    expect(received[0]?.request.headers.get('x-mine')).toBe('1');
    caller.abort();
    expect(await ended).toMatchObject({ name: 'AbortError' });
    expect(received[0]?.request.signal.aborted).toBe(true);
  });

  it.each(['json', 'open'] as const)(
    'that waits past an abort sends nothing any more, whatever request it makes (%s)',
    async (how) => {
      const caller = new AbortController();
      let goOn = (): void => {};
      const wait = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      let sent: Promise<unknown> | undefined;
      const heard: string[] = [];
      const { transport, received } = scripted([OK], {
        middleware: [
          (request, next) => {
            const late = wait.then(() => next(new Request(request.url, { method: 'POST', body: '{}' })));
            sent = failure(late);
            return late;
          },
        ],
      });
      const call: Call = { ...ONCE, signal: caller.signal, onDelivery: (delivery) => heard.push(delivery) };
      const ended = failure(how === 'json' ? transport.json(call, Anything) : transport.open(call));
      await settle();
      caller.abort();
      expect(await ended).toMatchObject({ name: 'AbortError' });
      goOn();
      await sent;
      expect(received).toEqual([]);
      expect(heard).toEqual([]);
    },
  );

  it.each<[string, Middleware]>([
    [
      'response',
      async (request, next) => {
        const response = await next(request);
        await response.text();
        return response;
      },
    ],
    [
      'response without its end',
      async (request, next) => {
        const response = await next(request);
        await response.body?.getReader().read();
        return response;
      },
    ],
    [
      'request',
      async (request, next) => {
        await request.text();
        return next(request);
      },
    ],
  ])('that has read the %s that it passes on is an error at once', async (_, reading) => {
    const { transport, received } = scripted([OK], { middleware: [reading] });
    const call = { ...SAFE, method: 'POST', json: {} } as const;
    expect(await failure(transport.json(call, Anything))).toMatchObject({
      name: 'OptionError',
      field: 'middleware',
      hint: expect.stringContaining('clone()'),
    });
    expect(received.length).toBeLessThanOrEqual(1);
  });

  it('that has read the request of a call that costs has sent nothing', async () => {
    const heard: string[] = [];
    const { transport, received } = scripted([OK], {
      middleware: [
        async (request, next) => {
          await request.text();
          return next(request);
        },
      ],
    });
    const onDelivery = (delivery: string) => void heard.push(delivery);
    await failure(transport.open({ ...ONCE, onDelivery }));
    expect(received).toEqual([]);
    expect(heard).toEqual([]);
  });

  it('may read copies of both', async () => {
    const read: string[] = [];
    const { transport } = scripted([OK], {
      middleware: [
        async (request, next) => {
          read.push(await request.clone().text());
          const response = await next(request);
          read.push(await response.clone().text());
          return response;
        },
      ],
    });
    expect((await transport.json(ONCE, Anything)).data).toEqual({ ok: true });
    expect(read).toEqual(['{"a":1}', JSON.stringify(OK)]);
  });

  it('may answer itself', async () => {
    const { transport, received } = scripted([OK], {
      middleware: [async () => Response.json({ code: 0, data: { cached: true } })],
    });
    expect((await transport.json(SAFE, Anything)).data).toEqual({ cached: true });
    expect(received).toHaveLength(0);
  });

  it('hears a failure of the network as an error of the family', async () => {
    let heard: unknown;
    const { transport } = scripted([refused()], {
      middleware: [
        async (request, next) => {
          heard = await failure(next(request));
          throw heard;
        },
      ],
    });
    await failure(transport.json({ ...SAFE, retry: false }, Anything));
    expect(heard).toMatchObject({ name: 'NetworkError', sent: 'no', attempts: 1 });
  });

  it('that throws fails the call with what it threw, once', async () => {
    const infos: RequestInfo[] = [];
    const bug = new TypeError('a bug of mine');
    const { transport } = scripted([OK], {
      middleware: [
        async (_request, _next, info) => {
          infos.push(info);
          throw bug;
        },
      ],
    });
    expect(await failure(transport.json(SAFE, Anything))).toBe(bug);
    expect(infos).toEqual([{ operation: 'credits', attempt: 1 }]);
  });
});

describe('a middleware around a call that costs', () => {
  const deliveries = () => {
    const heard: string[] = [];
    return { heard, onDelivery: (delivery: string) => void heard.push(delivery) };
  };
  const twice: Middleware = async (request, next) => {
    const copy = request.clone();
    await (await next(request)).text();
    return next(copy);
  };

  it('cannot send it a second time', async () => {
    const { transport, received } = scripted([OK], { middleware: [twice] });
    expect(await failure(transport.json(ONCE, Anything))).toMatchObject({
      name: 'OptionError',
      field: 'middleware',
      message: expect.stringContaining('calls `next` once for the call `run`'),
    });
    expect(received).toHaveLength(1);
  });

  it('may send one again that costs nothing', async () => {
    const { transport, received } = scripted([OK], { middleware: [twice] });
    await transport.json(SAFE, Anything);
    expect(received).toHaveLength(2);
  });

  it('may try again what never left', async () => {
    const again: Middleware = async (request, next) => {
      const copy = request.clone();
      return next(request).catch(() => next(copy));
    };
    const { transport, received } = scripted([refused(), OK], { middleware: [again] });
    await transport.json(ONCE, Anything);
    expect(received).toHaveLength(2);
  });

  it('that throws before it sends has sent nothing: its error comes out as it is', async () => {
    const { heard, onDelivery } = deliveries();
    const own = new Error('not on a Sunday');
    const { transport, received } = scripted([OK], { middleware: [() => Promise.reject(own)] });
    expect(await failure(transport.open({ ...ONCE, onDelivery }))).toBe(own);
    expect(received).toEqual([]);
    expect(heard).toEqual([]);
  });

  it.each(['middleware', 'fetch'])(
    'that gets Response.error() from a %s is not refused: it may have left',
    async (whose) => {
      const { heard, onDelivery } = deliveries();
      const { transport, received } = scripted([() => (whose === 'fetch' ? Response.error() : OK)], {
        middleware: [
          async (request, next) => {
            const response = await next(request);
            return whose === 'middleware' ? Response.error() : response;
          },
        ],
      });
      expect(await failure(transport.json({ ...ONCE, onDelivery }, Anything))).toMatchObject({
        name: 'NetworkError',
        sent: 'unknown',
        retryable: true,
      });
      expect(heard).toEqual(['unknown']);
      expect(received).toHaveLength(1);
    },
  );

  it('that answers itself leaves it unknown what the service did', async () => {
    const { heard, onDelivery } = deliveries();
    const answer = () => new Response('data: {}\n\n', { headers: { 'content-type': 'text/event-stream' } });
    const { transport } = scripted([OK], { middleware: [async () => answer()] });
    const { response } = await transport.open({ ...ONCE, onDelivery });
    await response.body?.cancel();
    expect(heard).toEqual(['unknown']);
  });

  it('reports once that an attempt left, however often it is called', async () => {
    const { heard, onDelivery } = deliveries();
    const { transport } = scripted([OK], { middleware: [(request, next) => next(request)] });
    await transport.json({ ...ONCE, onDelivery }, Anything);
    expect(heard).toEqual(['unknown']);
  });
});

describe('something that is no response', () => {
  it.each([undefined, null, {}, 'ok', { status: 200 }])(
    'is an error that names the middleware: %o',
    async (answer) => {
      const { transport } = scripted([OK], { middleware: [async () => answer as never] });
      expect(await failure(transport.json(SAFE, Anything))).toMatchObject({
        name: 'OptionError',
        field: 'middleware',
      });
    },
  );

  it('is an error that names the fetch', async () => {
    const { transport } = scripted([], { fetch: async () => undefined as never });
    expect(await failure(transport.json(SAFE, Anything))).toMatchObject({
      name: 'OptionError',
      field: 'fetch',
    });
  });
});
