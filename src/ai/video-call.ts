import { checkFields, type Fields, OptionError } from '../errors/index.js';
import {
  ACCEPTED_MEDIA,
  type CreateVideoRequest,
  type MediaInput,
  type QuestionAnswers,
  type VideoSnapshot,
} from '../index.js';
import type { VideoCallOptions, VideoFile, VideoWarning } from './ai-contract.js';

/** `providerOptions.nemovideo` of a call. */
export interface NemoVideoProviderOptions {
  /** A text to show as the title. */
  readonly title?: string | undefined;
  /** Background music: yes, no, or a style. Default: what `generateAudio` says, else left to the agent. */
  readonly music?: boolean | string | undefined;
  /** The language of the session, as a BCP 47 tag. */
  readonly language?: string | undefined;
  /** A video that stopped, e.g. with a question (`error.snapshot`): it is continued, and the prompt of the call is not used. */
  readonly snapshot?: VideoSnapshot | undefined;
  /** The answers to the question that `snapshot` waits with. */
  readonly answers?: QuestionAnswers | undefined;
  /** Sends the message of `snapshot` again if it stays unclear whether it arrived. Costs credits again if it did. */
  readonly sendAgain?: boolean | undefined;
}

const OWN: Fields<NemoVideoProviderOptions> = {
  title: 'any',
  music: 'any',
  language: 'any',
  snapshot: 'object',
  answers: 'object',
  sendAgain: 'boolean',
};

const RATIOS = ['16:9', '9:16', '1:1'] as const;

/** A call as the client has it. */
export interface VideoCall {
  readonly request: CreateVideoRequest;
  readonly own: NemoVideoProviderOptions;
  readonly warnings: VideoWarning[];
}

/**
 * Translates a call: what the agent can be asked for becomes a wish, what it cannot a warning.
 * @throws OptionError for a wrong field of `providerOptions.nemovideo`.
 */
export function readCall(options: VideoCallOptions): VideoCall {
  const own: NemoVideoProviderOptions = Object(options.providerOptions.nemovideo);
  checkFields(own, OWN, 'providerOptions.nemovideo');
  if (own.answers !== undefined && own.snapshot === undefined) {
    throw new OptionError({
      field: 'providerOptions.nemovideo.answers',
      accepted: 'with the `snapshot` of the video that asked',
      hint: 'Pass `snapshot` too, or `onQuestion` to createNemoVideoProvider.',
    });
  }
  const warnings: VideoWarning[] = [];
  const warn = (type: VideoWarning['type'], feature: string, details: string): void => {
    warnings.push({ type, feature, details });
  };
  const { n, seed, fps, duration, generateAudio, webhookUrl } = options;
  if (n > 1) warn('unsupported', 'n', 'One video is made by a call; leave `maxVideosPerCall` out.');
  if (seed !== undefined) warn('unsupported', 'seed', 'The agent accepts no seed.');
  if (webhookUrl !== undefined) warn('unsupported', 'webhook', 'The service has no webhooks; poll instead.');
  if (generateAudio === false)
    warn('compatibility', 'generateAudio', 'No music is added; clips keep their own sound.');
  const { aspectRatio, resolution } = readPicture(options, warn);
  const media = mediaOf(options);
  const music = own.music ?? generateAudio;
  const request: CreateVideoRequest = {
    prompt: options.prompt?.trim() || defaultPrompt(media),
    ...(media.length > 0 && { media }),
    duration,
    aspectRatio,
    title: own.title,
    music,
    language: own.language,
    output: { resolution, fps },
  };
  return { request, own, warnings };
}

type Warn = (type: VideoWarning['type'], feature: string, details: string) => void;

/** The shape and size of the picture. */
function readPicture({ aspectRatio, resolution }: VideoCallOptions, warn: Warn) {
  const [width = 0, height = 0] = (resolution ?? '').split('x').map(Number);
  const ofResolution = RATIOS.find((ratio) => isOfRatio(width, height, ratio));
  const asked = RATIOS.find((ratio) => ratio === aspectRatio);
  if (aspectRatio === 'adaptive') warn('compatibility', 'aspectRatio', 'The agent chooses the shape.');
  else if (aspectRatio !== undefined && asked === undefined)
    warn('unsupported', 'aspectRatio', `${aspectRatio} is not one of ${RATIOS.join(', ')}.`);
  if (resolution === undefined) return { aspectRatio: asked };
  if (ofResolution === undefined || (asked !== undefined && asked !== ofResolution))
    warn('compatibility', 'resolution', `Rendered with ${Math.min(width, height)} lines in another shape.`);
  return { aspectRatio: asked ?? ofResolution, resolution: `${Math.min(width, height)}p` };
}

function isOfRatio(width: number, height: number, ratio: string): boolean {
  const [across = 1, down = 1] = ratio.split(':').map(Number);
  return width > 0 && width * down === height * across;
}

/** Pictures and clips, named by what they are for: the message to the agent names them. */
function mediaOf({ image, frameImages = [], inputReferences = [] }: VideoCallOptions): MediaInput[] {
  const frameOf = (type: string): VideoFile | undefined =>
    frameImages.find(({ frameType }) => frameType === type)?.image;
  // The AI SDK passes the first frame as `image`, too.
  const named: [string, VideoFile | undefined][] = [
    ['first-frame', frameOf('first_frame') ?? image],
    ['last-frame', frameOf('last_frame')],
    ...inputReferences.map((file, index): [string, VideoFile] => [`reference-${index + 1}`, file]),
  ];
  return named.flatMap(([name, file]) => (file === undefined ? [] : [inputOf(name, file)]));
}

function inputOf(name: string, file: VideoFile): MediaInput {
  if (file.type === 'url') return new URL(file.url);
  const [extension] = Object.entries(ACCEPTED_MEDIA).find(([, { mime }]) => mime === file.mediaType) ?? [];
  if (extension === undefined) {
    throw new OptionError({
      field: name,
      accepted: `of a media type that the service accepts, not ${file.mediaType}`,
      hint: 'Pass JPEG, PNG, GIF, WebP, MP4, MOV or WebM.',
    });
  }
  const { data } = file;
  const bytes = typeof data === 'string' ? Uint8Array.from(atob(data), (char) => char.charCodeAt(0)) : data;
  return { name: `${name}.${extension}`, data: bytes };
}

/** Without a prompt, `createVideo` refuses a call that has no media either. */
function defaultPrompt(media: readonly MediaInput[]): string {
  return media.length > 0 ? 'Make a video of this.' : '';
}
