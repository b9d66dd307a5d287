import { describe, expect, it } from 'vitest';
import { issueAnonymousToken } from '../../src/auth/index.js';
import { readMoment } from '../../src/auth/issue.js';
import { ClientIdRequiredError, RateLimitError } from '../../src/errors/index.js';
import { failure, scripted } from '../transport/harness.js';
import { CLIENT, DAY } from './harness.js';

const data = { token: 'nmv_usr_new', user_id: 'u-1', expires_at: '2026-01-08T00:00:00Z', credits: 100 };

describe('issueAnonymousToken', () => {
  it('asks in the name of the client, with attribution and without a token', async () => {
    const { transport, received } = scripted([{ code: 0, data }]);
    expect(await issueAnonymousToken(transport, CLIENT)).toEqual({
      token: 'nmv_usr_new',
      userId: 'u-1',
      expiresAt: Date.UTC(2026, 0, 8),
    });
    const request = received[0]?.request;
    expect(request?.method).toBe('POST');
    expect(request?.url).toBe('https://service.test/api/auth/anonymous-token');
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      accept: 'application/json',
      'x-client-id': CLIENT,
      'x-skill-source': 'test-skill',
      'x-skill-version': '1.2.3',
      'x-skill-platform': 'clawhub',
    });
  });

  it('reads a flat answer, and a user id that is a number', async () => {
    const { transport } = scripted([{ ...data, user_id: 77 }]);
    expect(await issueAnonymousToken(transport, CLIENT)).toMatchObject({
      token: 'nmv_usr_new',
      userId: '77',
    });
  });

  it.each([
    ['names no date', undefined],
    ['names one that cannot be read', 'soon'],
    ['names one that is over, by a wrong clock here or there', '2020-01-01T00:00:00Z'],
  ])('takes the documented 7 days when the service %s', async (_, expires_at) => {
    const { transport, clock } = scripted([{ code: 0, data: { ...data, expires_at } }]);
    expect((await issueAnonymousToken(transport, CLIENT)).expiresAt).toBe(clock.now() + 7 * DAY);
  });

  it('takes a date beyond all dates for the last one', async () => {
    const { transport } = scripted([{ code: 0, data: { ...data, expires_at: 1e300 } }]);
    const { expiresAt } = await issueAnonymousToken(transport, CLIENT);
    expect(new Date(expiresAt).toISOString()).toBe('+275760-09-13T00:00:00.000Z');
  });

  it.each([
    ['429', 429, RateLimitError],
    ['400', 400, ClientIdRequiredError],
  ])('fails with its own class for %s, at once', async (_, code, error) => {
    const { transport, received } = scripted([() => Response.json({ code }, { status: code })]);
    expect(await failure(issueAnonymousToken(transport, CLIENT))).toBeInstanceOf(error);
    expect(received).toHaveLength(1);
  });

  it('is repeated when the network fails: the same client is given one token at most', async () => {
    const { transport, clock, received } = scripted([
      () => new Response('', { status: 502 }),
      { code: 0, data },
    ]);
    await clock.run(issueAnonymousToken(transport, CLIENT));
    expect(received).toHaveLength(2);
  });
});

describe('readMoment', () => {
  const moment = Date.UTC(2026, 0, 8, 12, 30);

  it.each([
    ['2026-01-08T12:30:00Z'],
    ['2026-01-08T12:30:00.000Z'],
    ['2026-01-08T13:30:00+01:00'],
    // A service in the cloud means UTC when it names no zone; `Date.parse` would mean the zone of the person.
    ['2026-01-08T12:30:00'],
    ['2026-01-08 12:30:00'],
    [moment / 1000],
    [moment],
    [String(moment / 1000)],
  ])('reads %j', (value) => {
    expect(readMoment(value)).toBe(moment);
  });

  it.each([null, undefined, '', 'soon'])('reads nothing in %j', (value) => {
    expect(readMoment(value)).toBeUndefined();
  });
});
