import * as z from 'zod';
import { type AgentQuestion, decodeDraft, Timeline, type VideoEvent, type VideoSnapshot } from '../index.js';

/** A question of the agent, without the call as it came. */
const QUESTION = z.object({
  title: z.string().optional(),
  questions: z.array(
    z.object({
      id: z.string().describe('The key of its answer.'),
      prompt: z.string(),
      options: z.array(z.object({ id: z.string(), label: z.string() })),
      allowMultiple: z.boolean(),
    }),
  ),
});

/** What `get_video` returns. */
export const VIDEO_STATE = z.object({
  id: z.string(),
  status: z.enum(['running', 'awaiting_input', 'completed', 'failed', 'cancelled']),
  percent: z.int().min(0).max(100),
  message: z.string().describe('What happens, or what to do next, in one line.'),
  text: z.string().optional().describe('What the agent said at the end of its work.'),
  question: QUESTION.optional().describe('What the agent asks. Only with awaiting_input.'),
  timeline: z.string().optional().describe('The timeline as text, where it is known.'),
  url: z.string().optional().describe('Where the MP4 is.'),
  path: z.string().optional().describe('The MP4 on the machine of this server.'),
});

/** How far a video is. */
export type VideoState = z.infer<typeof VIDEO_STATE>;

/** What the server adds to a checkpoint: the client keeps fields that it does not know. */
const MARK = z.object({
  /** The work ends when the agent has answered: nothing is rendered. */
  only: z.literal('message').optional(),
  /** How it ended without a result. */
  ended: z.object({ status: z.enum(['failed', 'cancelled']), message: z.string() }).optional(),
});

/** See {@link markOf}. */
export type Mark = z.infer<typeof MARK>;

/** A snapshot with what the server adds. */
export interface MarkedSnapshot extends VideoSnapshot {
  readonly mcp?: Mark;
}

/** What the server added to a snapshot. */
export function markOf(snapshot: MarkedSnapshot): Mark {
  return MARK.safeParse(snapshot.mcp).data ?? {};
}

/** The state of a video at which this process works. */
export function runningState(
  id: string,
  last: VideoEvent | undefined,
  timeline: string | undefined,
): VideoState {
  return {
    id,
    status: 'running',
    percent: last?.percent ?? 0,
    message: last?.message ?? 'Starting',
    ...(timeline !== undefined && { timeline }),
  };
}

/** The state that a checkpoint has; undefined when there is work left to do. */
export function storedState(id: string, snapshot: MarkedSnapshot): VideoState | undefined {
  const { only, ended } = markOf(snapshot);
  const { question, result, text } = snapshot;
  const percent = percentOf(snapshot);
  if (ended !== undefined) return { id, percent, ...ended };
  if (question !== undefined) {
    const message = 'The agent asks. Answer with answer_question.';
    return { id, status: 'awaiting_input', percent, message, question: shown(question) };
  }
  if (result !== undefined) {
    const { url, path, draft } = result;
    const timeline = new Timeline(decodeDraft(draft)).toString();
    const message = path === undefined ? 'The video is ready' : `The video is in ${path}`;
    return { id, status: 'completed', percent, message, text, timeline, url, path };
  }
  if (only === undefined || text === undefined) return undefined;
  const said = text === '' ? 'has ended without a word' : 'has answered';
  const message = `The agent ${said}. export_video renders the timeline to an MP4.`;
  return { id, status: 'completed', percent: 100, message, text };
}

function shown({ title, questions }: AgentQuestion): z.infer<typeof QUESTION> {
  return {
    title,
    questions: questions.map(({ id, prompt, options, allowMultiple }) => ({
      id,
      prompt,
      options: options.map((option) => ({ id: option.id, label: option.label })),
      allowMultiple,
    })),
  };
}

/** About how far a video is that nothing works at. */
function percentOf({ result, render, text, run, question, uploaded }: VideoSnapshot): number {
  if (result !== undefined) return 100;
  if (render !== undefined) return 60;
  if (text !== undefined) return 55;
  return run !== undefined || question !== undefined || uploaded ? 20 : 0;
}
