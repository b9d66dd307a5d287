/** Anything that looks like a credential of the service, whatever it stands in. */
const CREDENTIAL = /\b(?:nmv_[A-Za-z]+_|clm_)[A-Za-z0-9_\-.]+|\bBearer\s+[^\s"',;}]+/gi;

/** What stands where a credential stood. */
export const REDACTED = '[redacted]';

/**
 * Replaces everything in `text` that looks like a credential, and every string in `secrets` whatever it looks like.
 */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret !== '') clean = clean.replaceAll(secret, REDACTED);
  }
  return clean.replace(CREDENTIAL, (match) => (/^bearer/i.test(match) ? `Bearer ${REDACTED}` : REDACTED));
}
