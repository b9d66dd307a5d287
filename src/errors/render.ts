import { type ErrorFacts, NemoVideoError, putFacts } from './base.js';
import { excerpt, printable, redact } from './redact.js';

/** Facts of a {@link NothingToExportError}. */
export interface NothingToExportFacts extends ErrorFacts {
  /** What the agent answered to the message that was to make the video. */
  readonly answer?: string | undefined;
}

/** No track of the draft has a segment, so there is nothing to export. Thrown before a byte is sent. */
export class NothingToExportError extends NemoVideoError {
  override readonly name = 'NothingToExportError';
  /** What the agent answered to the message that was to make the video (`createVideo`), without instructions for a screen. */
  declare readonly answer: string | undefined;
  readonly retryable = false;
  readonly hint: string;

  constructor(facts: NothingToExportFacts = {}) {
    const answer = facts.answer?.trim() || undefined;
    super(`There is nothing on the timeline to export${answer === undefined ? '' : said(answer)}`, facts);
    putFacts(this, { answer: answer && printable(redact(answer)) });
    this.hint =
      answer === undefined
        ? 'Upload media or ask for a video with `session.send()` first.'
        : 'Answer the agent, or say in other words what the video should show.';
  }
}

/** The most of the agent's words that a message repeats, in characters. */
const LONGEST_QUOTE = 300;

/** The agent's words in one line. */
function said(answer: string): string {
  return `; the agent said: “${excerpt(answer.replace(/\s+/g, ' '), LONGEST_QUOTE)}”`;
}

/** Facts of a {@link RenderFailedError}. */
export interface RenderFailedFacts extends ErrorFacts {
  /** What the service said about it. */
  readonly reason: string;
  /** What to do about it, where that is known. */
  readonly hint?: string | undefined;
}

/** The service reports that the render failed. */
export class RenderFailedError extends NemoVideoError {
  override readonly name = 'RenderFailedError';
  /** What the service said about it. */
  readonly reason: string;
  readonly retryable = true;
  readonly hint: string;

  constructor(facts: RenderFailedFacts) {
    super(`Render ${facts.renderId ?? ''} failed: ${facts.reason}`, facts);
    this.reason = printable(redact(facts.reason));
    const hint = facts.hint ?? 'Export again; if it fails again, change the draft (fewer or smaller clips).';
    this.hint = printable(redact(hint));
  }
}

/** The render was cancelled. */
export class RenderCancelledError extends NemoVideoError {
  override readonly name = 'RenderCancelledError';
  readonly retryable = true;
  readonly hint = 'Export again when the video is wanted after all.';

  constructor(facts: ErrorFacts = {}) {
    super(`Render ${facts.renderId ?? ''} was cancelled`, facts);
  }
}

/** What was seen while a render was polled. */
export interface PollCounts {
  /** Requests in all. */
  readonly requests: number;
  /** Answers by status, as the service wrote it. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Failures that were survived, by error class. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Facts of a {@link RenderTimeoutError}. */
export interface RenderTimeoutFacts extends ErrorFacts {
  /** The limit that ran out, in ms. */
  readonly limitMs: number;
  /** What polling saw. */
  readonly seen: PollCounts;
}

/** The render did not end within `timeouts.render`. It may still end: `nemo.renders.open(id)` resumes watching it. */
export class RenderTimeoutError extends NemoVideoError {
  override readonly name = 'RenderTimeoutError';
  /** What polling saw. */
  readonly seen: PollCounts;
  readonly retryable = true;
  readonly hint = 'Watch it again with `nemo.renders.open(id)`, or raise `timeouts.render`.';

  constructor(facts: RenderTimeoutFacts) {
    const list = (counts: Readonly<Record<string, number>>): string =>
      Object.entries(counts)
        .map(([name, count]) => `${name} ×${count}`)
        .join(', ') || 'none';
    super(
      `Render ${facts.renderId ?? ''} did not end within ${facts.limitMs} ms: ${facts.seen.requests} requests, ` +
        `statuses ${list(facts.seen.statuses)}, failures ${list(facts.seen.failures)}`,
      facts,
    );
    this.seen = facts.seen;
  }
}

/** Facts of a {@link DownloadError}. */
export interface DownloadFacts extends ErrorFacts {
  /** What went wrong, e.g. `the disk is full`. */
  readonly reason: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
  /** Whether the same call may succeed later. */
  readonly retryable?: boolean | undefined;
  /** Whether the next download continues with what has arrived. Default true. */
  readonly isResumable?: boolean | undefined;
}

/** The finished video could not be downloaded. A file that was at the destination is untouched. */
export class DownloadError extends NemoVideoError {
  override readonly name = 'DownloadError';
  readonly retryable: boolean;
  readonly hint: string;

  constructor(facts: DownloadFacts) {
    super(`Download failed: ${facts.reason}`, facts);
    this.retryable = facts.retryable ?? true;
    const resumes = facts.isResumable === false ? '' : ', and a partial file is resumed';
    this.hint = facts.hint ?? `Download again: the render is kept by the service${resumes}.`;
  }
}
