/**
 * The public API of `nemovideo-sdk`, by name.
 *
 * Deliberately kept inside: the transport class and its calls (their shapes follow ky and the service and may change),
 * the zod schemas (no type of a dependency appears in the declarations), the steps of a video, the poll loop and the
 * event decoder (reach them through `VideoTask`, `RenderJob` and `Run`).
 */

export type {
  CallOptions,
  CreatedToken,
  CreateTokenOptions,
  CreditBalance,
  TokenInfo,
  TokenScope,
  TokensResource,
} from './account.js';
export type {
  AssistantOptions,
  AssistantReply,
  AssistantSnapshot,
  Catalogue,
  Connect,
  ConnectRequest,
  CreditsReply,
  DeliveredFile,
  Downloads,
  ErrorKind,
  ErrorReply,
  ErrorWords,
  FileReply,
  Intent,
  IntentClause,
  IntentExplanation,
  IntentOptions,
  IntentRule,
  IntentStep,
  OpenQuestion,
  ProgressReply,
  QuestionReply,
  QuestionWords,
  SayOptions,
  StatusReply,
  SuggestionReply,
  TextReply,
  TimelineReply,
  TipKind,
  TipReply,
} from './assistant/index.js';
// The chat skill
export { Assistant, CHINESE, ENGLISH, explainIntent, routeIntent } from './assistant/index.js';
export type {
  AnonymousTokenOptions,
  AuthContext,
  AuthProvider,
  CredentialKey,
  CredentialStore,
  IssuedToken,
  StoredCredential,
} from './auth/index.js';
// Who is asking
export { anonymousToken, memoryCredentials, staticToken } from './auth/index.js';
export type { CreditsResource, RendersResource, RunsResource, SessionsResource } from './client.js';
// The client
export { NemoVideo } from './client.js';
export type {
  AnsiOptions,
  Change,
  ChangedField,
  ChangeType,
  DecodeOptions,
  Draft,
  DraftExtra,
  DraftField,
  DraftKeys,
  DraftNode,
  DraftSegment,
  DraftTrack,
  LanguageOptions,
  Moment,
  PlacedSegment,
  SegmentChange,
  Span,
  SvgOptions,
  Theme,
  TimelineChange,
  TimelineSegment,
  TrackChange,
  TrackKind,
  TrackRole,
  WholeChange,
} from './draft/index.js';
// The timeline
export {
  DRAFT_KEYS,
  decodeDraft,
  describeChanges,
  diffTimelines,
  encodeDraft,
  Timeline,
  TimelineTrack,
  timelineANSI,
  timelineSVG,
} from './draft/index.js';
export type {
  AgentQuestion,
  PollCounts,
  RunBaseline,
  RunSnapshot,
} from './errors/index.js';
// Errors
export {
  AbortError,
  ApiError,
  AuthenticationError,
  AwaitingInputError,
  CheckpointConflictError,
  ClientIdRequiredError,
  DownloadError,
  ExportNotAllowedError,
  InsufficientCreditsError,
  isAbortError,
  isNemoVideoError,
  MediaReadError,
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
  SessionBusyError,
  SessionNotFoundError,
  TimeoutError,
  UnsupportedMediaError,
} from './errors/index.js';
export type { AttributionOptions, NemoVideoOptions, TimeoutOptions } from './options/client-options.js';
export { DEFAULTS } from './options/client-options.js';
// The runtime
export type { Clock } from './platform/clock.js';
export { systemClock } from './platform/clock.js';
export type { Logger } from './platform/logger.js';
export type {
  DownloadDestination,
  DownloadOptions,
  DownloadProgress,
  DownloadResult,
  PollHistory,
  PollObservation,
  PollSchedule,
  RenderResult,
  RenderSnapshot,
  RenderStatus,
  RenderSubmission,
  RenderUpdate,
} from './render/index.js';
// Renders
export { guidedSchedule, RenderJob } from './render/index.js';
export type {
  ActionEvent,
  ActionKind,
  GuiAction,
  GuiTranslation,
  HeartbeatEvent,
  QuestionAnswers,
  QuestionEvent,
  RecoveringEvent,
  RunEvent,
  RunOptions,
  RunResult,
  RunTimeouts,
  RunUsage,
  SessionMedia,
  SessionState,
  StillWorkingEvent,
  TextEvent,
  TimelineEvent,
  TimelineStage,
  ToolCall,
  ToolCallEvent,
  ToolResultEvent,
  UnknownEvent,
} from './run/index.js';
// Runs
export { Run, translateGui } from './run/index.js';
export type {
  ByteStream,
  CreateSessionOptions,
  ExportOptions,
  MediaBytes,
  MediaInput,
  MediaStream,
  SessionSnapshot,
  UploadedMedia,
  UploadOptions,
  UploadProgress,
} from './session/index.js';
// Sessions
export { mediaFrom, Session } from './session/index.js';
export type { TaskStatus } from './task/index.js';
export type {
  Answer,
  AnswerFacts,
  ApiPromise,
  Attribution,
  Middleware,
  Operation,
  RequestInfo,
  RetryInfo,
} from './transport/index.js';
// Transport, as far as it is open
export { attributionFromSkill } from './transport/index.js';
export { VERSION } from './version.js';
export type {
  Checkpoint,
  CheckpointStore,
  CreateVideoRequest,
  DurableVideo,
  FinishedVideo,
  OpenVideoRequest,
  SavedVideoResult,
  VideoCallbacks,
  VideoClient,
  VideoContinuation,
  VideoEvent,
  VideoPhase,
  VideoResult,
  VideoSnapshot,
  VideoStep,
  VideoWishes,
} from './video/index.js';
// The whole main job
export { advanceVideo, fileCheckpoints, memoryCheckpoints, runVideo, VideoTask } from './video/index.js';
export type { ExactNumber, MediaKind, OutputOptions, RenderOutput } from './wire/index.js';
// What the service accepts, and JSON with every number as it came
export { ACCEPTED_MEDIA, isExactNumber, MAX_UPLOAD_BYTES, parseExact, stringifyExact } from './wire/index.js';
