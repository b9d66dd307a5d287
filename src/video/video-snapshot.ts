import {
  type AgentQuestion,
  checkSnapshot,
  isNemoVideoError,
  OptionError,
  putSnapshot,
  wrongSnapshot,
} from '../errors/index.js';
import { type RenderSnapshot, readRenderSnapshot } from '../render/index.js';
import { answerMessage, type QuestionAnswers, type RunSnapshot } from '../run/index.js';
import { readRunSnapshot } from '../run/run-snapshot.js';
import { readSessionSnapshot, type SessionSnapshot } from '../session/index.js';
import { fieldsOf, isObject, type RenderOutput } from '../wire/index.js';
import { readWishes, type VideoWishes } from './wishes.js';

/** A video in the making: plain JSON, without a token. `nemo.openVideo()` continues it in another process. */
export interface VideoSnapshot {
  /** The version of this format. */
  readonly version: 1;
  /** The client that made it. */
  readonly clientId?: string;
  readonly prompt: string;
  /** Length, shape, title and music, as they were wished for. */
  readonly wishes?: VideoWishes;
  readonly language?: string;
  readonly output: RenderOutput;
  /** Paths and addresses of the media; null for what JSON cannot contain; absent without media. */
  readonly media?: readonly (string | null)[];
  /** The path of the download; absent without one or when it is not a path. */
  readonly download?: string;
  /** Present as soon as the session exists. */
  readonly session?: SessionSnapshot;
  /** Whether all media is in the session. */
  readonly uploaded: boolean;
  /** The names of the uploaded files. */
  readonly files?: readonly string[];
  /** Present from just before a message leaves. */
  readonly run?: RunSnapshot;
  /** What the agent asked, while the video waits for the answer. */
  readonly question?: AgentQuestion;
  /** What the agent said; present when the run has ended. */
  readonly text?: string;
  /** Present from just before the render is submitted. */
  readonly render?: RenderSnapshot & { readonly submitted: boolean };
  /** Present when the video is finished. */
  readonly result?: FinishedVideo;
}

/** The part of a result that is not elsewhere in the snapshot. */
export interface FinishedVideo {
  /** The draft that was rendered. */
  readonly draft: unknown;
  readonly url?: string;
  readonly path?: string;
  readonly bytes?: number;
  readonly elapsedMs: number;
}

const MADE = 'the argument of `onCheckpoint`, or the value of `task.toJSON()`';

const isString = (value: unknown): value is string => typeof value === 'string';
const isListOf = (value: unknown, is: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(is);

/** What each plain field must be. */
const PLAIN: Readonly<Record<string, readonly [accepted: string, is: (value: unknown) => boolean]>> = {
  clientId: ['a string', isString],
  prompt: ['a string', isString],
  language: ['a string', isString],
  output: ['an object with `format` and `quality`', isOutput],
  media: [
    'a list of paths and addresses, null for other media',
    (value) => isListOf(value, (name) => name === null || isString(name)),
  ],
  download: ['a path', isString],
  uploaded: ['a boolean', (value) => typeof value === 'boolean'],
  files: ['a list of names', (value) => isListOf(value, isString)],
  text: ['a string', isString],
  result: ['the facts of a finished video', isFinished],
};

const REQUIRED: ReadonlySet<string> = new Set(['prompt', 'output', 'uploaded']);

/**
 * Checks a value that should be a snapshot of a video.
 * @throws {@link OptionError} naming the field.
 */
export function checkVideoSnapshot(snapshot: VideoSnapshot): VideoSnapshot {
  checkSnapshot(snapshot, MADE);
  const fields = fieldsOf(snapshot);
  for (const [field, [accepted, is]] of Object.entries(PLAIN)) {
    const value = fields[field];
    if (value === undefined ? REQUIRED.has(field) : !is(value))
      throw wrongSnapshot(`snapshot.${field}`, accepted, MADE);
  }
  const { wishes, session, run, question, render } = fields;
  if (wishes !== undefined) {
    if (!isObject(wishes)) throw wrongSnapshot('snapshot.wishes', 'an object', MADE);
    checkPart('wishes', () => readWishes(wishes, 'wishes.'));
  }
  if (session !== undefined) checkPart('session', () => readSessionSnapshot(session));
  if (run !== undefined) checkPart('run', () => readRunSnapshot(run));
  if (question !== undefined) checkPart('question', () => answerMessage(Object(question), {}));
  if (render !== undefined) {
    const { submitted } = fieldsOf(render);
    if (!isObject(render) || typeof submitted !== 'boolean')
      throw wrongSnapshot('snapshot.render', 'an object with `submitted`', MADE);
    checkPart('render', () => readRenderSnapshot(render));
  }
  return snapshot;
}

/** @throws {@link OptionError} when no question waits, or an answer fits none of it. */
export function checkAnswers({ question }: VideoSnapshot, answers: QuestionAnswers): void {
  if (question !== undefined) answerMessage(question, answers);
  else throw new OptionError({ field: 'answers', accepted: 'left out: the video waits for no answer' });
}

/** An error about a part names it within the whole. */
function checkPart(part: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw wrongSnapshot(error.field.replace(/^[^.]*/, `snapshot.${part}`), error.accepted, MADE);
  }
}

function isOutput(value: unknown): boolean {
  const { format, quality, resolution, fps } = fieldsOf(value);
  return (
    isString(format) &&
    isString(quality) &&
    (resolution === undefined || isString(resolution)) &&
    (fps === undefined || typeof fps === 'number')
  );
}

function isFinished(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { url, path, bytes, elapsedMs } = value;
  return (
    isObject(value.draft) &&
    (url === undefined || isString(url)) &&
    (path === undefined || isString(path)) &&
    (bytes === undefined || typeof bytes === 'number') &&
    typeof elapsedMs === 'number'
  );
}

/** Gives an error of a video the snapshot to continue from. That of a run stays usable by `nemo.runs.open()`. */
export function carrySnapshot<E>(error: E, snapshot: VideoSnapshot): E {
  if (!isNemoVideoError(error)) return error;
  const own = 'snapshot' in error ? fieldsOf(error.snapshot) : {};
  return putSnapshot(error, { ...own, ...snapshot });
}
