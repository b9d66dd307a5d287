import { checkFields, type Fields } from '../errors/index.js';
import {
  type AgentQuestion,
  type CreateVideoRequest,
  OptionError,
  type QuestionAnswers,
  type VideoPhase,
  type VideoSnapshot,
} from '../index.js';

/** A request that can be stored in a queue: files by path or address, and no callbacks. */
export type QueuedRequest = Omit<
  CreateVideoRequest,
  | 'media'
  | 'download'
  | 'onProgress'
  | 'onQuestion'
  | 'onCheckpoint'
  | 'checkpoint'
  | 'signal'
  | 'sendAgain'
  | 'answers'
> & {
  /** Paths and addresses that every worker can read; a folder stands for its files. */
  readonly media?: string | readonly string[] | undefined;
  /** Where the worker saves the MP4. Default: the worker's `folder`, if it has one. */
  readonly download?: string | undefined;
};

/** Why a job waits for a person. */
export type Parked =
  /** The agent asked: `queue.answer(id, answers)`. */
  | { readonly kind: 'question'; readonly question: AgentQuestion }
  /**
   * The message may have been sent, and its outcome is not known: `queue.retry(id)` looks again, `queue.sendAgain(id)` sends
   * it again, if a second charge is acceptable.
   */
  | { readonly kind: 'unclear'; readonly reason: string }
  /** The budget of the queue is spent: `queue.setBudget(credits)`. */
  | { readonly kind: 'budget' };

/** What a job is stored with. */
export interface VideoJobData {
  /** The id of the video and of its checkpoint. */
  readonly id: string;
  readonly request: QueuedRequest;
  /** Why it waits for a person. Dropped by the worker that continues it. */
  readonly parked?: Parked | undefined;
  /** The answers to one question: if the agent has asked another since, they are not for that. */
  readonly answered?: { readonly question: AgentQuestion; readonly answers: QuestionAnswers } | undefined;
  /** `sentAt` of the message that may be sent once more: the permission is for that one, and for no later one. */
  readonly sendAgain?: number | undefined;
}

/** A finished video, as a queue keeps it. */
export interface QueuedResult {
  readonly sessionId: string;
  readonly renderId: string;
  /** What the agent said. */
  readonly text: string;
  /** The timeline in words. */
  readonly timeline: string;
  readonly url?: string | undefined;
  readonly path?: string | undefined;
  readonly bytes?: number | undefined;
  /** How long each step took in the worker that finished it, in ms. */
  readonly stepMs: Readonly<Partial<Record<VideoPhase, number>>>;
}

/** What `job.progress` of BullMQ is. */
export interface QueuedProgress {
  readonly phase: VideoPhase;
  readonly percent: number;
  readonly message: string;
}

const REQUEST_FIELDS: Fields<QueuedRequest> = {
  prompt: 'string',
  media: 'any',
  duration: 'any',
  aspectRatio: 'any',
  title: 'any',
  music: 'any',
  download: 'string',
  output: 'object',
  language: 'string',
};

/**
 * Checks what can be checked without the files.
 * @throws OptionError naming the field.
 */
export function checkJob(id: string, request: QueuedRequest): void {
  if (typeof id !== 'string' || id.trim() === '')
    throw new OptionError({ field: 'id', accepted: 'a text that is not empty' });
  checkFields(request, REQUEST_FIELDS, 'request');
  const { media } = request;
  const list = media === undefined || typeof media === 'string' ? [] : media;
  if (!Array.isArray(list) || list.some((it) => typeof it !== 'string')) {
    throw new OptionError({ field: 'request.media', accepted: 'a path or an address, or a list of them' });
  }
}

/** Whether a message of a video may have been sent, and so charged. */
export function mayHaveSent(kept: VideoSnapshot | undefined): boolean {
  return kept?.run !== undefined || kept?.text !== undefined || kept?.question !== undefined;
}

/** The id of the job in BullMQ, which takes neither numbers nor colons, and keeps jobs beside lists of fixed names. */
export function jobIdOf(id: string): string {
  return `video-${encodeURIComponent(id)}`;
}

/** The names of what a queue keeps in Redis beside what BullMQ keeps. */
export function keysOf(name: string) {
  const key = (part: string): string => `nemovideo:${name}:${part}`;
  return {
    /** Hashes: what the keys of checkpoints begin with. */
    checkpoints: key('checkpoint:'),
    /** Set: ids of parked jobs. */
    parked: key('parked'),
    /** Text: the credits that the queue may spend. */
    budget: key('budget'),
    /** Set: ids of jobs whose cost is reserved. */
    reserved: key('reserved'),
    /** Hash: `<phase>:count` and `<phase>:ms`. */
    steps: key('steps'),
    /** Set: ids of jobs that were cancelled while a worker had them. */
    cancelled: key('cancelled'),
    /** Channel: the same ids, as it happens. */
    cancel: key('cancel'),
  };
}

/** The default name of a queue. */
export const DEFAULT_NAME = 'nemovideo';
