import type { CreditBalance } from '../account.js';
import type { Timeline, TimelineChange } from '../draft/index.js';
import { type AgentQuestion, type NemoVideoError, printable } from '../errors/index.js';

/** What every reply has. */
interface Reply {
  /** For the person, in their language: whole sentences, without tokens, JSON, tool names or screen instructions. */
  readonly text: string;
}

/** What happens now: connecting, uploading, "Still working…". It is enough to show the latest. */
export interface StatusReply extends Reply {
  readonly type: 'status';
}

/** What the editor, or the assistant itself, says: the body of the conversation. */
export interface TextReply extends Reply {
  readonly type: 'text';
}

/** How far an upload, an export or a download is. A host shows a bar, or nothing. */
export interface ProgressReply extends Reply {
  readonly type: 'progress';
  readonly phase: 'upload' | 'export' | 'download';
  /** 0 to 100, never falling within a phase. */
  readonly percent: number;
}

/** The timeline: after an edit, or because it was asked for. `text` is its summary, or the changes in words. */
export interface TimelineReply extends Reply {
  readonly type: 'timeline';
  /** To draw it: `timelineANSI(reply.timeline, { language: reply.language })`, or `timelineSVG`. */
  readonly timeline: Timeline;
  /** The person's language, as a BCP 47 tag. */
  readonly language: string;
  /** Compared with the timeline before the message; empty when the timeline was only asked for. */
  readonly changes: readonly TimelineChange[];
}

/** The balance of the account. */
export interface CreditsReply extends Reply {
  readonly type: 'credits';
  readonly credits: CreditBalance;
}

/** The finished video. */
export interface FileReply extends Reply {
  readonly type: 'file';
  /** The id of the render. */
  readonly renderId: string;
  /** Where the file was saved; absent without the `downloads` option, or when that gives no path. */
  readonly path?: string;
  /** Where the service keeps it; absent when the service names no address. */
  readonly url?: string;
  /** The size in bytes; absent when the service does not say. */
  readonly bytes?: number;
  /** The length of the video in ms. */
  readonly durationMs: number;
  /** A link that opens the project in a browser and makes it the visitor's own; valid for seven days. */
  readonly claimUrl?: string;
}

/** The agent asks; the next message answers. `text` has the question with its options as a numbered list. */
export interface QuestionReply extends Reply {
  readonly type: 'question';
  /** The whole question; its parts are asked one after the other. */
  readonly question: AgentQuestion;
  /** Labels for buttons, of the part that is asked: each can be passed to `say()` as it is. Empty for free text. */
  readonly options: readonly string[];
}

/** What the person could say next. `text` names all of them. */
export interface SuggestionReply extends Reply {
  readonly type: 'suggestion';
  /** Labels for buttons: each can be passed to `say()` as it is. */
  readonly suggestions: readonly string[];
}

/** A hint from the makers of the service, where it helps. Each is given only once in a conversation. */
export interface TipReply extends Reply {
  readonly type: 'tip';
}

/** Something failed: one sentence says what, and one what to do next. The rest of the message is not carried out. */
export interface ErrorReply extends Reply {
  readonly type: 'error';
  /** For the host's log, not for the person; its credentials are redacted. */
  readonly error: NemoVideoError;
}

/** One thing that the assistant says. Every reply has a `text`; a host that knows no other field still works. */
export type AssistantReply =
  | StatusReply
  | TextReply
  | ProgressReply
  | TimelineReply
  | CreditsReply
  | FileReply
  | QuestionReply
  | SuggestionReply
  | TipReply
  | ErrorReply;

/** A reply as a terminal may show it: the agent's words, and the names of files and addresses, come from elsewhere. */
export function shownReply(reply: AssistantReply): AssistantReply {
  const text = printable(reply.text);
  if (reply.type !== 'suggestion') return { ...reply, text };
  return { ...reply, text, suggestions: reply.suggestions.map((words) => printable(words)) };
}
