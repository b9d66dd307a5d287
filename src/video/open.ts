import { checkFields, type Fields, OptionError } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import { ensureDestination } from '../render/index.js';
import type { DownloadDestination, MediaInput } from '../session/index.js';
import { DEFAULT_OUTPUT } from '../wire/index.js';
import type { CreateVideoRequest, OpenVideoRequest, VideoServices } from './contract.js';
import { checkVideoSnapshot, type VideoSnapshot } from './snapshot.js';
import { VideoTask } from './task.js';

const CREATE_FIELDS: Fields<CreateVideoRequest> = {
  media: 'any',
  prompt: 'any',
  output: 'object',
  download: 'any',
  language: 'any',
  onCheckpoint: 'function',
  signal: 'signal',
};

const OPEN_FIELDS: Fields<OpenVideoRequest> = {
  media: 'any',
  download: 'any',
  onCheckpoint: 'function',
  sendAgain: 'boolean',
  signal: 'signal',
};

/**
 * A new video.
 * @throws {@link OptionError} for an empty prompt, an empty list of media, a `download` that is no destination, or a field that
 * there is not.
 */
export function createVideo(services: VideoServices, clock: Clock, request: CreateVideoRequest): VideoTask {
  checkFields(request, CREATE_FIELDS);
  const { prompt, media, download, language, output, onCheckpoint, signal } = request;
  if (typeof prompt !== 'string' || prompt.trim() === '') {
    throw new OptionError({ field: 'prompt', accepted: 'a string that is not empty' });
  }
  if (media !== undefined && (!Array.isArray(media) || media.length === 0)) {
    throw new OptionError({
      field: 'media',
      accepted: 'a list of at least one file',
      hint: 'Leave `media` out to make a video from words alone.',
    });
  }
  if (download !== undefined) ensureDestination(download, 'download');
  const start: VideoSnapshot = {
    version: 1,
    prompt,
    output: { ...DEFAULT_OUTPUT, ...output },
    uploaded: false,
    ...(language === undefined ? {} : { language }),
    ...(media === undefined ? {} : { media: media.map(nameOfMedia) }),
    ...(typeof download === 'string' ? { download } : {}),
  };
  return new VideoTask({ services, clock, start, media, download, sendAgain: false, onCheckpoint, signal });
}

/**
 * A video that another process began. It goes on with the first step that is not known to be done; nothing that
 * costs is done twice.
 * @throws {@link OptionError} when the snapshot is none, a field is none, `download` is no destination, or media is needed
 * again that it could not hold.
 */
export function openVideo(
  services: VideoServices,
  clock: Clock,
  snapshot: VideoSnapshot,
  request: OpenVideoRequest,
): VideoTask {
  checkFields(request, OPEN_FIELDS);
  const start = checkVideoSnapshot(snapshot);
  const { onCheckpoint, signal, sendAgain = false } = request;
  const download: DownloadDestination | undefined = request.download ?? start.download;
  if (download !== undefined) ensureDestination(download, 'download');
  const media = start.uploaded ? undefined : (request.media ?? mediaOf(start));
  return new VideoTask({ services, clock, start, media, download, sendAgain, onCheckpoint, signal });
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
      accepted: 'given again, because the snapshot cannot hold it',
      hint: 'Pass the same `media` to `nemo.openVideo(snapshot, { media })`.',
    });
  });
}
