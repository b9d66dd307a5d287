/** What takes the place of a credential. */
export const REDACTED = '[redacted]';

/** Anything that looks like a credential, whatever it is in. `$1` is kept. */
const CREDENTIALS: readonly RegExp[] = [
  // The service's tokens, also in the middle of a word: in an address they follow an escape like `%3D`.
  /()(?:nmv_[a-z0-9]+_|clm_)[\w\-.]+/gi,
  /\b(Bearer\s+)[^\s"',;}]+/gi,
  // A field of JSON, also of JSON that was quoted once more.
  /(\\?"(?:[a-z_-]*token|authorization|api_?key|secret|password)\\?"\s*:\s*\\?")[^"\\]+/gi,
  // A parameter of an address: with a signature, the address itself is a credential.
  /([?&](?:[a-z_-]*token|[a-z-]*signature|[a-z-]*credential|sig|key)=)[^&\s"'#]+/gi,
];

/** Shorter ones would be found in ordinary words. */
const SHORTEST_SECRET = 8;
/** A process has a token or two; one that changes them often must not remember them all. */
const MOST_SECRETS = 32;

/** Every remembered secret, with all forms in which it may come back. */
const remembered = new Map<string, readonly string[]>();

/** From now on `secret` is redacted in this process, whatever it looks like, also escaped or in base64. */
export function rememberSecret(secret: string): void {
  if (secret.length < SHORTEST_SECRET || remembered.has(secret)) return;
  const encoded = base64Forms(secret);
  const urlSafe = encoded.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  const escaped = JSON.stringify(secret).slice(1, -1);
  remembered.set(secret, [
    ...new Set([secret, encodeURIComponent(secret), escaped, hexOf(secret), ...encoded, ...urlSafe]),
  ]);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MOST_SECRETS) break;
    remembered.delete(oldest);
  }
}

/**
 * What base64 makes of a text wherever it is within a longer one: three forms, by the number of bytes before it. The
 * characters at either end that also depend on its neighbours are left out.
 */
function base64Forms(text: string): string[] {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return [0, 1, 2].map((before) => {
    const encoded = btoa('\0'.repeat(before) + bytes).replace(/=+$/, '');
    const end = (before + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1;
    return encoded.slice(before === 0 ? 0 : before + 1, end);
  });
}

function hexOf(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Replaces everything in `text` that is a remembered secret or looks like a credential. */
export function redact(text: string): string {
  let clean = text;
  for (const forms of remembered.values()) {
    for (const form of forms) {
      if (clean.includes(form)) clean = clean.replaceAll(form, REDACTED);
    }
  }
  for (const pattern of CREDENTIALS) clean = clean.replace(pattern, `$1${REDACTED}`);
  return clean;
}

/** The beginning of a text, of at most `most` characters. Redacted before it is cut: half a credential looks like none. */
export function excerpt(text: string, most: number): string {
  const clean = redact(text);
  return clean.length > most ? `${clean.slice(0, most)}…` : clean;
}

/** A control character of either set except tab and line feed, or one that turns the direction of text around. */
const UNPRINTABLE = /[^\P{Cc}\t\n]|\p{Bidi_Control}/u;

/** All that a terminal would act on instead of showing it: escape sequences whole (ECMA-48), and single characters. */
const SEQUENCES = /* @__PURE__ */ (() => {
  const [esc, bel, csi, st] = [0x1b, 0x07, 0x9b, 0x9c].map((code) => String.fromCharCode(code));
  return new RegExp(
    [
      `(?:${esc}\\[|${csi})[0-?]*[ -/]*[@-~]`,
      `(?:${esc}[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^${bel}${esc}${st}]*(?:${bel}|${st}|${esc}\\\\)`,
      `${esc}[ -/]*[0-~]`,
      UNPRINTABLE.source,
    ].join('|'),
    'gu',
  );
})();

/** A text of the service as it may be shown on a terminal: without escape sequences, control and bidi characters. */
export function printable(text: string): string {
  return UNPRINTABLE.test(text) ? text.replace(/\r\n?/g, '\n').replace(SEQUENCES, '') : text;
}
