export type { DownloadDestination } from '../render/index.js';
export { type CreateSessionOptions, createSession } from './create-session.js';
export {
  isMediaInput,
  isMediaList,
  MEDIA_INPUT_FORMS,
  type MediaBytes,
  type MediaInput,
  mediaFrom,
} from './media/media-input.js';
export type { ByteStream, MediaStream } from './media/media-source.js';
export { Session } from './session.js';
export type { SessionContext } from './session-context.js';
export type { ExportOptions } from './session-options.js';
export { readSessionSnapshot, type SessionSnapshot } from './session-snapshot.js';
export type { UploadOptions } from './upload/upload.js';
export type { UploadProgress } from './upload/upload-progress.js';
export type { UploadedMedia } from './upload/upload-request.js';
