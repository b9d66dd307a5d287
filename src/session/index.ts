export type { DownloadDestination } from '../render/index.js';
export { contextOf, type SessionContext } from './context.js';
export { type CreateSessionOptions, createSession } from './create.js';
export {
  isMediaInput,
  isMediaList,
  MEDIA_INPUT_FORMS,
  type MediaBytes,
  type MediaInput,
  mediaFrom,
} from './media/media-input.js';
export type { ByteStream, MediaStream } from './media/media-source.js';
export type { ExportOptions, RunOptions } from './options.js';
export { Session } from './session.js';
export { readSessionSnapshot, type SessionSnapshot } from './snapshot.js';
export type { UploadOptions } from './upload/upload.js';
export type { UploadProgress } from './upload/upload-progress.js';
export type { UploadedMedia } from './upload/upload-request.js';
