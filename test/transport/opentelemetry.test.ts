import { expect, it } from 'vitest';
import { type OpenTelemetry, type Span, tracing } from '../../examples/opentelemetry.js';
import { Anything, failure, refused, SAFE, scripted } from './harness.js';

/** A tracer that writes down what it is told; a context is the name of its span. */
function memoryTracer() {
  const told: string[] = [];
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
          const id = `span-${told.length}`;
          told.push(`${name} in ${context} ${attributes['http.request.resend_count'] ?? 0}`);
          return {
            id,
            setAttribute: (key, value) => told.push(`${key} ${value}`),
            setStatus: ({ code, message }) => told.push(`status ${code} ${message ?? ''}`),
            end: () => void told.push('end'),
          };
        },
      }),
    },
  };
  return { api, told };
}

it('the example makes a span of every attempt, and sends its context along', async () => {
  const { api, told } = memoryTracer();
  const { transport, clock, received } = scripted([refused(), { code: 0, data: {} }], {
    middleware: [tracing(api)],
  });
  await clock.run(transport.json(SAFE, Anything));
  expect(told).toEqual([
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

it('the example tells an HTTP error as one', async () => {
  const { api, told } = memoryTracer();
  const { transport } = scripted([() => new Response('', { status: 404 })], { middleware: [tracing(api)] });
  await failure(transport.json(SAFE, Anything));
  expect(told).toContain('status 2 ');
});
