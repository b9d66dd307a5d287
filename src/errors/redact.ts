/** What stands where a credential stood. */
export const REDACTED = '[redacted]';

/** Anything that looks like a credential, whatever it stands in. `$1` is kept. */
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
const MOST_SECRETS = 64;

const remembered = new Set<string>();

/** From now on `secret` is redacted in this process, whatever it looks like. */
export function rememberSecret(secret: string): void {
  if (secret.length < SHORTEST_SECRET || remembered.has(secret)) return;
  remembered.add(secret);
  remembered.add(encodeURIComponent(secret));
  for (const oldest of remembered) {
    if (remembered.size <= MOST_SECRETS) break;
    remembered.delete(oldest);
  }
}

/** Replaces everything in `text` that is a remembered secret or looks like a credential. */
export function redact(text: string): string {
  let clean = text;
  for (const secret of remembered) {
    if (clean.includes(secret)) clean = clean.replaceAll(secret, REDACTED);
  }
  for (const pattern of CREDENTIALS) clean = clean.replace(pattern, `$1${REDACTED}`);
  return clean;
}

/** The beginning of a text, of at most `most` characters. Redacted before it is cut: half a credential looks like none. */
export function excerpt(text: string, most: number): string {
  const clean = redact(text);
  return clean.length > most ? `${clean.slice(0, most)}…` : clean;
}
