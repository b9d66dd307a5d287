import { checkFields, type Fields, OptionError } from '../errors/index.js';
import type { RenderSubmission } from '../render/index.js';
import { isId, type OutputOptions, type RenderOutput } from '../wire/index.js';

/** How to export. */
export interface ExportOptions {
  /** An id that an earlier process may have submitted: the service is asked for it first. Default: a new one. */
  readonly id?: string | undefined;
  /**
   * Format and quality of the file. Default `{ format: 'mp4', quality: 'high' }`, the only output that the service
   * documents. The local backend also knows `quality: 'low'`.
   */
  readonly output?: OutputOptions | undefined;
  /** Awaited before each request that submits the render; a second time if that needs a new id. */
  readonly onSubmit?: ((submission: RenderSubmission) => void | Promise<void>) | undefined;
  /** Aborts the export, and later stops watching the job. */
  readonly signal?: AbortSignal | undefined;
}

const EXPORT_FIELDS: Fields<ExportOptions> = {
  id: 'string',
  output: 'object',
  onSubmit: 'function',
  signal: 'signal',
};

const OUTPUT_FIELDS: Fields<RenderOutput> = {
  format: 'string',
  quality: 'string',
  resolution: 'string',
  fps: 'any',
};

/**
 * Checks the options of an export: the service's reaction to a wrong one is unknown, and a render takes minutes.
 * @throws {@link OptionError} for the first one that is wrong, before anything is sent.
 */
export function checkExportOptions(options: ExportOptions): void {
  checkFields(options, EXPORT_FIELDS);
  const { id, output } = options;
  if (id !== undefined && !isId(id)) throw new OptionError({ field: 'id', accepted: 'the id of a render' });
  if (output !== undefined) checkOutput(output);
}

/**
 * Checks what a file should be like.
 * @throws {@link OptionError} for the first field that is wrong.
 */
export function checkOutput(output: OutputOptions): void {
  checkFields(output, OUTPUT_FIELDS, 'output');
  const { fps } = output;
  if (fps !== undefined && !(Number.isFinite(fps) && fps > 0))
    throw new OptionError({ field: 'output.fps', accepted: 'a positive number of frames per second' });
}
