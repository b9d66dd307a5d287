export type {
  GeneratedVideo,
  JsonObject,
  JsonValue,
  NemoVideoTool,
  SchemaResult,
  StartedVideo,
  ToolSchema,
  VideoAnswer,
  VideoCallOptions,
  VideoFile,
  VideoStatusResult,
  VideoWarning,
} from './ai-contract.js';
export {
  type CreateVideoInput,
  type NemoVideoTools,
  type NemoVideoToolsOptions,
  nemovideoTools,
  type ToolFailure,
  type ToolVideo,
  type VideoTool,
} from './ai-tools.js';
export type { NemoVideoProviderOptions } from './video-call.js';
export type { NemoVideoModel } from './video-model.js';
export {
  createNemoVideoProvider,
  type NemoVideoProvider,
  type NemoVideoProviderSettings,
} from './video-provider.js';
