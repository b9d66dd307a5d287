import { expect, it } from 'vitest';
import { type OpenTelemetry, type Span, tracing } from '../../examples/opentelemetry.js';
import { Anything, failure, refused, SAFE, scripted } from './harness.js';

/** A tracer that writes down its calls; a context is the name of its span. */
function memoryTracer() {
  const calls: string[] = [];
  const api: OpenTelemetry<string, Span & { readonly id: string }> = {
    context: { active: () => 'parent', with: (_, work) => work() },
    propagation: {
      inject(context, carrier) {
        carrier.traceparent = `00-${context}-01`;
      },
    },
    trace: {
      setSpan: (_, span) => span.id,
      getTracer: () => ({
        startSpan(name, { attributes }, context) {
          const id = `span-${calls.length}`;
          calls.push(`${name} in ${context} ${attributes['http.request.resend_count'] ?? 0}`);
          return {
            id,
            setAttribute: (key, value) => calls.push(`${key} ${value}`),
            setStatus: ({ code, message }) => calls.push(`status ${code} ${message ?? ''}`),
            end: () => void calls.push('end'),
          };
        },
      }),
    },
  };
  return { api, calls };
}

it('the example makes a span of every attempt, and sends its context along', async () => {
  const { api, calls } = memoryTracer();
  const { transport, clock, received } = scripted([refused(), { code: 0, data: {} }], {
    middleware: [tracing(api)],
  });
  await clock.run(transport.json(SAFE, Anything));
  expect(calls).toEqual([
    'nemovideo credits in parent 0',
    'error.type NetworkError',
    expect.stringMatching(/^status 2 credits: the service could not be reached/),
    'end',
    'nemovideo credits in parent 1',
    'http.response.status_code 200',
    'end',
  ]);
  expect(received.map(({ request }) => request.headers.get('traceparent'))).toEqual([
    '00-span-0-01',
    '00-span-4-01',
  ]);
});

it('the example reports an HTTP error as one', async () => {
  const { api, calls } = memoryTracer();
  const { transport } = scripted([() => new Response('', { status: 404 })], { middleware: [tracing(api)] });
  await failure(transport.json(SAFE, Anything));
  expect(calls).toContain('status 2 ');
});
