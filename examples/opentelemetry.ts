/**
 * Every attempt of every request as an OpenTelemetry span, with the W3C trace context in its headers, so that your
 * gateway can continue the trace. Needs `npm install --no-save @opentelemetry/api`, and the OpenTelemetry SDK that your
 * program has anyway; without the SDK, the spans go nowhere. `npx tsx examples/opentelemetry.ts`
 */
import { argv, exit } from 'node:process';
import { pathToFileURL } from 'node:url';
import { type Middleware, NemoVideo } from 'nemovideo-sdk';

/** The part of `@opentelemetry/api` that is used here; the package itself fits. */
export interface OpenTelemetry<Context, S extends Span> {
  readonly context: { active(): Context; with<T>(context: Context, work: () => T): T };
  readonly propagation: { inject(context: Context, carrier: Record<string, string>): void };
  readonly trace: {
    getTracer(name: string): { startSpan(name: string, options: SpanOptions, context: Context): S };
    setSpan(context: Context, span: S): Context;
  };
}

/** How a span begins. 2 is `SpanKind.CLIENT`. */
export interface SpanOptions {
  readonly kind: 2;
  readonly attributes: Record<string, string | number>;
}

/** The part of a span that is used here. 2 is `SpanStatusCode.ERROR`. */
export interface Span {
  setAttribute(name: string, value: string | number): unknown;
  setStatus(status: { readonly code: 2; readonly message?: string }): unknown;
  end(): void;
}

/** Names of attributes are those of the semantic conventions for HTTP clients. */
export function tracing<Context, S extends Span>(api: OpenTelemetry<Context, S>): Middleware {
  const tracer = api.trace.getTracer('nemovideo-sdk');
  return async (request, next, { operation, attempt }) => {
    const { hostname, pathname } = new URL(request.url);
    const attributes = {
      'http.request.method': request.method,
      'server.address': hostname,
      'url.path': pathname,
      'nemovideo.operation': operation,
      ...(attempt > 1 ? { 'http.request.resend_count': attempt - 1 } : {}),
    };
    const active = api.context.active();
    const span = tracer.startSpan(`nemovideo ${operation}`, { kind: 2, attributes }, active);
    const inside = api.trace.setSpan(active, span);
    const carrier: Record<string, string> = {};
    api.propagation.inject(inside, carrier);
    for (const [name, value] of Object.entries(carrier)) request.headers.set(name, value);
    try {
      // The span ends with the headers: the body of a run may take minutes.
      const response = await api.context.with(inside, () => next(request));
      span.setAttribute('http.response.status_code', response.status);
      if (!response.ok) span.setStatus({ code: 2 });
      return response;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      span.setAttribute('error.type', name);
      span.setStatus({ code: 2, message });
      throw error;
    } finally {
      span.end();
    }
  };
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  // By a name that the compiler does not follow: this repository does without the package.
  const name: string = '@opentelemetry/api';
  const api = await import(name).catch(() => {
    console.error(`This example needs ${name}: npm install --no-save ${name}`);
    exit(1);
  });
  const nemo = new NemoVideo({ middleware: [tracing(api)] });
  console.log(await nemo.credits.balance());
}
