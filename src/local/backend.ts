import { checkFields, type Fields, OptionError } from '../errors/index.js';
import { ANSWERS_AS } from '../wire/endpoints.js';
import type { BackendAgent } from './agent/index.js';
import { BackendCore } from './core.js';
import type { Faults } from './faults/faults.js';
import { originRule, SCOPE_HEADER } from './http/cors.js';
import { type Handle, inProcessFetch } from './http/in-process.js';
import { type Listener, listen } from './http/server.js';
import type { ChargeRecord, RequestRecord } from './journal.js';
import type { ResolvedLocalOptions } from './options.js';
import type { BackendParts } from './parts.js';

/** Where requests go while the backend does not listen: reserved, so that it can never be somebody's server. */
const IN_PROCESS_URL = 'https://local.nemovideo.test';

/** Options of {@link LocalBackend.listen}. */
export interface ListenOptions {
  /** The port to listen on. Default 0: a free one. */
  port?: number | undefined;
  /** The address to listen on. Default '127.0.0.1': reachable from this machine only. */
  host?: string | undefined;
}

const TOKEN_FIELDS: Fields<{ credits?: number | undefined }> = { credits: 'any' };

const LISTEN_FIELDS: Fields<ListenOptions> = { port: 'any', host: 'string' };

/** An embedded NemoVideo service: the whole wire, its agent and its renderer, in this process. */
export interface LocalBackend extends AsyncDisposable {
  /** Answers requests in this process, whatever their origin, without a socket. Pass it as the client's `fetch`. */
  readonly fetch: typeof fetch;
  /**
   * The address for the client's `baseUrl`, without a slash at the end: that of the socket when it listens, else one
   * that exists only for `fetch` (credentials are stored by origin, so local ones never reach the real service).
   */
  readonly url: string;
  /** Every request received, in order of arrival, with credentials redacted. */
  readonly requests: readonly RequestRecord[];
  /** Every charge, for proving that there is only one. */
  readonly charges: readonly ChargeRecord[];
  /** What should go wrong. */
  readonly faults: Faults;
  /** What the agent answers: scripted replies, and the commands that it understands without one. */
  readonly agent: BackendAgent;
  /**
   * Listens on a socket, for browsers and other processes. Resolves to `url`.
   * @throws OptionError when it is already listening, when the port is in use, or when the host is not one of this machine.
   */
  listen(options?: ListenOptions): Promise<string>;
  /**
   * A token of a registered user, for `NEMO_TOKEN` and `token`. Default 1000 credits.
   * @throws OptionError when `credits` is not a whole number from 0.
   */
  issueToken(options?: { credits?: number | undefined }): string;
  /** Makes a token invalid (1001 from now on); without an argument, all of them. */
  invalidateToken(token?: string): void;
  /** Ends everything under way, closes the socket, removes temporary files. May be called again. */
  close(): Promise<void>;
}

/** More backends side by side than any run of tests needs. */
const MOST_SCOPES = 1000;

/** The backends of one socket: the usual one, and one for each value of the header that keeps tests apart. */
class Scopes {
  readonly #usual: BackendCore;
  readonly #make: () => BackendCore;
  readonly #named = new Map<string, BackendCore>();

  constructor(usual: BackendCore, make: () => BackendCore) {
    this.#usual = usual;
    this.#make = make;
  }

  /** The backend that a request is for. The addresses of files are public: they carry no header. */
  of(request: Request): BackendCore {
    const name = request.headers.get(SCOPE_HEADER);
    const { pathname } = new URL(request.url);
    if (name === null) {
      if (!/^\/(?:media|outputs)\//.test(pathname)) return this.#usual;
      return [...this.#named.values()].find((core) => core.serves(pathname)) ?? this.#usual;
    }
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    const made = this.#make();
    this.#named.set(name, made);
    const [oldest] = this.#named;
    if (this.#named.size > MOST_SCOPES && oldest !== undefined) {
      this.#named.delete(oldest[0]);
      void oldest[1].close();
    }
    return made;
  }

  async close(): Promise<void> {
    await Promise.all([this.#usual, ...this.#named.values()].map((core) => core.close()));
  }
}

/** Puts a backend together from its parts. */
export function assembleBackend(resolved: ResolvedLocalOptions, parts: BackendParts): LocalBackend {
  const core = new BackendCore(resolved, parts);
  const scopes = new Scopes(core, () => new BackendCore(resolved, parts));
  const handle: Handle = (request, peer) => scopes.of(request).handle(request, peer);
  let listener: Promise<Listener> | undefined;
  let url = IN_PROCESS_URL;
  const close = async (): Promise<void> => {
    await scopes.close();
    await (await listener?.catch(() => undefined))?.close();
  };
  return {
    fetch: Object.assign(inProcessFetch(handle), { [ANSWERS_AS]: IN_PROCESS_URL }),
    get url() {
      return url;
    },
    requests: core.journal.requests,
    charges: core.journal.charges,
    faults: core.faults,
    agent: core.agent,
    async listen(options = {}) {
      checkFields(options, LISTEN_FIELDS);
      const { port = 0, host = '127.0.0.1' } = options;
      if (listener !== undefined) throw new OptionError({ field: 'listen', accepted: 'called once' });
      if (!(Number.isInteger(port) && port >= 0 && port <= 65_535))
        throw new OptionError({ field: 'port', accepted: 'a whole number from 0 to 65535' });
      listener = listen(handle, port, host, originRule(resolved.allowOrigin));
      try {
        url = (await listener).url;
      } catch (error) {
        listener = undefined;
        throw error;
      }
      return url;
    },
    issueToken(options = {}) {
      checkFields(options, TOKEN_FIELDS);
      const { credits = 1000 } = options;
      if (!Number.isSafeInteger(credits) || credits < 0)
        throw new OptionError({ field: 'credits', accepted: 'a whole number from 0' });
      return core.accounts.registered(credits);
    },
    invalidateToken: (token) => core.accounts.invalidate(token),
    close,
    [Symbol.asyncDispose]: close,
  };
}
