import { checkFields, type Fields, OptionError } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import { ensureDestination } from '../render/index.js';
import { isMediaInput, isMediaList, MEDIA_INPUT_FORMS, type MediaInput } from '../session/index.js';
import { checkOutput } from '../session/session-options.js';
import { outputOf } from '../wire/index.js';
import type { Checkpoint } from './checkpoints.js';
import type { CreateVideoRequest, OpenVideoRequest, VideoResult, VideoServices } from './video-request.js';
import { checkAnswers, checkVideoSnapshot, type VideoSnapshot } from './video-snapshot.js';
import { VideoTask, type VideoTaskFacts } from './video-task.js';
import { readWishes, WISH_FIELDS } from './wishes.js';

const OPEN_FIELDS: Fields<OpenVideoRequest> = {
  media: 'any',
  download: 'any',
  onProgress: 'function',
  onQuestion: 'function',
  onCheckpoint: 'function',
  checkpoint: 'object',
  answers: 'object',
  sendAgain: 'boolean',
  signal: 'signal',
};

// A pure call, because a bundler keeps an object that spreads another.
const CREATE_FIELDS: Fields<CreateVideoRequest> = /* @__PURE__ */ (() => ({
  prompt: 'any',
  ...WISH_FIELDS,
  ...OPEN_FIELDS,
  output: 'object',
  language: 'string',
}))();

const CHECKPOINT_FIELDS: Fields<Checkpoint> = { store: 'object', id: 'string' };

/**
 * A new video, or with `checkpoint` the one that is kept under its id.
 * @throws {@link OptionError} for an invalid field; nothing has been sent then.
 */
export function createVideo(services: VideoServices, clock: Clock, request: CreateVideoRequest): VideoTask {
  checkFields(request, CREATE_FIELDS);
  const { prompt, download, language, output = {} } = request;
  if (typeof prompt !== 'string' || prompt.trim() === '') {
    throw new OptionError({ field: 'prompt', accepted: 'a string that is not empty' });
  }
  checkOutput(output);
  const media = readMedia(request.media);
  const wishes = readWishes(request);
  const start: VideoSnapshot = {
    version: 1,
    prompt,
    ...(Object.keys(wishes).length === 0 ? {} : { wishes }),
    output: outputOf(output),
    uploaded: false,
    ...(language === undefined ? {} : { language }),
    ...(media === undefined ? {} : { media: media.map(nameOfMedia) }),
    ...(typeof download === 'string' ? { download } : {}),
  };
  return taskOf({ services, clock, start, media, download, isNew: true }, request);
}

/**
 * A video that another process began. It continues with the first step that is not known to be done; nothing that
 * costs is done twice.
 * @throws {@link OptionError} for an invalid snapshot or field, or for media that must be passed again.
 */
export function openVideo(
  services: VideoServices,
  clock: Clock,
  snapshot: VideoSnapshot,
  request: OpenVideoRequest,
): VideoTask {
  checkFields(request, OPEN_FIELDS);
  const start = checkVideoSnapshot(snapshot);
  const given = readMedia(request.media);
  const media = start.uploaded ? undefined : (given ?? mediaOf(start));
  const download = request.download ?? start.download;
  return taskOf({ services, clock, start, media, download, isNew: false }, request);
}

type Beginning = Pick<
  VideoTaskFacts<VideoResult>,
  'services' | 'clock' | 'start' | 'media' | 'download' | 'isNew'
>;

/** The task, with what both kinds of request have in common. */
function taskOf(beginning: Beginning, request: OpenVideoRequest): VideoTask {
  const { start, download, isNew } = beginning;
  const { checkpoint, answers, sendAgain = false, onProgress, onQuestion, onCheckpoint, signal } = request;
  if (download !== undefined) ensureDestination(download, 'download');
  if (checkpoint !== undefined) checkCheckpoint(checkpoint);
  // Of a new request with a checkpoint, what is kept there decides.
  if (answers !== undefined && !(isNew && checkpoint !== undefined)) checkAnswers(start, answers);
  return new VideoTask({
    ...beginning,
    ...{ onProgress, onQuestion, onCheckpoint, signal },
    ...{ checkpoint, answers, sendAgain },
    finish: (result) => result,
  });
}

/** One input or a list, as a list. What a file contains is checked before the upload. */
function readMedia(media: MediaInput | readonly MediaInput[] | undefined): readonly MediaInput[] | undefined {
  if (media === undefined) return undefined;
  const list = isMediaList(media) ? media : [media];
  if (list.length === 0) {
    throw new OptionError({
      field: 'media',
      accepted: 'a list of at least one file',
      hint: 'Leave `media` out to make a video from words alone.',
    });
  }
  const wrong = list.findIndex((input) => !isMediaInput(input));
  if (wrong < 0) return list;
  throw new OptionError({
    field: isMediaList(media) ? `media[${wrong}]` : 'media',
    accepted: `${MEDIA_INPUT_FORMS}, or a list of them`,
  });
}

function checkCheckpoint(checkpoint: Checkpoint): void {
  checkFields(checkpoint, CHECKPOINT_FIELDS, 'checkpoint');
  const { store, id } = checkpoint;
  if (id === undefined)
    throw new OptionError({ field: 'checkpoint.id', accepted: 'a string that is not empty' });
  if (typeof store?.load !== 'function' || typeof store.save !== 'function') {
    throw new OptionError({
      field: 'checkpoint.store',
      accepted: 'a CheckpointStore',
      hint: 'Pass `fileCheckpoints(folder)`, `memoryCheckpoints()`, or your own.',
    });
  }
}

function nameOfMedia(media: MediaInput): string | null {
  if (typeof media === 'string') return media;
  return media instanceof URL ? media.href : null;
}

function mediaOf(snapshot: VideoSnapshot): readonly string[] | undefined {
  return snapshot.media?.map((name, index) => {
    if (name !== null) return name;
    throw new OptionError({
      field: `media[${index}]`,
      accepted: 'passed again, because the snapshot cannot contain it',
      hint: 'Pass the same `media` to `nemo.openVideo(snapshot, { media })`.',
    });
  });
}
