import {
  type ErrorFacts,
  isNemoVideoError,
  NemoVideoError,
  putFacts,
  type ServiceFacts,
  say,
} from './base.js';

/** Facts of an {@link UnsupportedMediaError}. */
export interface UnsupportedMediaFacts extends ServiceFacts {
  /** The file's name. */
  readonly file?: string | undefined;
  /** What is wrong with it, e.g. `it is empty`, `its content is text`. */
  readonly reason?: string | undefined;
  /** Extensions that are accepted. */
  readonly accepted: readonly string[];
}

/** A file is of a type that the service does not take (code 4001), or is not what its name says. */
export class UnsupportedMediaError extends NemoVideoError {
  override readonly name = 'UnsupportedMediaError';
  /** The file's name. */
  declare readonly file: string | undefined;
  /** Extensions that are accepted, without a dot. */
  readonly accepted: readonly string[];
  readonly retryable = false;
  readonly hint: string;

  constructor(facts: UnsupportedMediaFacts) {
    const what = facts.file === undefined ? 'The media' : JSON.stringify(facts.file);
    super(say(`${what} cannot be used: ${facts.reason ?? 'its type is not supported'}`, facts), facts);
    putFacts(this, { file: facts.file });
    this.accepted = facts.accepted;
    this.hint = `Use a file whose content, not only its name, is one of ${facts.accepted.join(', ')}.`;
  }
}

/** Facts of a {@link MediaTooLargeError}. */
export interface MediaTooLargeFacts extends ServiceFacts {
  /** The file's name. */
  readonly file?: string | undefined;
  /** Its size in bytes, where known. */
  readonly sizeBytes?: number | undefined;
  /** The largest size that is accepted, in bytes. */
  readonly limitBytes: number;
}

/** A file is larger than the service takes (code 4002, HTTP 413). */
export class MediaTooLargeError extends NemoVideoError {
  override readonly name = 'MediaTooLargeError';
  /** The file's name. */
  declare readonly file: string | undefined;
  /** Its size in bytes, where known. */
  declare readonly sizeBytes: number | undefined;
  /** The largest size that is accepted, in bytes. */
  readonly limitBytes: number;
  readonly retryable = false;
  readonly hint = 'Trim the file or compress it, then upload it again.';

  constructor(facts: MediaTooLargeFacts) {
    const what = facts.file === undefined ? 'The media' : JSON.stringify(facts.file);
    const size = facts.sizeBytes === undefined ? '' : ` with ${megabytes(facts.sizeBytes)}`;
    super(
      say(`${what} is too large${size}: at most ${megabytes(facts.limitBytes)} are accepted`, facts),
      facts,
    );
    putFacts(this, { file: facts.file, sizeBytes: facts.sizeBytes });
    this.limitBytes = facts.limitBytes;
  }
}

function megabytes(bytes: number): string {
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}

/** Facts of a {@link MediaReadError}. */
export interface MediaReadFacts extends ErrorFacts {
  /** The file's name. */
  readonly file: string;
  /** What went wrong, e.g. `it changed while it was being read`. */
  readonly reason: string;
}

/** A file was accepted for upload, but could then not be read to its end, or changed meanwhile. */
export class MediaReadError extends NemoVideoError {
  override readonly name = 'MediaReadError';
  /** The file's name. */
  override readonly file: string;
  /** What went wrong. */
  readonly reason: string;
  readonly retryable = true;
  readonly hint = 'Upload it again when nothing writes to it or moves it any more.';

  constructor(facts: MediaReadFacts) {
    super(`${JSON.stringify(facts.file)} could not be uploaded: ${facts.reason}`, facts);
    this.file = facts.file;
    this.reason = facts.reason;
  }
}

/** What is known of an upload that failed. */
export interface UploadFailureFacts {
  /** The name of the file that failed. */
  readonly file?: string | undefined;
  /** Its place in the list that was given. */
  readonly index?: number | undefined;
  /** The files that are in the session. */
  readonly uploaded?: NemoVideoError['uploaded'];
}

/** Adds to an error of this library what is known of the upload that it ended. Returns the error. */
export function aboutUpload(error: unknown, { file, index, uploaded }: UploadFailureFacts): unknown {
  if (!isNemoVideoError(error)) return error;
  Object.assign(error, file === undefined ? {} : { file }, index === undefined ? {} : { index });
  // Not enumerable: a long list would fill a log.
  if (uploaded !== undefined)
    Object.defineProperty(error, 'uploaded', { value: uploaded, configurable: true });
  return error;
}
