import type { FieldCheck } from '../../errors/index.js';
import type { LocalDraft, LocalMedia } from '../dialect.js';

/** What the agent is given about one message. */
export interface AgentTurn {
  /** What the person wrote, verbatim. */
  readonly message: string;
  /** The language of the session, e.g. 'en'. */
  readonly language: string;
  /** The timeline as it is, or null before there is one. Do not change it. */
  readonly draft: LocalDraft | null;
  /** Every upload of the session, in the order of upload. */
  readonly media: readonly LocalMedia[];
  /** What the account can still spend. */
  readonly credits: number;
  /** Seeded: 0 ≤ x < 1. */
  readonly random: () => number;
}

/** One call of a tool, as the stream shows it. */
export interface AgentToolCall {
  readonly name: string;
  readonly args: Record<string, unknown>;
  readonly response: Record<string, unknown>;
}

/** A question for the person, in the form of the service's `ask_question` call. */
export interface AskedQuestion {
  readonly title?: string | undefined;
  readonly questions: readonly {
    readonly id: string;
    readonly prompt: string;
    readonly options: readonly { readonly id: string; readonly label: string }[];
    readonly allowMultiple?: boolean | undefined;
  }[];
}

/**
 * Makes a timeline of the one before: gets a copy, which it may change, and returns the new one, or nothing where it
 * changed the copy. Before there is a timeline, the copy is empty: no tracks.
 */
export type DraftEdit = ((draft: LocalDraft) => object) | ((draft: LocalDraft) => void);

/** One thing that the agent does. Made by {@link say}, {@link edit}, {@link ask}, {@link silent}, {@link fail}, {@link lateWrite}. */
export type AgentStep =
  | { readonly do: 'say'; readonly text: string }
  | {
      readonly do: 'edit';
      readonly edit: DraftEdit;
      readonly call?: AgentToolCall;
      readonly takesMs: number;
      readonly credits?: number;
    }
  | { readonly do: 'ask'; readonly question: AskedQuestion }
  | { readonly do: 'silent' }
  | { readonly do: 'fail'; readonly code: string; readonly message: string }
  | { readonly do: 'lateWrite'; readonly edit: DraftEdit; readonly afterMs: number };

/**
 * What the agent does about a message: one step or several. A plan costs what its edits cost, 50 credits for the first
 * timeline of a session and 10 for a later change, unless it says otherwise; a plan that asks costs nothing.
 */
export type AgentPlan =
  | AgentStep
  | readonly AgentStep[]
  | { readonly steps: readonly AgentStep[]; readonly credits: number };

/** Decides about a message; undefined leaves it to the next in line. */
export type Agent = (turn: AgentTurn) => AgentPlan | undefined | Promise<AgentPlan | undefined>;

/** The check of an option that is a plan, or a function that returns one. */
export const PLAN: FieldCheck = { accepted: 'a step such as say("…"), or a list of steps', is: isPlan };

function isPlan(plan: unknown): boolean {
  if (typeof plan === 'function') return true;
  if (Array.isArray(plan)) return plan.length > 0 && plan.every(isPlan);
  return typeof plan === 'object' && plan !== null && ('do' in plan || 'steps' in plan);
}

/** Options of {@link edit}. */
export interface EditOptions {
  /** The call of a tool that the stream shows. Default: `edit_multitrack` without arguments. */
  readonly call?: AgentToolCall | undefined;
  /** How long the work takes, in ms, divided by the backend's `speed`. Default 10,000. */
  readonly takesMs?: number | undefined;
  /** What it costs. Default 50 for the first timeline of a session, else 10. */
  readonly credits?: number | undefined;
}

/** Says these words. The last words of a plan are the closing words. */
export const say = (text: string): AgentStep => ({ do: 'say', text });

/** Changes the timeline: `edit((draft) => { draft.m.title = 'Sale' })`. */
export const edit = (
  change: DraftEdit,
  { call, takesMs = TAKES.edit, credits }: EditOptions = {},
): AgentStep => ({
  do: 'edit',
  edit: change,
  takesMs,
  ...(call && { call }),
  ...(credits !== undefined && { credits }),
});

/** Asks the person instead of working; the stream ends there and nothing is charged. A text is one open question. */
export const ask = (question: string | AskedQuestion): AgentStep => ({
  do: 'ask',
  question:
    typeof question === 'string' ? { questions: [{ id: 'q1', prompt: question, options: [] }] } : question,
});

/** Ends without a word, as about 30 % of the service's edits do. */
export const silent = (): AgentStep => ({ do: 'silent' });

/** Fails inside the stream, under HTTP 200. Defaults: 'INTERNAL', 'upstream model overloaded'. */
export const fail = ({
  code = 'INTERNAL',
  message = 'upstream model overloaded',
}: {
  code?: string | undefined;
  message?: string | undefined;
} = {}): AgentStep => ({
  do: 'fail',
  code,
  message,
});

/** Changes the timeline some time after the stream has ended. Default 1,000 ms, whatever the backend's `speed`. */
export const lateWrite = (
  change: DraftEdit,
  { afterMs = 1000 }: { afterMs?: number | undefined } = {},
): AgentStep => ({
  do: 'lateWrite',
  edit: change,
  afterMs,
});

/**
 * What the work costs and how long it takes. The wire document gives about 100 credits per generated clip, about 50 per
 * editing session, 10 to 30 s for an edit and 100 to 300 s for a generation; that an edit after the first costs 10 is
 * this backend's own choice.
 */
export const CREDITS = { creation: 50, clip: 100, edit: 10 } as const;

/** How long the service takes, in ms. */
export const TAKES = {
  pictures: 14_000,
  furnishing: 12_000,
  clip: 100_000,
  anotherClip: 30_000,
  edit: 10_000,
} as const;

/** The share of edits that end without a word (wire document: about 30 %). */
export const SILENT_SHARE = 0.3;

/** A plan with its steps and what it costs in a session that has a timeline or not. */
export function priced(plan: AgentPlan, hasDraft: boolean): { steps: readonly AgentStep[]; credits: number } {
  if ('steps' in plan) return plan;
  const steps: readonly AgentStep[] = 'do' in plan ? [plan] : plan;
  const edits = steps.flatMap((step) =>
    step.do === 'edit' ? [step.credits] : step.do === 'lateWrite' ? [undefined] : [],
  );
  const asks = steps.some((step) => step.do === 'ask');
  const own = edits.flatMap((credits) => credits ?? []);
  const usual = edits.length > own.length ? (hasDraft ? CREDITS.edit : CREDITS.creation) : 0;
  return { steps, credits: asks ? 0 : own.reduce((sum, credits) => sum + credits, usual) };
}
