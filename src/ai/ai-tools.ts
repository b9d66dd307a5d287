import * as z from 'zod';
import { checkFields, type Fields } from '../errors/index.js';
import {
  type AgentQuestion,
  AwaitingInputError,
  type CheckpointStore,
  type CreditBalance,
  isNemoVideoError,
  type MediaInput,
  memoryCheckpoints,
  type NemoVideo,
  type OpenVideoRequest,
  OptionError,
  type VideoEvent,
  type VideoSnapshot,
  type VideoWishes,
} from '../index.js';
import type { NemoVideoTool, ToolSchema } from './ai-contract.js';

/** Options of {@link nemovideoTools}. */
export interface NemoVideoToolsOptions {
  /** Makes the videos. Its account pays for them. */
  readonly client: NemoVideo;
  /**
   * Where videos are kept, so that their ids are valid after a restart. Default: in memory. One for each user of an app:
   * an id is enough to continue a video.
   */
  readonly checkpoints?: CheckpointStore | undefined;
  /** Files that the model may use, by name. It may also pass http(s) addresses, which the service fetches, but no path. */
  readonly media?: Readonly<Record<string, MediaInput>> | undefined;
  /** Where MP4s are saved as `<id>.mp4`. Default: nowhere, results have a `url`. */
  readonly folder?: string | undefined;
  /** Called with the events of every video: a call takes minutes. */
  readonly onProgress?: ((id: string, event: VideoEvent) => void) | undefined;
}

const OPTIONS: Fields<NemoVideoToolsOptions> = {
  client: 'object',
  checkpoints: 'object',
  media: 'object',
  folder: 'string',
  onProgress: 'function',
};

/** Input of `create_video`. */
export interface CreateVideoInput extends VideoWishes {
  readonly prompt: string;
  /** Names of files, and addresses. */
  readonly media?: readonly string[] | undefined;
}

/** A video as a model sees it. */
export interface ToolVideo {
  /** For the other tools. */
  id: string;
  status: 'completed' | 'awaiting_input' | 'failed';
  /** What happened, and what to do next. */
  message: string;
  /** What the agent asks, with `awaiting_input`. */
  questions?: AgentQuestion['questions'];
  /** What the agent said. */
  text?: string;
  /** The timeline as text. */
  timeline?: string;
  /** Where the MP4 is. */
  url?: string;
  /** Where the MP4 was saved. */
  path?: string;
}

/** A call that did nothing, and what to do about it. */
export interface ToolFailure {
  error: string;
  hint: string;
  /** Whether the same call may succeed later. */
  retryable: boolean;
}

/** A tool that returns a video, or why there is none. */
export type VideoTool<Input> = NemoVideoTool<Input, ToolVideo | ToolFailure>;

/** What {@link nemovideoTools} returns. Not an interface, because the AI SDK wants a record. */
export type NemoVideoTools = {
  /** Makes a video. Costs credits. */
  readonly create_video: VideoTool<CreateVideoInput>;
  /** Reads a video, and continues one that stopped. Free. */
  readonly get_video: VideoTool<{ readonly id: string }>;
  /** Answers the agent, and continues the video. */
  readonly answer_question: VideoTool<{
    readonly id: string;
    readonly answers: Readonly<Record<string, string | string[]>>;
  }>;
  /** Sends a further message to the agent, and renders the result. Costs credits. */
  readonly edit_video: VideoTool<{ readonly id: string; readonly instruction: string }>;
  /** Reads the balance. Free. */
  readonly get_credits: NemoVideoTool<Readonly<Record<string, never>>, CreditBalance | ToolFailure>;
};

const ID = z.object({ id: z.string().describe('The id that create_video returned.') });

/**
 * The client as tools for `generateText`, `streamText`, agents, Mastra, and all that accept Standard Schema. They are plain
 * objects: `ai` is not loaded. A tool waits until its video is finished or the agent asks. An abort stops it; `get_video`
 * continues, and no message is sent twice.
 *
 * @example
 * const { text } = await generateText({
 *   model,
 *   tools: nemovideoTools({ client: new NemoVideo(), checkpoints: fileCheckpoints('videos') }),
 *   stopWhen: isStepCount(10),
 *   prompt: 'Make a 10-second video of the sea.',
 * });
 * @throws OptionError for a wrong option.
 */
