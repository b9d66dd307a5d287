import { basename, dirname, join } from 'node:path';
import {
  AwaitingInputError,
  type Checkpoint,
  fileCheckpoints,
  NothingToExportError,
  OptionError,
  type VideoResult,
  type VideoTask,
} from '../index.js';
import { command, type Surroundings } from './command.js';
import { EXIT } from './output.js';
import { answersOf, exampleAnswer, quotedPath } from './typed-answers.js';

const CREATE = {
  prompt: { kind: 'text', short: 'p', value: 'text', text: 'what the video shall be (required)' },
  output: { kind: 'text', short: 'o', value: 'file', text: 'where the MP4 goes (required)' },
  duration: { kind: 'number', value: 'seconds', text: 'how long it is' },
  aspect: { kind: 'text', value: 'ratio', text: '16:9, 9:16 or 1:1' },
  title: { kind: 'text', value: 'text', text: 'a title on the picture' },
  music: { kind: 'text', value: 'style', text: 'music of that style, e.g. lo-fi' },
  'no-music': { kind: 'switch', text: 'no music' },
  resolution: { kind: 'text', value: 'name', text: 'of the MP4, e.g. 1080p' },
  fps: { kind: 'number', value: 'number', text: 'frames a second of the MP4' },
  language: { kind: 'text', value: 'tag', text: 'of the session, e.g. en or zh' },
  checkpoint: {
    kind: 'text',
    value: 'file',
    text: 'where it is kept how far the video is (default: beside the MP4, until it is finished)',
  },
  'send-again': {
    kind: 'switch',
    text: 'send the message again when it stayed unclear whether it arrived: it may be charged twice',
  },
} as const;

/** `nemovideo-sdk create`. */
export const create = command({
  name: 'create',
  summary: 'makes a video of files and a prompt',
  usage: '[files or folders…] -p <text> -o <file> [options]',
  about:
    'Uploads the files, sends the prompt, renders, and saves the MP4. Ended at any point (Ctrl-C, a crash), the same command\n' +
    'continues where it was: no message is paid for twice.',
  flags: CREATE,
  examples: [
    'photos/ -p "A promo for my bakery" -o promo.mp4 --duration 15 --aspect 9:16',
    '-p "The sea at night" -o sea.mp4 --music ambient --json',
  ],
  async run({ values, rest }, surroundings) {
    const { prompt, output, aspect, music, language } = values;
    const { nemo, signal } = surroundings;
    if (prompt === undefined) throw required('--prompt', 'a text', '-p "A promo for my bakery"');
    if (output === undefined) throw required('--output', 'the path of the MP4', '-o promo.mp4');
    const kept = values.checkpoint !== undefined;
    const { checkpoint, path } = checkpointAt(values.checkpoint ?? besides(output));
    const task = nemo.createVideo({
      prompt,
      ...(rest.length > 0 && { media: [...rest] }),
      download: output,
      duration: values.duration,
      aspectRatio: aspectOf(aspect),
      title: values.title,
      music: values['no-music'] ? false : music,
      output: { resolution: values.resolution, fps: values.fps },
      language,
      checkpoint,
      sendAgain: values['send-again'],
      signal,
    });
    return watch(task, { ...surroundings, checkpoint, path, kept });
  },
});

/** Answers the question of a video that waits for one, and continues it. */
export async function answerVideo(
  file: string,
  answers: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { checkpoint, path } = checkpointAt(file);
  const waiting = await checkpoint.store.load(checkpoint.id);
  const question = waiting?.snapshot.question;
  if (waiting === undefined || question === undefined) {
    throw new OptionError({
      field: '--checkpoint',
      accepted: 'the checkpoint of a video whose agent asked',
      hint:
        waiting === undefined
          ? `There is no file ${file}.`
          : 'Run `nemovideo-sdk create` again to continue it.',
    });
  }
  const task = surroundings.nemo.openVideo(waiting.snapshot, {
    answers: answersOf(question, answers),
    checkpoint,
    signal: surroundings.signal,
  });
  return watch(task, { ...surroundings, checkpoint, path, kept: true });
}

/** A checkpoint in one file. */
interface FileCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly path: string;
}

interface Watching extends Surroundings, FileCheckpoint {
  /** Whether the caller named the checkpoint, so that it outlives the video. */
  readonly kept: boolean;
}

/** Follows a video to its end, and reports it. */
async function watch(task: VideoTask, { output, checkpoint, path, kept }: Watching): Promise<number> {
  try {
    for await (const event of task) output.progress(event);
    const result = await task;
    if (!kept) await checkpoint.store.delete(checkpoint.id);
    output.result(result.path ?? result.url ?? '', summary(result));
    return EXIT.done;
  } catch (error) {
    if (error instanceof AwaitingInputError) {
      const { question } = error;
      output.question(
        question,
        `nemovideo-sdk answer --checkpoint ${quotedPath(path)} ${exampleAnswer(question)}`,
      );
      return EXIT.awaitingInput;
    }
    // Another prompt is another video; the same would end the same way.
    if (error instanceof NothingToExportError && !kept) await checkpoint.store.delete(checkpoint.id);
    return output.interrupted(
      error,
      'The same command continues where this one stopped; nothing is paid for twice.',
    );
  }
}

function summary({ timeline, ...result }: VideoResult): object {
  return { ...result, timeline: timeline.toString() };
}

function checkpointAt(path: string): FileCheckpoint {
  return { checkpoint: { store: fileCheckpoints(dirname(path)), id: basename(path) }, path };
}

/** `.promo.mp4.checkpoint` for `promo.mp4`. */
function besides(output: string): string {
  return join(dirname(output), `.${basename(output)}.checkpoint`);
}

const RATIOS = ['16:9', '9:16', '1:1'] as const;

function aspectOf(typed: string | undefined): (typeof RATIOS)[number] | undefined {
  const ratio = RATIOS.find((it) => it === typed);
  if (typed !== undefined && ratio === undefined)
    throw new OptionError({ field: '--aspect', accepted: `one of ${RATIOS.join(', ')}` });
  return ratio;
}

function required(field: string, accepted: string, example: string): OptionError {
  return new OptionError({ field, accepted, hint: `For example: ${example}` });
}
