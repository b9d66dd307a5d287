import type { StoredCredential } from './credentials.js';

/** The entries of `credentials.json`, by `credentialName`. */
export type CredentialEntries = Readonly<Record<string, StoredCredential>>;

/** An entry is forgotten this long after its token expired, in ms: every local backend has an origin of its own. */
const FORGOTTEN_AFTER_MS = 30 * 24 * 3_600_000;

/** Writes the file's text. */
export function formatCredentialFile(entries: CredentialEntries, nowMs: number): string {
  const credentials = Object.fromEntries(
    Object.entries(entries).filter(([, { expiresAt }]) => expiresAt + FORGOTTEN_AFTER_MS > nowMs),
  );
  return `${JSON.stringify({ version: 1, credentials }, undefined, 2)}\n`;
}

/**
 * Reads the file's text: the entries that have the right form. Throws when the whole has not.
 * @param path for the message.
 */
export function parseCredentialFile(text: string, path: string): CredentialEntries {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    // The parser's own message quotes what it read, and that may be a token.
    throw new Error(`${path} is not JSON`);
  }
  const entries: unknown =
    typeof file === 'object' && file !== null && 'credentials' in file ? file.credentials : null;
  if (typeof entries !== 'object' || entries === null) throw new Error(`${path} does not hold credentials`);
  const credentials: Record<string, StoredCredential> = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (isCredential(entry)) credentials[name] = entry;
  }
  return credentials;
}

function isCredential(value: unknown): value is StoredCredential {
  if (typeof value !== 'object' || value === null) return false;
  const { token, userId, expiresAt }: Partial<Record<keyof StoredCredential, unknown>> = value;
  return (
    typeof token === 'string' &&
    typeof expiresAt === 'number' &&
    (userId === undefined || typeof userId === 'string')
  );
}
