import { describe, expect, it } from 'vitest';
import { checkExportOptions } from '../../src/session/session-options.js';

const check = (options: unknown) => () => checkExportOptions(options as never);

describe('the options of an export', () => {
  it.each([
    {},
    { id: undefined, output: undefined },
    { id: 'render_1', output: {}, onSubmit() {}, signal: new AbortController().signal },
    { output: { format: 'mp4', quality: 'high' } },
  ])('pass: %o', (options) => {
    expect(check(options)).not.toThrow();
  });

  it.each([
    [{ id: 5 }, 'id'],
    [{ id: '' }, 'id'],
    [{ id: '..' }, 'id'],
    [{ id: null }, 'id'],
    [{ output: 'mov' }, 'output'],
    [{ output: { fromat: 'mov' } }, 'output.fromat'],
    [{ output: { format: '' } }, 'output.format'],
    [{ output: { quality: 7 } }, 'output.quality'],
    [{ onSubmit: 'later' }, 'onSubmit'],
    [{ ouput: {} }, 'ouput'],
    [null, 'options'],
  ])('are refused by the name of what is wrong: %o', (options, field) => {
    expect(check(options)).toThrow(expect.objectContaining({ name: 'OptionError', field }));
  });
});
