import type { ContentBlock, McpServer, ServerContext, ToolAnnotations } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { NemoVideo } from '../index.js';
import { VIDEO_STATE } from './video-state.js';
import { reasonOf, type Videos } from './videos.js';

/** How the model is to use the tools. */
export const INSTRUCTIONS = `Makes videos with NemoVideo. start_video returns an id at once; the video takes minutes. Call \
get_video with waitSeconds until its status is not running. When it is awaiting_input, ask the user what the agent asks, and \
answer with answer_question. To change a video: send_message, get_video until the agent has answered, export_video, get_video. \
start_video, answer_question and send_message cost credits: when such a call fails or takes too long, look with get_video \
before you repeat it. Ids stay valid when this server restarts.`;

/** The address of the picture of a timeline. */
export const PICTURE = 'nemovideo://videos/{id}/timeline.svg';

/** The longest wait of a call: clients give up after 60 s. */
const MOST_SECONDS = 50;

const ID = z.string().min(1).describe('The id that start_video returned.');
const MEDIA = z
  .union([z.string(), z.array(z.string()).min(1)])
  .describe(
    'Photos, clips, music, a logo: paths in the folder of this server, or http(s) addresses. A folder stands for its media.',
  );

const COSTS = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };
const READS = { readOnlyHint: true, openWorldHint: true };

/** A tool of the server. */
interface Tool<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** What it does and what it costs. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  readonly annotations: ToolAnnotations;
  call(args: z.output<Input>, context: ServerContext): Promise<z.input<Output>>;
  /** What its result comes with. */
  attach?(args: z.output<Input>): ContentBlock;
}

/** Registers a tool. What it throws becomes the error of the call, with its hint. */
function addTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  server: McpServer,
  { name, input, output, call, attach, ...facts }: Tool<Input, Output>,
): void {
  const config = { ...facts, inputSchema: input, outputSchema: output };
  server.registerTool<z.ZodObject, z.ZodObject>(name, config, async (args, context) => {
    try {
      const given = input.parse(args);
      const result: Record<string, unknown> = await call(given, context);
      const text: ContentBlock = { type: 'text', text: JSON.stringify(result) };
      return { content: attach ? [text, attach(given)] : [text], structuredContent: result };
    } catch (error) {
      return { content: [{ type: 'text', text: reasonOf(error) }], isError: true };
    }
  });
}

/** Reports progress, if the client asked for it. What would come with the result may be lost, so it is left out. */
function progressOf({ mcpReq }: ServerContext): (event: { percent: number; message: string }) => void {
  const progressToken = mcpReq._meta?.progressToken;
  let reported = -1;
  return ({ percent, message }) => {
    if (progressToken === undefined || percent <= reported || percent >= 100) return;
    reported = percent;
    const params = { progressToken, progress: percent, total: 100, message };
    // The client may be gone; then the result is of no use to it either.
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
  };
}

/** Registers the tools of making a video. */
export function addVideoTools(server: McpServer, videos: Videos): void {
  addTool(server, {
    name: 'start_video',
    title: 'Start a video',
    description:
      'Starts a video of a prompt and media, and returns its id at once; get_video reports on it. COSTS CREDITS: about 100 ' +
      'for each clip that is generated and 50 for editing. Called twice, it makes and charges two videos.',
    input: z.strictObject({
      prompt: z.string().min(1).describe('What the video shall show, in plain language.'),
      media: MEDIA.optional(),
      duration: z.number().positive().optional().describe('In seconds.'),
      aspectRatio: z.enum(['16:9', '9:16', '1:1']).optional(),
      title: z.string().optional().describe('A title on the picture, on one line.'),
      music: z.union([z.boolean(), z.string()]).optional().describe('Whether there is music, or its style.'),
    }),
    output: z.object({ id: z.string() }),
    annotations: COSTS,
    call: async ({ media = [], ...wish }) => ({ id: await videos.start({ ...wish, media: [media].flat() }) }),
  });
  addTool(server, {
    name: 'get_video',
    title: 'Look at a video',
    description:
      'How far a video is, what the agent asks, or where the MP4 is. Free. A video that a restart of this server ' +
      'interrupted continues; its message is not sent again.',
    input: z.strictObject({
      id: ID,
      waitSeconds: z
        .number()
        .min(0)
        .max(MOST_SECONDS)
        .optional()
        .describe(
          `While it is running, wait for its end, at most this long. Default 0; ${MOST_SECONDS} saves calls.`,
        ),
    }),
    output: VIDEO_STATE,
    annotations: READS,
    call: async ({ id, waitSeconds = 0 }, context) => {
      if (waitSeconds === 0) return videos.state(id);
      const signal = AbortSignal.any([context.mcpReq.signal, AbortSignal.timeout(waitSeconds * 1_000)]);
      return videos.wait(id, signal, progressOf(context));
    },
  });
  addTool(server, {
    name: 'answer_question',
    title: "Answer the agent's question",
    description:
      'Answers the question of a video that is awaiting_input, and continues it. Ask the user first. COSTS CREDITS like a message.',
    input: z.strictObject({
      id: ID,
      answers: z
        .record(z.string(), z.union([z.string(), z.array(z.string())]))
        .describe(
          'For the id of each question: the id of an option, a list of them where several are allowed, or a text. What is left out is skipped.',
        ),
    }),
    output: VIDEO_STATE,
    annotations: COSTS,
    call: ({ id, answers }) => videos.answer(id, answers),
  });
  addTool(server, {
    name: 'cancel_video',
    title: 'Cancel a video',
    description:
      'Ends the work at a video. Free, but what was charged is not returned. resume_video continues it.',
    input: z.strictObject({ id: ID }),
    output: VIDEO_STATE,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
    call: ({ id }) => videos.cancel(id),
  });
  addTool(server, {
    name: 'resume_video',
    title: 'Resume a video',
    description:
      'Continues a video that failed or was cancelled, where it stopped. COSTS CREDITS only if its message was never charged.',
    input: z.strictObject({
      id: ID,
      sendAgain: z
        .boolean()
        .optional()
        .describe(
          'Send the message again if it stays unclear whether it arrived: it MAY BE CHARGED TWICE. Ask the user first. Default false.',
        ),
    }),
    output: VIDEO_STATE,
    annotations: { ...COSTS, idempotentHint: true },
    call: ({ id, sendAgain = false }) => videos.resume(id, sendAgain),
  });
}

