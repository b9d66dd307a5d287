import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, REDACTED, redact, rememberSecret } from '../../src/errors/index.js';

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

  it('takes out a token anywhere in a text', () => {
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

  it('has it redacted in base64 and in hexadecimal too, wherever it is in them', () => {
    const secret = 'nmv_usr_base64>>>???canary';
    rememberSecret(secret);
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom('base64', 'base64url', 'hex'),
        (before, after, form) => {
          const shown = redact(Buffer.from(before + secret + after).toString(form));
          expect(shown).toContain(REDACTED);
          // What is left at the ends has no more than a byte of it.
          const left = shown.split(REDACTED).map((part) => Buffer.from(part, form).toString());
          for (const part of left) expect(part).not.toMatch(/nmv_u|canary|base64/);
        },
      ),
    );
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

describe('printable', () => {
  it.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['a title', '\u001b]0;owned\u0007text', 'text'],
    ['a link', '\u001b]8;;https://x.test\u001b\\here\u001b]8;;\u001b\\', 'here'],
    ['a string without an end', '\u001b]0;text', '0;text'],
    ['the second set', '\u009b2J\u009d0;x\u009ctext\u0085', 'text'],
    ['other control characters', 'a\u0000b\u0008c\u007f', 'abc'],
    ['direction', '\u202Egpj.exe\u2066\u200f', 'gpj.exe'],
    ['line ends', 'a\r\nb\rc\td', 'a\nb\nc\td'],
    ['ordinary text', '视频 \u{1f469}\u200d\u{1f4bb} [1m] é', '视频 \u{1f469}\u200d\u{1f4bb} [1m] é'],
  ])('leaves no %s', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('leaves nothing that a terminal acts on', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        '\u001b',
        '[',
        ']',
        '1',
        'm',
        '\u0007',
        '\u009b',
        '\u009c',
        '\r',
        '\n',
        '\u202a',
        'x',
        '\\',
      ),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(/(?![\t\n])\p{Cc}|\p{Bidi_Control}/u);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });
});
