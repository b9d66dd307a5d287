import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { env } from 'node:process';
import {
  type CredentialKey,
  type CredentialStore,
  credentialName,
  isCredential,
  memoryCredentials,
  type StoredCredential,
} from './credentials.js';
import { codeOf } from './files.js';
import { withFileLock } from './node-lock.js';

/** Where the files are. */
export interface CredentialFileOptions {
  /** The folder. Default `$XDG_CONFIG_HOME/nemovideo`, else `~/.config/nemovideo`. */
  readonly directory?: string | undefined;
}

const CLIENT_ID = 'client_id';
const CREDENTIALS = 'credentials.json';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Why a file that is whole may not be readable for a moment: too many open files, no memory, a disk that is away. */
const PASSING: ReadonlySet<unknown> = new Set([
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EAGAIN',
  'EIO',
  'ESTALE',
  'ETIMEDOUT',
]);

const EMPTY: CredentialFile = { entries: {}, damaged: new Set() };

/** What a process that was killed left behind is removed after this time, in ms. */
const LEFTOVER_MS = 3_600_000;

/**
 * Keeps anonymous identities in a folder of the user: `client_id`, which the vendor's own tools share, and
 * `credentials.json`, readable by the user only. What cannot be written is kept in memory, and the failure is thrown
 * all the same, so that it can be reported. Without a home folder everything is kept in memory, in the same way.
 */
export function fileCredentials(options: CredentialFileOptions = {}): CredentialStore {
  const directory = options.directory ?? defaultDirectory();
  return directory === undefined ? homeless : new FileCredentials(directory);
}

function defaultDirectory(): string | undefined {
  const base = env.XDG_CONFIG_HOME;
  // The XDG specification: a path that is not absolute is to be ignored.
  if (base !== undefined && isAbsolute(base)) return join(base, 'nemovideo');
  try {
    const home = homedir();
    // With an empty HOME, a token would be written to the working folder, which may be a repository.
    return isAbsolute(home) ? join(home, '.config', 'nemovideo') : undefined;
  } catch {
    // A user that the system does not know, as in some containers.
    return undefined;
  }
}

const memory = memoryCredentials();

async function keptInMemory(kept: Promise<void>): Promise<void> {
  await kept;
  throw new Error('there is no home folder (HOME is empty or not absolute): identities are kept in memory');
}

/** One for all clients of the process. */
const homeless: CredentialStore = {
  ...memory,
  setClientId: (clientId) => keptInMemory(memory.setClientId(clientId)),
  set: (key, credential) => keptInMemory(memory.set(key, credential)),
};

/** What could not be written to a folder. */
interface Unwritten {
  clientId: string | undefined;
  readonly credentials: Map<string, StoredCredential>;
}

/** By folder: in a read-only home, all clients of the process share one identity. */
const unwrittenIn = new Map<string, Unwritten>();

class FileCredentials implements CredentialStore {
  readonly #directory: string;
  readonly #unwritten: Unwritten;

