import type { Session, SessionSnapshot } from '../session/index.js';
import type { Catalogue } from './catalogue/index.js';
import type { Downloads } from './deliver.js';
import type { IntentRule } from './intent/index.js';
import type { AssistantSnapshot } from './memory.js';

/** What an assistant needs to connect by itself. */
export interface ConnectRequest {
  /** The person's language, as a BCP 47 tag: for `nemo.sessions.create({ language })`. */
  readonly language: string;
  /** The project of an earlier conversation, to open instead of a new one. */
  readonly session?: SessionSnapshot;
  readonly signal: AbortSignal;
}

/**
 * Opens the session when the first message comes:
 * `({ session, ...request }) => (session ? nemo.sessions.open(session) : nemo.sessions.create(request))`.
 */
export type Connect = (request: ConnectRequest) => Session | Promise<Session>;

/** Options of `new Assistant(session, options)`. */
export interface AssistantOptions {
  /**
   * The language of the replies, as a BCP 47 tag. Default: English or Chinese, like the last message; until a message
   * shows which, the client's `language`.
   */
  readonly language?: string;
  /** Sentences in further languages, or other sentences in these, by language tag. */
  readonly catalogues?: Readonly<Record<string, Catalogue>>;
  /** Your own rules for what a message asks for; see `explainIntent`. */
  readonly rules?: readonly IntentRule[];
  /**
   * Where finished videos are saved: an existing folder, in which they are named `video-1.mp4` and so on, or a function
   * from a name to a destination. Default: nowhere; the reply then has the address only.
   */
  readonly downloads?: Downloads;
  /** What an earlier assistant remembered, as `onChange` or `toJSON()` gave it. */
  readonly snapshot?: AssistantSnapshot;
  /** Awaited when what is remembered changes, before anything that costs credits. If it throws, the message ends. */
  readonly onChange?: (snapshot: AssistantSnapshot) => void | Promise<void>;
}

/** How to say something. */
export interface SayOptions {
  /** Uploaded before the message is carried out. */
  readonly files?: Parameters<Session['upload']>[0];
  /** Stops the message, or takes it out of the queue. */
  readonly signal?: AbortSignal;
}
