import { isAbortError, isNemoVideoError, OptionError, SessionNotFoundError } from '../errors/index.js';
import { untilAborted } from '../platform/abort.js';
import { isMediaList, type MediaInput, Session } from '../session/index.js';
import { apologize } from './apologize.js';
import {
  type AssistantOptions,
  type Connect,
  checkAssistantOptions,
  checkSayOptions,
  type SayOptions,
} from './assistant-options.js';
import { type Catalogue, catalogueFor, languageOf } from './catalogue.js';
import { courtesyOf } from './free-answers.js';
import { carryOut } from './message.js';
import { outbox } from './outbox.js';
import { type AssistantReply, shownReply } from './reply.js';
import { type AssistantSnapshot, type MemoryChange, NOTHING_YET, readAssistantSnapshot } from './turn.js';

/** The field of an `OptionError` about the function that connects. */
const CONNECT = 'connect';

/** What an answer to one message needs before there is a session. */
interface Said {
  readonly reply: (reply: AssistantReply) => void;
  readonly signal: AbortSignal;
  readonly language: string;
  readonly words: Catalogue;
}

/**
 * The service's chat skill as a program: what a person says goes in, what they should read comes out. It connects,
 * uploads, routes (`explainIntent`), carries out what the backend asks of a screen, puts silent edits into words,
 * exports at most once per message, and explains failures with a next step.
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
  /** What the person said and the names of their files: an answer may repeat these. */
  #own = '';
  #last: Promise<void> = Promise.resolve();
  #busy = 0;

  /**
   * @param source a session, or a function that opens one when the first message arrives
   * @throws OptionError for an invalid source or option.
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
   * is in progress waits for its turn. Leaving the loop stops the work.
   *
   * Failures of the service are replies (`error`), and so is an abort by `signal` (`text`). The only errors thrown are
   * those of your `onChange`, `downloads` and connecting functions.
   * @throws OptionError for a message that is not a string, or files that cannot be uploaded.
   */
  say(message: string, options: SayOptions = {}): AsyncIterableIterator<AssistantReply> {
    if (typeof message !== 'string') throw new OptionError({ field: 'message', accepted: 'a text' });
    checkSayOptions(options);
    return outbox<AssistantReply>(
      (say, signal) => this.#inTurn(message.trim(), options, (reply) => say(shownReply(reply)), signal),
      options.signal,
    );
  }

  /** One message after the other, in the order in which their loops began. */
  async #inTurn(
    message: string,
    options: SayOptions,
    reply: (reply: AssistantReply) => void,
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
    if (this.#busy > 0) reply({ type: 'status', text: words.queued });
    this.#busy += 1;
    try {
      await untilAborted(before, signal);
      await this.#attend(message, options, { reply, signal, language, words });
    } catch (error) {
      if (signal.aborted && isAborting(error, signal)) {
        reply({ type: 'text', text: words.stopped });
      } else if (isNemoVideoError(error) && !isOfHost(error)) {
        if (error instanceof SessionNotFoundError) await this.#forgetProject();
        reply(apologize(error, words));
      } else throw error;
    } finally {
      this.#busy -= 1;
      leave();
    }
  }

  async #attend(message: string, { files }: SayOptions, said: Said): Promise<void> {
    const { reply, signal, language, words } = said;
    const given = listOf(files);
    if (message === '' && given.length === 0) return reply({ type: 'text', text: words.askForMessage });
    const isWaiting = this.#memory.run !== undefined || this.#memory.question !== undefined;
    const courtesy = given.length === 0 && !isWaiting ? courtesyOf(message) : undefined;
    if (courtesy !== undefined) return reply({ type: 'text', text: words[courtesy] });
    const session = this.#session ?? (await this.#connect(said));
    this.#own += `\n${message}\n${given.map(nameOf).join('\n')}`;
    if (language !== this.#memory.language) await this.#remember({ language });
    const turn = {
      session,
      context: session._context,
      words,
      language,
      signal,
      own: this.#own,
      reply,
      memory: () => this.#memory,
      remember: (change: MemoryChange) => this.#remember(change),
    };
    const { rules, downloads, guiActions } = this.#options;
    await carryOut(turn, { message, files: given }, { rules, downloads, offersOnly: guiActions === 'offer' });
  }

  async #connect(said: Said): Promise<Session> {
    const { session: known } = this.#memory;
    const source = this.#source;
    if (source instanceof Session) return source;
    const { language, signal, words } = said;
    said.reply({ type: 'status', text: known === undefined ? words.connecting : words.reconnecting });
    const session = await source({ language, signal, ...(known === undefined ? {} : { session: known }) });
    if (!(session instanceof Session))
      throw new OptionError({ field: CONNECT, accepted: 'a function that returns a Session' });
    this.#adopt(session);
    await this.#remember({});
    return session;
  }

  #adopt(session: Session): void {
    this.#session = session;
    const { session: known, ...memory } = this.#memory;
    // The memory of another project does not apply to this one.
    const isSame = known === undefined || known.sessionId === session.id;
    const { run: _run, question: _question, renderId: _renderId, ...lasting } = memory;
    this.#memory = { ...(isSame ? memory : lasting), session: session.toJSON() };
  }

  /** The project is gone: the next message opens a new one, where the assistant can. */
  async #forgetProject(): Promise<void> {
    if (!(this.#source instanceof Session)) this.#session = undefined;
    await this.#remember({ session: undefined, run: undefined, question: undefined, renderId: undefined });
  }

  async #remember(change: MemoryChange): Promise<void> {
    const next = { ...this.#memory, ...change };
    const { session, run, question, renderId, language, ...rest } = next;
    this.#memory = {
      ...rest,
      ...(session === undefined ? {} : { session }),
      ...(language === undefined ? {} : { language }),
      ...(run === undefined ? {} : { run }),
      ...(question === undefined ? {} : { question }),
      ...(renderId === undefined ? {} : { renderId }),
    };
    await this.#options.onChange?.(this.#memory);
  }

  #languageFor(message: string): string {
    const client = this.#session === undefined ? undefined : this.#session._context.language;
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

/** A mistake in the host's program: thrown, not explained to the person. */
function isOfHost(error: unknown): boolean {
  return error instanceof OptionError && error.field === CONNECT;
}

function isAborting(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || isAbortError(error);
}
