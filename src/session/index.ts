export type { DownloadDestination } from '../render/index.js';
export { contextOf, type SessionContext } from './context.js';
export { type CreateSessionOptions, createSession } from './create.js';
export { mediaFrom } from './media/folder.js';
export {
  type ByteStream,
  isMediaInput,
  isMediaList,
  MEDIA_INPUT_FORMS,
  type MediaBytes,
  type MediaInput,
  type MediaStream,
} from './media/input.js';
export type { ExportOptions, RunOptions } from './options.js';
export { Session } from './session.js';
export { readSessionSnapshot, type SessionSnapshot } from './snapshot.js';
export type { UploadProgress } from './upload/progress.js';
export type { UploadOptions } from './upload/upload.js';
export type { UploadedMedia } from './upload/uploaded.js';