/** Registers the tools of the session that a video has: messages, media, timeline, renders. */
export function addSessionTools(server: McpServer, videos: Videos): void {
  addTool(server, {
    name: 'send_message',
    title: 'Send the agent a message',
    description:
      'Asks the agent to change a video that is not running, e.g. "Make the title red". get_video then has its answer, and ' +
      'export_video the new MP4. COSTS CREDITS: about 50 for an edit, 100 for each clip that is generated.',
    input: z.strictObject({ id: ID, message: z.string().min(1).describe('In plain language.') }),
    output: VIDEO_STATE,
    annotations: { ...COSTS, destructiveHint: true },
    call: ({ id, message }) => videos.send(id, message),
  });
  addTool(server, {
    name: 'get_timeline',
    title: 'Look at the timeline',
    description: 'The timeline of a video as text, and a link to its picture (SVG). Free.',
    input: z.strictObject({ id: ID }),
    output: z.object({
      timeline: z.string(),
      durationMs: z.number(),
      exportable: z.boolean().describe('Whether there is something to render.'),
    }),
    annotations: READS,
    call: async ({ id }, { mcpReq: { signal } }) => {
      const timeline = await (await videos.session(id)).timeline({ signal });
      const { durationMs } = timeline;
      return { timeline: timeline.toString(), durationMs, exportable: timeline.isExportable() };
    },
    attach: ({ id }) => ({
      type: 'resource_link',
      uri: PICTURE.replace('{id}', encodeURIComponent(id)),
      name: 'timeline.svg',
      mimeType: 'image/svg+xml',
    }),
  });
  addTool(server, {
    name: 'export_video',
    title: 'Export a video',
    description:
      'Renders the timeline of a video that is not running to a new MP4; get_video reports on it. Free. start_video does this, too.',
    input: z.strictObject({
      id: ID,
      resolution: z.string().optional().describe('The smaller side of the picture, e.g. 1080p.'),
      fps: z.number().positive().optional().describe('Frames per second.'),
    }),
    output: VIDEO_STATE,
    annotations: COSTS,
    call: ({ id, ...output }) => videos.export(id, output),
  });
  addTool(server, {
    name: 'list_media',
    title: 'List the media',
    description: 'The files in the session of a video. Free.',
    input: z.strictObject({ id: ID }),
    output: z.object({ media: z.array(z.object({ name: z.string(), kind: z.string() })) }),
    annotations: READS,
    call: async ({ id }, { mcpReq: { signal } }) => {
      const { media } = await (await videos.session(id)).state({ signal });
      return { media: media.map(({ name, kind }) => ({ name, kind })) };
    },
  });
  addTool(server, {
    name: 'upload_media',
    title: 'Upload media',
    description:
      'Adds files to the session of a video. Free. Name them in the next send_message, which says what to do with them.',
    input: z.strictObject({ id: ID, media: MEDIA }),
    output: z.object({ media: z.array(z.object({ name: z.string(), kind: z.string() })) }),
    annotations: COSTS,
    call: async ({ id, media }, context) => {
      const report = progressOf(context);
      const uploaded = await videos.upload(id, [media].flat(), {
        signal: context.mcpReq.signal,
        onProgress({ loaded, total, file }) {
          if (total) report({ percent: Math.floor((loaded / total) * 100), message: `Uploading ${file}` });
        },
      });
      return { media: uploaded.map(({ name, kind }) => ({ name, kind })) };
    },
  });
}

/** Registers the tool for the account. */
export function addAccountTool(server: McpServer, client: NemoVideo): void {
  addTool(server, {
    name: 'get_credits',
    title: 'Look at the credits',
    description: 'The balance of the account. Free.',
    input: z.strictObject({}),
    output: z.object({
      available: z.number().describe('To spend.'),
      frozen: z.number().describe('Reserved for work in progress.'),
      total: z.number(),
    }),
    annotations: READS,
    call: async (_, { mcpReq: { signal } }) => {
      const { available, frozen, total } = await client.credits.balance({ signal });
      return { available, frozen, total };
    },
  });
}
