import { isAbortError, isNemoVideoError, OptionError, SessionNotFoundError } from '../errors/index.js';
import { untilAborted } from '../platform/until-aborted.js';
import { contextOf, isMediaList, type MediaInput, Session } from '../session/index.js';
import { answer } from './answer.js';
import { apologize } from './apologize.js';
import type { Catalogue } from './catalogue/index.js';
import { checkAssistantOptions, checkSayOptions } from './check-options.js';
import { catalogueFor, languageOf } from './language.js';
import { type AssistantSnapshot, type MemoryChange, NOTHING_YET, readAssistantSnapshot } from './memory.js';
import type { AssistantOptions, Connect, SayOptions } from './options.js';
import { outbox } from './outbox.js';
import type { AssistantReply } from './reply.js';

/** What an error calls the function that connects. */
const CONNECT = 'connect';

/**
 * The service's chat skill as a program: what a person says goes in, what they should read comes out. It connects,
 * uploads, routes (`explainIntent`), carries out what the backend asks of a screen, puts silent edits into words,
 * exports by itself and at most once per message, and explains failures with a next step.
 *
 * @example
 * ```ts
 * const assistant = new Assistant(await nemo.sessions.create(), { downloads: 'videos' });
 * for await (const reply of assistant.say('Make a 10-second video about the sea, then export it')) console.log(reply.text);
 * ```
 */
export class Assistant {
  readonly #source: Session | Connect;
  readonly #options: AssistantOptions;
  #session: Session | undefined;
  #memory: AssistantSnapshot;
  /** What the person said and what their files are called: what of it an answer may repeat. */
  #own = '';
  #last: Promise<void> = Promise.resolve();
  #busy = 0;

  /**
   * @param source a session, or a function that opens one when the first message arrives
   * @throws OptionError for a source that is neither, or an option that cannot be used.
   */
  constructor(source: Session | Connect, options: AssistantOptions = {}) {
    if (!(source instanceof Session) && typeof source !== 'function') {
      throw new OptionError({ field: 'session', accepted: 'a Session, or a function that opens one' });
    }
    checkAssistantOptions(options);
    this.#source = source;
    this.#options = options;
    this.#memory = options.snapshot === undefined ? NOTHING_YET : readAssistantSnapshot(options.snapshot);
    if (source instanceof Session) this.#adopt(source);
  }

  /** The session, once there is one. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** What is remembered: plain JSON without a token, for the `snapshot` option of the next process. */
  toJSON(): AssistantSnapshot {
    return this.#memory;
  }

  /**
   * Says something to the assistant; nothing happens until the replies are iterated. A message that comes while another
   * is under way waits for its turn. Leaving the loop stops the work.
   *
   * Failures of the service are replies (`error`), and so is an abort by `signal` (`status`). The only errors thrown are
   * those of your own `onChange`, `downloads` and connecting functions.
   * @throws OptionError for a message that is not a string, or files that cannot be uploaded.
   */
  say(message: string, options: SayOptions = {}): AsyncIterableIterator<AssistantReply> {
    if (typeof message !== 'string') throw new OptionError({ field: 'message', accepted: 'a text' });
    checkSayOptions(options);
    return outbox<AssistantReply>(
      (tell, signal) => this.#inTurn(message.trim(), options, tell, signal),
      options.signal,
    );
  }

