import type { Session, SessionSnapshot } from '../session/index.js';
import type { Catalogue } from './catalogue/index.js';
import type { Downloads } from './deliver.js';
import type { IntentRule } from './intent/index.js';
import type { AssistantSnapshot } from './memory.js';

/** What an assistant needs to connect by itself. */
export interface ConnectRequest {
  /** Of the person, as a BCP 47 tag: `nemo.sessions.create({ language })`. */
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
   * Of the replies, as a BCP 47 tag. Default: English or Chinese, as the last message was; before any could be told,
   * the client's `language`.
   */
  readonly language?: string;
  /** Sentences in further languages, or other sentences in these, by language tag. */
  readonly catalogues?: Readonly<Record<string, Catalogue>>;
  /** Rules of one's own for what a message asks for; see `explainIntent`. */
  readonly rules?: readonly IntentRule[];
  /**
   * Where finished videos go: a folder that exists, in which they are named `video-1.mp4` and so on, or a function from a name to
   * a destination. Default nowhere: the reply tells the address.
   */
  readonly downloads?: Downloads;
  /** What an earlier assistant remembered, as `onChange` or `toJSON()` gave it. */
  readonly snapshot?: AssistantSnapshot;
  /** Awaited whenever what is remembered changes, before anything that costs. What it throws ends the message. */
  readonly onChange?: (snapshot: AssistantSnapshot) => void | Promise<void>;
}

/** How to say something. */
export interface SayOptions {
  /** Uploaded before the message is carried out. */
  readonly files?: Parameters<Session['upload']>[0];
  /** Stops whatever is under way, or gives up the place in the queue. */
  readonly signal?: AbortSignal;
}
