import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { failureCode, fetchFailure, networkError } from '../../src/transport/network-failure.js';
import { failure } from './harness.js';

const facts = { operation: 'run', attempts: 1 } as const;
const caused = (cause: unknown) => new TypeError('fetch failed', { cause });
const coded = (code: string, syscall?: string) => Object.assign(new Error(code), { code, syscall });

describe('a failure of the network', () => {
  it('of a real refused connection proves that nothing was sent', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    const port = typeof address === 'object' ? address?.port : undefined;
    const thrown = await failure(fetch(`http://127.0.0.1:${port}`));
    expect(networkError(thrown, facts)).toMatchObject({
      sent: 'no',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('of a real reset proves nothing', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const thrown = await failure(fetch(`http://127.0.0.1:${port}`));
    server.close();
    expect(networkError(thrown, facts)).toMatchObject({ sent: 'unknown' });
  });

  it('of TLS to a plain port proves that nothing was sent', async () => {
    const server = createHttpServer((_, response) => void response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const thrown = await failure(fetch(`https://127.0.0.1:${port}`));
    server.close();
    expect(networkError(thrown, facts)).toMatchObject({ sent: 'no' });
  });

  it.each([
    ['a certificate that ran out', caused(coded('CERT_NOT_YET_VALID'))],
    ['a certificate of an unknown issuer', caused(coded('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'))],
    ['no common protocol', caused(coded('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'))],
    [
      'a handshake that broke off',
      caused(
        Object.assign(
          new Error('Client network socket disconnected before secure TLS connection was established'),
          { code: 'ECONNRESET' },
        ),
      ),
    ],
  ])('of %s proves that nothing was sent', (_, thrown) => {
    expect(networkError(thrown, facts).sent).toBe('no');
  });

  it('of TLS that breaks later proves nothing', () => {
    const thrown = caused(coded('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'));
    expect(networkError(thrown, facts).sent).toBe('unknown');
  });

  it.each(['GET', 'POST'])('of a port that fetch blocks proves that nothing was sent: %s', async (method) => {
    const thrown = await failure(fetch('http://127.0.0.1:9', { method }));
    expect(networkError(thrown, facts)).toMatchObject({
      sent: 'no',
      message: 'run: the service could not be reached (fetch blocks this port); nothing was sent',
    });
    expect(networkError(caused(new Error('a bad port')), facts).sent).toBe('unknown');
  });

  it.each<[string, unknown]>([
    ['an unknown host', caused(coded('ENOTFOUND', 'getaddrinfo'))],
    ['DNS that fails for now', caused(coded('EAI_AGAIN'))],
    ['a connection that takes too long', caused(coded('UND_ERR_CONNECT_TIMEOUT'))],
    ['a host that cannot be reached', caused(coded('EHOSTUNREACH', 'connect'))],
    ['a certificate that has expired', caused(coded('CERT_HAS_EXPIRED'))],
    [
      'all addresses of a host',
      caused(new AggregateError([coded('ETIMEDOUT', 'connect'), coded('ECONNREFUSED')])),
    ],
    ['Bun', coded('ConnectionRefused')],
    [
      'Deno',
      new TypeError('error sending request for url (http://x/): client error (Connect): tcp connect error'),
    ],
  ])('of %s proves that nothing was sent', (_, thrown) => {
    expect(networkError(thrown, facts).sent).toBe('no');
  });

  it.each<[string, unknown]>([
    ['a reset', caused(coded('ECONNRESET', 'read'))],
    ['a host that went away under a write', caused(coded('EHOSTUNREACH', 'write'))],
    ['a browser, which gives no reason', new TypeError('Failed to fetch')],
    ['something that is no error', 'boom'],
    ['nothing', undefined],
  ])('of %s proves nothing', (_, thrown) => {
    expect(networkError(thrown, facts).sent).toBe('unknown');
  });

  it('names the first code in its chain of causes', () => {
    expect(failureCode(new Error('a', { cause: new Error('b', { cause: coded('EPIPE') }) }))).toBe('EPIPE');
    expect(failureCode(new Error('a'))).toBeUndefined();
  });

  it('ends also where a cause is its own cause', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(networkError(loop, facts).sent).toBe('unknown');
  });
});

describe('redirects without end', () => {
  it.each<[string, unknown]>([
    ['Node', caused(new Error('redirect count exceeded'))],
    ['Deno', new TypeError('Fetch failed: Maximum number of redirects (20) reached')],
    ['Bun', coded('TooManyRedirects')],
    ['workerd', new TypeError('Too many redirects.https://a.test/loop, https://a.test/loop')],
  ])('are known by the words of %s', (_, thrown) => {
    expect(fetchFailure(thrown, facts)).toMatchObject({
      name: 'ResponseFormatError',
      message: expect.stringContaining('redirects without end'),
    });
  });
});
