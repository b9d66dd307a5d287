import { type ErrorFacts, NemoVideoError } from './base.js';

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
  readonly file: string;
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
