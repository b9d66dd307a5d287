import { isCredential, type StoredCredential } from './credentials.js';

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

/** What the file of credentials holds. */
export interface CredentialFile {
  readonly entries: CredentialEntries;
  /** The names of the entries that are none: without a token, or with one that cannot be sent. */
  readonly damaged: ReadonlySet<string>;
}

/** Where a file that cannot be read is put when a new one takes its place: somebody may be able to read it. */
export const asideOf = (path: string): string => `${path}.old`;

/**
 * Reads the file's text. Throws when the whole has not the right form, or one of another version, of which nothing is
 * known.
 * @param path for the message.
 */
export function parseCredentialFile(text: string, path: string): CredentialFile {
  const fail = (why: string): never => {
    throw new Error(`${path} ${why}; it will be kept as ${asideOf(path)} when a new one is written`);
  };
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    // The parser's own message quotes what it read, and that may be a token.
    return fail('is not JSON');
  }
  if (typeof file !== 'object' || file === null) return fail('does not hold credentials');
  const { version, credentials }: { version?: unknown; credentials?: unknown } = file;
  if (version !== undefined && version !== 1) return fail('is of another version');
  if (typeof credentials !== 'object' || credentials === null) return fail('does not hold credentials');
  const entries: Record<string, StoredCredential> = {};
  const damaged = new Set<string>();
  for (const [name, entry] of Object.entries(credentials)) {
    if (isCredential(entry)) entries[name] = entry;
    else damaged.add(name);
  }
  return { entries, damaged };
}
