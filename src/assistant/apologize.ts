import {
  AuthenticationError,
  DownloadError,
  ExportNotAllowedError,
  InsufficientCreditsError,
  MediaReadError,
  MediaTooLargeError,
  type NemoVideoError,
  NetworkError,
  NothingToExportError,
  OptionError,
  OutcomeUnknownError,
  RateLimitError,
  RenderCancelledError,
  RenderFailedError,
  RenderTimeoutError,
  RunFailedError,
  RunInterruptedError,
  RunStalledError,
  SessionNotFoundError,
  TimeoutError,
  UnsupportedMediaError,
} from '../errors/index.js';
import { ACCEPTED_MEDIA, MAX_UPLOAD_BYTES, RATE_LIMIT_WAIT_MS } from '../wire/index.js';
import type { Catalogue, ErrorKind } from './catalogue.js';
import type { ErrorReply } from './reply.js';

type ErrorClass = abstract new (...args: never[]) => NemoVideoError;

/** The first that fits decides. */
const KINDS: readonly (readonly [ErrorClass, ErrorKind])[] = [
  [ExportNotAllowedError, 'exportNotAllowed'],
  [UnsupportedMediaError, 'unsupportedMedia'],
  [MediaTooLargeError, 'mediaTooLarge'],
  [MediaReadError, 'mediaChanged'],
  [OptionError, 'mediaMissing'],
  [NothingToExportError, 'nothingToExport'],
  [RenderFailedError, 'renderFailed'],
  [RenderCancelledError, 'renderFailed'],
  [RenderTimeoutError, 'renderTimeout'],
  [DownloadError, 'download'],
  [SessionNotFoundError, 'sessionGone'],
  [RateLimitError, 'rateLimit'],
  [RunStalledError, 'interrupted'],
  [RunInterruptedError, 'interrupted'],
  [OutcomeUnknownError, 'outcomeUnknown'],
  [RunFailedError, 'agentFailed'],
  [NetworkError, 'unreachable'],
  [TimeoutError, 'unreachable'],
];

/** An error as a person should hear it: what happened, and what to do next. */
export function apologize(error: NemoVideoError, words: Catalogue): ErrorReply {
  const text = words.errors[kindOf(error)]({
    file:
      error instanceof UnsupportedMediaError ||
      error instanceof MediaTooLargeError ||
      error instanceof MediaReadError
        ? error.file
        : undefined,
    formats: formatsOf(error),
    limit: megabytes(error instanceof MediaTooLargeError ? error.limitBytes : MAX_UPLOAD_BYTES),
    registerUrl: error instanceof InsufficientCreditsError ? error.registerUrl?.href : undefined,
    until: error instanceof AuthenticationError ? error.nextTokenAt && moment(error.nextTokenAt) : undefined,
    waitSeconds: Math.ceil(
      ((error instanceof RateLimitError ? error.retryAfterMs : undefined) ?? RATE_LIMIT_WAIT_MS) / 1000,
    ),
  });
  return { type: 'error', text, error };
}

function kindOf(error: NemoVideoError): ErrorKind {
  if (error instanceof InsufficientCreditsError)
    return error.registerUrl === undefined ? 'credits' : 'creditsAnonymous';
  if (error instanceof AuthenticationError)
    return error.nextTokenAt === undefined ? 'authentication' : 'tokenLater';
  return KINDS.find(([kind]) => error instanceof kind)?.[1] ?? 'other';
}

function formatsOf(error: NemoVideoError): string[] {
  const accepted = error instanceof UnsupportedMediaError ? error.accepted : Object.keys(ACCEPTED_MEDIA);
  return accepted.map((extension) => extension.toUpperCase());
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}

/** `2026-01-08 09:30 UTC` */
function moment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
