import { checkFields, type Fields, OptionError } from '../errors/index.js';
import { isId, type RenderOutput } from '../wire/index.js';
import type { ExportOptions } from './options.js';

const FIELDS: Fields<ExportOptions> = {
  id: 'string',
  output: 'object',
  onSubmit: 'function',
  signal: 'signal',
};

const OUTPUT_FIELDS: Fields<RenderOutput> = { format: 'string', quality: 'string' };

/**
 * Checks the options of an export: what the service would make of a wrong one is not known, and a render takes minutes.
 * @throws {@link OptionError} for the first one that is wrong. Nothing has been sent then.
 */
export function checkExportOptions(options: ExportOptions): void {
  checkFields(options, FIELDS);
  const { id, output } = options;
  if (id !== undefined && !isId(id)) throw new OptionError({ field: 'id', accepted: 'the id of a render' });
  if (output !== undefined) checkFields(output, OUTPUT_FIELDS, 'output');
}
