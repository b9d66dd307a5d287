import { NemoVideoError } from '../../errors/base.js';

/**
 * Why a render failed.
 *
 * - `peers`: the packages that render are not installed
 * - `draft`: the draft is not one that this renderer understands
 * - `media`: an upload is missing or damaged
 * - `font`: a file of the `fonts` option cannot be used
 * - `crashed`: the process that renders ended unasked
 */
export type RenderFailureReason = 'peers' | 'draft' | 'media' | 'font' | 'crashed';

/** Facts of a {@link LocalRenderError}. Plain JSON, for they travel between processes. */
export interface RenderFailure {
  reason: RenderFailureReason;
  /** What is wrong, as part of a sentence. */
  problem: string;
  /** The name of the file that is to blame. */
  file?: string | undefined;
  /** The last that the rendering process wrote to stderr. */
  stderr?: readonly string[] | undefined;
}

const HINTS: Readonly<Record<RenderFailureReason, string>> = {
  peers: 'Install both packages, or create the backend with `render: "off"`.',
  draft: 'Send the draft as the backend gave it.',
  media: 'Upload the file again.',
  font: 'Pass a .woff2, .woff, .ttf or .otf file.',
  crashed: 'Export again; if it fails again, `stderr` says what the renderer saw.',
};

/** A render of the local backend failed. */
export class LocalRenderError extends NemoVideoError {
  override readonly name = 'LocalRenderError';
  readonly reason: RenderFailureReason;
  /** The name of the file that is to blame, if one is. */
  override readonly file: string | undefined;
  /** The last that the rendering process wrote to stderr, line by line. */
  readonly stderr: readonly string[];
  readonly retryable: boolean;
  readonly hint: string;

  constructor(failure: RenderFailure, cause?: unknown) {
    const subject = failure.file === undefined ? '' : `${JSON.stringify(failure.file)}: `;
    const last = failure.reason === 'crashed' ? failure.stderr?.at(-1) : undefined;
    super(`Rendering failed: ${subject}${failure.problem}${last === undefined ? '' : ` (${last})`}`, {
      cause,
    });
    this.reason = failure.reason;
    this.file = failure.file;
    this.stderr = failure.stderr ?? [];
    this.retryable = failure.reason === 'crashed';
    this.hint = HINTS[failure.reason];
    this.#failure = failure;
  }

  readonly #failure: RenderFailure;

  /** The facts again, to be sent to another process. */
  override toJSON(): RenderFailure {
    return this.#failure;
  }
}

/** Anything thrown while rendering, as facts that can be sent. */
export function asRenderFailure(error: unknown): RenderFailure {
  if (error instanceof LocalRenderError) return error.toJSON();
  return { reason: 'crashed', problem: error instanceof Error ? error.message : String(error) };
}