  /** One message after the other, in the order in which their loops began. */
  async #inTurn(
    message: string,
    options: SayOptions,
    tell: (reply: AssistantReply) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const before = this.#last;
    let leave = (): void => {};
    const mine = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.#last = before.then(() => mine);
    const language = this.#languageFor(message);
    const words = catalogueFor(language, this.#options.catalogues);
    if (this.#busy > 0) tell({ type: 'status', text: words.queued });
    this.#busy += 1;
    try {
      await untilAborted(before, signal);
      await this.#attend(message, options, { tell, signal, language, words });
    } catch (error) {
      if (signal.aborted && isAborting(error, signal)) {
        tell({ type: 'status', text: words.stopped });
      } else if (isNemoVideoError(error) && !isOfHost(error)) {
        if (error instanceof SessionNotFoundError) await this.#forgetProject();
        tell(apologize(error, words));
      } else throw error;
    } finally {
      this.#busy -= 1;
      leave();
    }
  }

  async #attend(
    message: string,
    { files }: SayOptions,
    said: {
      readonly tell: (reply: AssistantReply) => void;
      readonly signal: AbortSignal;
      readonly language: string;
      readonly words: Catalogue;
    },
  ): Promise<void> {
    const { tell, signal, language, words } = said;
    const given = listOf(files);
    if (message === '' && given.length === 0) return tell({ type: 'text', text: words.askForMessage });
    const session = this.#session ?? (await this.#connect(said));
    this.#own += `\n${message}\n${given.map(nameOf).join('\n')}`;
    if (language !== this.#memory.language) await this.#remember({ language });
    const turn = {
      session,
      context: contextOf(session),
      words,
      language,
      signal,
      own: this.#own,
      tell,
      memory: () => this.#memory,
      remember: (change: MemoryChange) => this.#remember(change),
    };
    const { rules, downloads } = this.#options;
    await answer(turn, { message, files: given }, { rules, downloads });
  }

  async #connect(said: {
    readonly tell: (reply: AssistantReply) => void;
    readonly signal: AbortSignal;
    readonly language: string;
    readonly words: Catalogue;
  }): Promise<Session> {
    const { session: known } = this.#memory;
    const source = this.#source;
    if (source instanceof Session) return source;
    const { language, signal, words } = said;
    said.tell({ type: 'status', text: known === undefined ? words.connecting : words.reconnecting });
    const session = await source({ language, signal, ...(known === undefined ? {} : { session: known }) });
    if (!(session instanceof Session))
      throw new OptionError({ field: CONNECT, accepted: 'what gives a Session' });
    this.#adopt(session);
    await this.#remember({});
    return session;
  }

  #adopt(session: Session): void {
    this.#session = session;
    const { session: known, ...memory } = this.#memory;
    // What is remembered of another project says nothing about this one.
    const isSame = known === undefined || known.sessionId === session.id;
    const { run: _run, renderId: _renderId, ...lasting } = memory;
    this.#memory = { ...(isSame ? memory : lasting), session: session.toJSON() };
  }

  /** The project is gone: the next message opens a new one, where the assistant can. */
  async #forgetProject(): Promise<void> {
    if (!(this.#source instanceof Session)) this.#session = undefined;
    await this.#remember({ session: undefined, run: undefined, renderId: undefined });
  }

  async #remember(change: MemoryChange): Promise<void> {
    const next = { ...this.#memory, ...change };
    const { session, run, renderId, language, ...rest } = next;
    this.#memory = {
      ...rest,
      ...(session === undefined ? {} : { session }),
      ...(language === undefined ? {} : { language }),
      ...(run === undefined ? {} : { run }),
      ...(renderId === undefined ? {} : { renderId }),
    };
    await this.#options.onChange?.(this.#memory);
  }

  #languageFor(message: string): string {
    const client = this.#session === undefined ? undefined : contextOf(this.#session).language;
    return this.#options.language ?? languageOf(message) ?? this.#memory.language ?? client ?? 'en';
  }
}

function listOf(files: SayOptions['files']): readonly MediaInput[] {
  if (files === undefined) return [];
  return isMediaList(files) ? files : [files];
}

function nameOf(input: MediaInput): string {
  if (typeof input === 'string') return input;
  if (input instanceof URL) return input.href;
  return 'name' in input && typeof input.name === 'string' ? input.name : '';
}

/** A mistake of the host's program, which is nothing to tell a person of. */
function isOfHost(error: unknown): boolean {
  return error instanceof OptionError && error.field === CONNECT;
}

function isAborting(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || isAbortError(error);
}