  constructor(directory: string) {
    this.#directory = directory;
    this.#unwritten = unwrittenIn.get(directory) ?? { clientId: undefined, credentials: new Map() };
    unwrittenIn.set(directory, this.#unwritten);
  }

  async clientId(): Promise<string | undefined> {
    if (this.#unwritten.clientId !== undefined) return this.#unwritten.clientId;
    const text = (await this.#read(CLIENT_ID))?.trim();
    if (text === undefined || UUID.test(text)) return text;
    throw new Error(`${this.#path(CLIENT_ID)} does not hold a UUID`);
  }

  async setClientId(clientId: string): Promise<void> {
    this.#unwritten.clientId = clientId;
    // Without a line end: whether the vendor's tools take one off is not known.
    await this.#write(CLIENT_ID, async () => clientId);
    this.#unwritten.clientId = undefined;
  }

  async get(key: CredentialKey): Promise<StoredCredential | undefined> {
    const name = credentialName(key);
    const unwritten = this.#unwritten.credentials.get(name);
    if (unwritten !== undefined) return unwritten;
    const { entries, damaged } = await this.#file();
    if (damaged.has(name))
      throw new Error(`${this.#path(CREDENTIALS)} holds something else in place of a token`);
    return entries[name];
  }

  async set(key: CredentialKey, credential: StoredCredential): Promise<void> {
    const name = credentialName(key);
    this.#unwritten.credentials.set(name, credential);
    await this.#write(CREDENTIALS, async () => {
      const { entries } = await this.#file().catch((error: unknown) => this.#setAside(error));
      return formatCredentialFile({ ...entries, [name]: credential }, Date.now());
    });
    this.#unwritten.credentials.delete(name);
  }

  async exclusive<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#makeDirectory();
    return withFileLock(this.#path('acquire.lock'), work, signal);
  }

  #path(name: string): string {
    return join(this.#directory, name);
  }

  async #makeDirectory(): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
  }

  async #file(): Promise<CredentialFile> {
    const text = await this.#read(CREDENTIALS);
    return text === undefined ? EMPTY : parseCredentialFile(text, this.#path(CREDENTIALS));
  }

  /** Puts a file that cannot be read out of the way of a new one; not for trouble that passes, which harmed nothing. */
  async #setAside(error: unknown): Promise<CredentialFile> {
    if (PASSING.has(codeOf(error))) throw error;
    const path = this.#path(CREDENTIALS);
    await rename(path, asideOf(path));
    return EMPTY;
  }

  async #read(name: string): Promise<string | undefined> {
    const path = this.#path(name);
    try {
      // A pipe would never be read to its end.
      if (!(await stat(path)).isFile()) throw new Error(`${path} is not a file: remove it`);
      return await readFile(path, 'utf8');
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw error;
    }
  }

  /** A process that reads at the same time, or after a kill, sees the whole old file or the whole new one. */
  async #write(name: string, text: () => Promise<string>): Promise<void> {
    await this.#makeDirectory();
    await withFileLock(this.#path('write.lock'), async () => {
      const part = this.#path(`${name}.${crypto.randomUUID()}.part`);
      try {
        await writeFile(part, await text(), { flag: 'wx', mode: 0o600, flush: true });
        await rename(part, this.#path(name));
      } catch (error) {
        await unlink(part).catch(() => {});
        throw error;
      }
      await this.#removeLeftovers();
    });
  }

  async #removeLeftovers(): Promise<void> {
    for (const name of await readdir(this.#directory)) {
      if (!/\.part$|\.lock\.[\w-]+$/.test(name)) continue;
      const path = this.#path(name);
      const seen = await stat(path).catch(() => undefined);
      if (seen !== undefined && Date.now() - seen.mtimeMs > LEFTOVER_MS) await unlink(path).catch(() => {});
    }
  }
}

/** The entries of `credentials.json`, by `credentialName`. */
type CredentialEntries = Readonly<Record<string, StoredCredential>>;

/** An entry is forgotten this long after its token expired, in ms: every local backend has another origin. */
const FORGOTTEN_AFTER_MS = 30 * 24 * 3_600_000;

/** Writes the file's text. */
function formatCredentialFile(entries: CredentialEntries, nowMs: number): string {
  const credentials = Object.fromEntries(
    Object.entries(entries).filter(([, { expiresAt }]) => expiresAt + FORGOTTEN_AFTER_MS > nowMs),
  );
  return `${JSON.stringify({ version: 1, credentials }, undefined, 2)}\n`;
}

/** What the file of credentials holds. */
export interface CredentialFile {
  readonly entries: CredentialEntries;
  /** The names of the invalid entries: without a token, or with one that cannot be sent. */
  readonly damaged: ReadonlySet<string>;
}

/** Where a file that cannot be read is put when a new one takes its place: somebody may be able to read it. */
const asideOf = (path: string): string => `${path}.old`;

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
