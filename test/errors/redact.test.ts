import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REDACTED, redact, rememberSecret } from '../../src/errors/index.js';

const TOKEN = 'nmv_usr_0123456789abcdef';

describe('redact', () => {
  it.each([
    ['a token', TOKEN, REDACTED],
    ['a token of another kind', 'nmv_svc2_abc-d.e', REDACTED],
    [
      'a claim token in its link',
      'https://nemovideo.com/workspace/claim?ct=clm_abc',
      `https://nemovideo.com/workspace/claim?ct=${REDACTED}`,
    ],
    ['a header', `authorization: Bearer some.jwt-value, next`, `authorization: Bearer ${REDACTED}, next`],
    ['a token behind an escape', `q=%3D${TOKEN}&x=1`, `q=%3D${REDACTED}&x=1`],
    ['a field of JSON', '{"token":"abc","user":"u"}', `{"token":"${REDACTED}","user":"u"}`],
    [
      'a field of JSON that was quoted',
      '"{\\"access_token\\":\\"abc\\"}"',
      `"{\\"access_token\\":\\"${REDACTED}\\"}"`,
    ],
    [
      'a signature of an address',
      'https://cdn.test/v.mp4?X-Amz-Signature=abc&w=1',
      `https://cdn.test/v.mp4?X-Amz-Signature=${REDACTED}&w=1`,
    ],
  ])('takes out %s', (_, text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it.each([
    'The token is invalid or has expired',
    'token: expired',
    'Set NEMO_TOKEN to a registered token',
    'a bearer of news',
    'https://nemovideo.com?bind=user-1',
    '',
  ])('leaves %j alone', (text) => {
    // "Bearer of" is the one ordinary phrase that looks like a header.
    expect(redact(text).replace(`bearer ${REDACTED}`, 'bearer of')).toBe(text);
  });

  it('takes out a token wherever it stands', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(redact(`${before}${TOKEN} ${after}`)).not.toContain(TOKEN);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(TOKEN, 'Bearer abc', '{"token":"x"}', '?sig=abc'),
        fc.string(),
        (secret, more) => {
          const once = redact(secret + more);
          expect(redact(once)).toBe(once);
        },
      ),
    );
  });
});

describe('rememberSecret', () => {
  it('has a secret redacted whatever it looks like, also where it was escaped for an address', () => {
    rememberSecret('pa/ss+wo=rd');
    expect(redact('the service said: pa/ss+wo=rd is unknown')).toBe(
      `the service said: ${REDACTED} is unknown`,
    );
    expect(redact(`?q=${encodeURIComponent('pa/ss+wo=rd')}`)).toBe(`?q=${REDACTED}`);
  });

  it('does not remember what would be found in ordinary words', () => {
    rememberSecret('state');
    expect(redact('the state of the session')).toBe('the state of the session');
  });

  it('remembers the latest ones when there are many', () => {
    for (let count = 0; count < 500; count += 1) rememberSecret(`secret-number-${count}!`);
    expect(redact('secret-number-499!')).toBe(REDACTED);
    expect(redact('secret-number-3!')).toBe('secret-number-3!');
  });
});
