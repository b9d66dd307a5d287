/**
 * The public API of `nemovideo-sdk`, by name.
 *
 * Deliberately kept inside: the transport class and its calls (their shapes follow ky and the service and may change),
 * the zod schemas (no type of a dependency appears in the declarations), the steps of a video, the poll loop and the
 * event decoder (reach them through `VideoTask`, `RenderJob` and `Run`).
 */

// The client
export { NemoVideo } from './client.js';
export type { CreditsResource, RendersResource, RunsResource, SessionsResource } from './client.js';
export type { CreditBalance } from './credits.js';
export { DEFAULTS } from './options.js';
export type { NemoVideoOptions, TimeoutOptions } from './options.js';
export { VERSION } from './version.js';

// The whole main job
export { VideoTask } from './video/index.js';
export type {
  CreateVideoRequest,
  OpenVideoRequest,
  VideoEvent,
  VideoPhase,
  VideoResult,
  VideoSnapshot,
} from './video/index.js';

// Renders
export { guidedSchedule, RenderJob } from './render/index.js';
export type {
  PollHistory,
  PollObservation,
  PollSchedule,
  RenderResult,
  RenderSnapshot,
  RenderStatus,
  RenderSubmission,
  RenderUpdate,
} from './render/index.js';

// Errors
export {
  AbortError,
  ApiError,
  AuthenticationError,
  ClientIdRequiredError,
  DownloadError,
  ExportNotAllowedError,
  InsufficientCreditsError,
  isAbortError,
  isNemoVideoError,
  MediaTooLargeError,
  NemoVideoError,
  NetworkError,
  NothingToExportError,
  OptionError,
  OutcomeUnknownError,
  RateLimitError,
  RenderCancelledError,
  RenderFailedError,
  RenderTimeoutError,
  ResponseFormatError,
  RunError,
  RunFailedError,
  RunInterruptedError,
  RunStalledError,
  SessionNotFoundError,
  TimeoutError,
  UnsupportedMediaError,
} from './errors/index.js';
export type { ErrorFacts, PollCounts, RunBaseline, RunSnapshot } from './errors/index.js';

// Who is asking
export { anonymousToken, memoryCredentials, staticToken } from './auth/index.js';
export type {
  AnonymousTokenOptions,
  AuthContext,
  AuthProvider,
  CredentialKey,
  CredentialStore,
  IssuedToken,
  StoredCredential,
} from './auth/index.js';

// Transport, as far as it is open
export type { AnswerFacts, ApiPromise, Attribution, Middleware, Operation, RequestInfo } from './transport/index.js';

// What the service takes
export { ACCEPTED_MEDIA, MAX_UPLOAD_BYTES } from './wire/index.js';
export type { MediaKind, RenderOutput } from './wire/index.js';

// The runtime
export type { Clock } from './platform/clock.js';
export { systemClock } from './platform/clock.js';
export type { Logger } from './platform/logger.js';

// The timeline
export { decodeDraft, encodeDraft, Timeline } from './draft/index.js';
