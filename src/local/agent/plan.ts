import type { LocalDraft, LocalMedia } from '../dialect.js';

/** What the agent is given. It is a function of this and nothing else, so the same input gives the same plan. */
export interface AgentInput {
  /** What the person wrote, verbatim. */
  message: string;
  /** The language of the session: decides the language of the reply where the message does not show one. */
  language: string;
  /** The timeline as it is, or null before the first edit. Never changed in place. */
  draft: LocalDraft | null;
  /** Every upload of the session, in the order of upload. */
  media: readonly LocalMedia[];
  /**
   * What the account can still spend. The agent then generates no more clips than that pays for, but never fewer than
   * one; whether the account can pay for that one is for the backend to check. Default: as many as the length asks for.
   */
  credits?: number;
  /** Seeded by the backend: 0 ≤ x < 1. */
  random: () => number;
}

/** One call of a tool, as the stream will show it. */
export interface AgentToolCall {
  name: 'edit_multitrack' | 'generate_clip' | 'add_music' | 'add_text';
  args: Record<string, unknown>;
  response: Record<string, unknown>;
}

/** A step of the work: words first, then a call, then the timeline that it leaves. */
export interface AgentStage {
  /** Words said before the call; may be empty. */
  text: string;
  call?: AgentToolCall;
  /** The whole timeline after the call, when it changed. A new object. */
  draft?: LocalDraft;
  /** How long the service would take for this step, in ms, at speed 1. */
  takesMs: number;
}

/** What the agent means to do about one message. */
export interface AgentPlan {
  /**
   * False: nothing was understood, nothing changes, and `reply` says so and what would be understood. True without
   * stages: a question, or a request that can't be met; nothing changes, and `reply` answers or says why.
   */
  understood: boolean;
  stages: AgentStage[];
  /** The closing words. Empty for a silent edit. */
  reply: string;
  /**
   * Credits for all of it: 0 where nothing changes, else by the table in `tariff.ts` (wire document: about 100 per
   * generated clip, about 50 per editing session).
   */
  credits: number;
}
