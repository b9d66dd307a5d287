import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { env } from 'node:process';
import {
  type CredentialKey,
  type CredentialStore,
  credentialName,
  memoryCredentials,
  type StoredCredential,
} from './credentials.js';
import { codeOf, withFileLock } from './node-lock.js';

/** Where the file is. */
export interface CredentialFileOptions {
  /** The folder. Default `$XDG_CONFIG_HOME/nemovideo`, else `~/.config/nemovideo`. */
  readonly directory?: string | undefined;
}

/** What `credentials.json` holds. */
interface CredentialFile {
  readonly version: 1;
  readonly credentials: Readonly<Record<string, StoredCredential>>;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Keeps anonymous identities in a folder of the person: `client_id`, which the vendor's own tools share, and
 * `credentials.json`, readable by the person only. What cannot be written is kept in memory, and the failure is
 * thrown all the same, so that it can be told.
 */
export function fileCredentials(options: CredentialFileOptions = {}): CredentialStore {
  return new FileCredentials(options.directory ?? defaultDirectory());
}

function defaultDirectory(): string {
  const base = env.XDG_CONFIG_HOME;
  // The XDG specification: a path that is not absolute is to be ignored.
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), '.config'), 'nemovideo');
}

/** What could not be written, by folder: in a read-only home all clients of the process share one identity. */
const unwritten = new Map<string, CredentialStore>();

class FileCredentials implements CredentialStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async clientId(): Promise<string | undefined> {
    const inMemory = await unwritten.get(this.#directory)?.clientId();
    if (inMemory !== undefined) return inMemory;
    const text = (await this.#readFile('client_id'))?.trim();
    if (text === undefined || UUID.test(text)) return text;
    throw new Error(`${this.#path('client_id')} does not hold a UUID`);
  }

  async setClientId(clientId: string): Promise<void> {
    await this.#orRemember(
      () => this.#writeFile('client_id', `${clientId}\n`),
      (memory) => memory.setClientId(clientId),
    );
  }

  async get(key: CredentialKey): Promise<StoredCredential | undefined> {
    const inMemory = await unwritten.get(this.#directory)?.get(key);
    return inMemory ?? (await this.#readAll())[credentialName(key)];
  }

  async set(key: CredentialKey, credential: StoredCredential): Promise<void> {
    await this.#orRemember(
      () =>
        withFileLock(this.#path('credentials.json.lock'), async () => {
          // What cannot be read is lost already; what is written now must not be.
          const credentials = await this.#readAll().catch(() => ({}));
          const file: CredentialFile = {
            version: 1,
            credentials: { ...credentials, [credentialName(key)]: credential },
          };
          await this.#writeFile('credentials.json', `${JSON.stringify(file, undefined, 2)}\n`);
        }),
      (memory) => memory.set(key, credential),
    );
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

  async #orRemember(
    write: () => Promise<void>,
    remember: (memory: CredentialStore) => Promise<void>,
  ): Promise<void> {
    try {
      await this.#makeDirectory();
      await write();
    } catch (error) {
      const memory = unwritten.get(this.#directory) ?? memoryCredentials();
      unwritten.set(this.#directory, memory);
      await remember(memory);
      throw error;
    }
  }

  async #readAll(): Promise<Readonly<Record<string, StoredCredential>>> {
    const text = await this.#readFile('credentials.json');
    return text === undefined ? {} : parseFile(text, this.#path('credentials.json'));
  }

  async #readFile(name: string): Promise<string | undefined> {
    try {
      return await readFile(this.#path(name), 'utf8');
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw error;
    }
  }

  /** Whoever reads at the same time, or after a kill, sees the whole old file or the whole new one. */
  async #writeFile(name: string, text: string): Promise<void> {
    const part = this.#path(`${name}.${process.pid}.${crypto.randomUUID()}.part`);
    try {
      await writeFile(part, text, { flag: 'wx', mode: 0o600, flush: true });
      await rename(part, this.#path(name));
    } catch (error) {
      await unlink(part).catch(() => {});
      throw error;
    }
  }
}

/** The entries of the file that have the right form. */
function parseFile(text: string, path: string): Readonly<Record<string, StoredCredential>> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    // The parser's message quotes what it read, and that may be a token.
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