export function nemovideoTools(options: NemoVideoToolsOptions): NemoVideoTools {
  checkFields(options, OPTIONS);
  const { client, checkpoints: store = memoryCheckpoints(), media: files = {}, folder, onProgress } = options;
  if (typeof client?.createVideo !== 'function')
    throw new OptionError({ field: 'client', accepted: 'a client: `new NemoVideo()`' });
  const usable = [...Object.keys(files), 'http(s) addresses'].join(', ');

  const load = async (id: string) => {
    const kept = await store.load(id);
    if (kept !== undefined) return kept;
    throw new OptionError({ field: 'id', accepted: 'an id that create_video returned' });
  };

  /** Works at a kept video until it ends. */
  const finish = async (id: string, snapshot: VideoSnapshot, more: OpenVideoRequest): Promise<ToolVideo> => {
    const task = client.openVideo(snapshot, {
      ...more,
      checkpoint: { store, id },
      ...(folder !== undefined && { download: `${folder.replace(/[/\\]+$/, '')}/${id}.mp4` }),
      onProgress: onProgress && ((event) => onProgress(id, event)),
    });
    try {
      const { text, timeline, url, path } = await task;
      const where = path === undefined ? 'The video is ready.' : `The video is in ${path}.`;
      const found = { ...(url !== undefined && { url }), ...(path !== undefined && { path }) };
      return { id, status: 'completed', message: where, text, timeline: timeline.toString(), ...found };
    } catch (error) {
      if (error instanceof AwaitingInputError)
        return { id, status: 'awaiting_input', message: ASKED, questions: error.question.questions };
      // Before the session there is nothing to continue.
      if (!isNemoVideoError(error) || more.signal?.aborted || task.toJSON().session === undefined)
        throw error;
      return { id, status: 'failed', message: `${error.message}. ${error.hint} ${CONTINUE}` };
    }
  };

  return {
    create_video: tool(
      `Makes a video and waits for it, which takes minutes. Costs about 150 credits: call it once for each video. ${STATUS}`,
      z.object({
        prompt: z.string().min(1).describe('What to make, in plain words.'),
        media: z.array(z.string()).optional().describe(`Files to use: ${usable}.`),
        duration: z.number().positive().max(36_000).optional().describe('Seconds.'),
        aspectRatio: z.enum(['16:9', '9:16', '1:1']).optional(),
        title: z.string().optional().describe('A text to show as the title.'),
        music: z.union([z.boolean(), z.string()]).optional().describe('Whether to add music, or its style.'),
      }),
      async ({ media: wanted = [], ...request }, signal) => {
        const media = wanted.length === 0 ? undefined : wanted.map((name) => mediaOf(files, name));
        // Not started: the video is continued from what is kept, as all others.
        const start = client.createVideo({ ...request, media }).toJSON();
        const id = crypto.randomUUID();
        await store.save(id, start, undefined);
        return finish(id, start, { media, signal });
      },
    ),
    get_video: tool(
      `Reads a video, and continues one that failed or was interrupted. Free; nothing is paid for twice. ${STATUS}`,
      ID,
      async ({ id }, signal) => finish(id, (await load(id)).snapshot, { signal }),
    ),
    answer_question: tool(
      'Answers the questions of a video with the status awaiting_input, and waits for the video.',
      ID.extend({
        answers: z
          .record(z.string(), z.union([z.string(), z.array(z.string())]))
          .describe('By the id of each question: the id of an option, a list of them, or free text.'),
      }),
      async ({ id, answers }, signal) => finish(id, (await load(id)).snapshot, { answers, signal }),
    ),
    edit_video: tool(
      'Changes a completed video by an instruction, and renders it again. Costs about 50 credits.',
      ID.extend({ instruction: z.string().min(1).describe('What to change, precisely.') }),
      async ({ id, instruction: prompt }, signal) => {
        const { snapshot, version } = await load(id);
        const { run, text, render, result, wishes, files: _, ...rest } = snapshot;
        if (result === undefined)
          throw new OptionError({ field: 'id', accepted: 'that of a completed video', hint: CONTINUE });
        // The same session with a new message.
        await store.save(id, { ...rest, prompt }, version);
        return finish(id, { ...rest, prompt }, { signal });
      },
    ),
    get_credits: tool('Reads how many credits the account has. Free.', z.object({}), async (_, signal) =>
      client.credits.balance({ signal }),
    ),
  };
}

const ASKED = 'The agent asks. Answer with answer_question; ask the person where you do not know.';
const CONTINUE = 'get_video continues the video.';
const STATUS =
  'The status is completed (with url or path, and the timeline as text), awaiting_input (answer with answer_question) or failed (the message says why).';

function tool<Input, Output>(
  description: string,
  inputSchema: ToolSchema<Input>,
  call: (input: Input, signal: AbortSignal | undefined) => Promise<Output>,
): NemoVideoTool<Input, Output | ToolFailure> {
  return {
    description,
    inputSchema,
    async execute(input, { abortSignal } = {}) {
      try {
        return await call(input, abortSignal);
      } catch (error) {
        if (!isNemoVideoError(error) || abortSignal?.aborted) throw error;
        const { message, hint, retryable } = error;
        return { error: message, hint, retryable };
      }
    },
  };
}

/** @throws OptionError for what is neither one of the files nor an address. */
function mediaOf(files: Readonly<Record<string, MediaInput>>, name: string): MediaInput {
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (file !== undefined) return file;
  if (/^https?:\/\//i.test(name) && URL.canParse(name)) return new URL(name);
  const accepted = [...Object.keys(files), 'an http(s) address'].join(', ');
  throw new OptionError({ field: 'media', accepted: `one of: ${accepted}` });
}
