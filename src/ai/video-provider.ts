import { checkFields, type Fields } from '../errors/index.js';
import { type NemoVideo, OptionError, type VideoCallbacks } from '../index.js';
import { NemoVideoModel } from './video-model.js';

/** The agent of the service. */
const AGENT = 'nemo_agent';

/** Options of {@link createNemoVideoProvider}. */
export interface NemoVideoProviderSettings extends Pick<VideoCallbacks, 'onProgress' | 'onQuestion'> {
  /** Makes the videos. Its account pays for them. */
  readonly client: NemoVideo;
}

const SETTINGS: Fields<NemoVideoProviderSettings> = {
  client: 'object',
  onProgress: 'function',
  onQuestion: 'function',
};

/** A provider of the AI SDK. */
export interface NemoVideoProvider {
  /** Of the interface of a provider. */
  readonly specificationVersion: 'v4';
  /**
   * The agent as a video model, for `experimental_generateVideo` and `experimental_startVideo`.
   * @throws OptionError for another model than `nemo_agent`.
   */
  video(modelId: 'nemo_agent'): NemoVideoModel;
  /** As `video`, under the name by which a registry of the AI SDK asks. */
  videoModel(modelId: string): NemoVideoModel;
  /** @throws OptionError always: there are only videos. */
  languageModel(modelId: string): never;
  /** @throws OptionError always: there are only videos. */
  embeddingModel(modelId: string): never;
  /** @throws OptionError always: there are only videos. */
  imageModel(modelId: string): never;
}

/**
 * The service as a provider of the AI SDK (`ai` 7, Node ≥ 22).
 *
 * @example
 * const nemovideo = createNemoVideoProvider({ client: new NemoVideo() });
 * const { video } = await experimental_generateVideo({
 *   model: nemovideo.video('nemo_agent'),
 *   prompt: 'A calm video of the sea',
 *   duration: 10,
 * });
 * @throws OptionError for a wrong setting.
 */
export function createNemoVideoProvider(settings: NemoVideoProviderSettings): NemoVideoProvider {
  checkFields(settings, SETTINGS);
  if (typeof settings.client?.createVideo !== 'function')
    throw new OptionError({ field: 'client', accepted: 'a client: `new NemoVideo()`' });
  // One, so that every `video()` knows the videos that are being made.
  const agent = new NemoVideoModel(AGENT, settings);
  const videoModel = (modelId: string): NemoVideoModel => {
    if (modelId === AGENT) return agent;
    throw new OptionError({ field: 'modelId', accepted: `'${AGENT}'` });
  };
  const onlyVideos = (): never => {
    throw new OptionError({ field: 'model', accepted: `a video model: provider.video('${AGENT}')` });
  };
  return {
    specificationVersion: 'v4',
    video: videoModel,
    videoModel,
    languageModel: onlyVideos,
    embeddingModel: onlyVideos,
    imageModel: onlyVideos,
  };
}
