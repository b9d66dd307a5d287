import { describe, expect, it } from 'vitest';
import { OptionError } from '../../src/errors/index.js';
import { asArgument, readCommand } from '../../src/local/command.js';
import { VERSION } from '../../src/version.js';

describe('the arguments of the program', () => {
  it('ask for help, which names every option, or for the version', () => {
    for (const args of [[], ['--help'], ['local', '-h']]) {
      const help = readCommand(args);
      for (const option of [
        '--port',
        '--host',
        '--dir',
        '--no-render',
        '--speed',
        '--seed',
        '--credits',
        '--plan',
        '--font',
        '--limits',
        '--allow-origin',
        '--fetch-from',
        '--verbose',
      ])
        expect(help).toContain(option);
    }
    expect(readCommand(['--version'])).toBe(`${VERSION}\n`);
  });

  it('have the documented defaults', () => {
    expect(readCommand(['local'])).toEqual({
      port: 8787,
      host: '127.0.0.1',
      verbose: false,
      backend: { speed: 20, seed: 1, credits: 10_000, fonts: [], plan: 'pro', fetchFrom: 'none' },
    });
  });

  it('become options of the backend', () => {
    const args =
      'local --port 0 --host ::1 --dir out --no-render --speed 5 --seed 7 --credits 50 --plan free --font a --font b ' +
      '--limits --allow-origin https://app.test --fetch-from any --verbose';
    expect(readCommand(args.split(' '))).toEqual({
      port: 0,
      host: '::1',
      verbose: true,
      backend: {
        render: 'off',
        speed: 5,
        seed: 7,
        credits: 50,
        fonts: ['a', 'b'],
        plan: 'free',
        dir: 'out',
        limits: true,
        allowOrigin: ['https://app.test'],
        fetchFrom: 'any',
      },
    });
  });

  it.each([
    [['cloud'], 'command'],
    [['local', 'more'], 'command'],
    [['local', '--port', 'many'], '--port'],
    [['local', '--speed', ''], '--speed'],
    [['local', '--plan', 'gold'], '--plan'],
    [['local', '--colour', 'red'], '--colour'],
    [['local', '-p', '80'], '-p'],
    [['local', '--port'], '--port'],
    [['local', '--dir', '--no-render'], '--dir'],
    [['local', '--no-render=yes'], '--no-render'],
    [['--port', '1'], 'command'],
  ])('%j is an option error that names what is wrong', (args, field) => {
    expect(() => readCommand(args)).toThrow(expect.objectContaining({ name: 'OptionError', field }));
  });

  it('that are misspelt are named with what was meant, and without words about positional arguments', () => {
    expect(() => readCommand(['local', '--prot', '80'])).toThrow(
      expect.objectContaining({
        field: '--prot',
        message: expect.not.stringContaining('positional'),
        hint: 'Did you mean `--port`?',
      }),
    );
  });

  it('may have a value that begins with a dash, where the spelling leaves no doubt', () => {
    expect(readCommand(['local', '--seed=-1'])).toMatchObject({ backend: { seed: -1 } });
    expect(() => readCommand(['local', '--seed', '-1'])).toThrow(
      expect.objectContaining({ field: '--seed', hint: 'Write --seed=-1 if that is the value.' }),
    );
  });

  it.each([
    ['port', '--port', 'Pass 5 as `--port`.'],
    ['fonts[1]', '--font', 'Pass 5 as `--font`.'],
    ['listen', 'listen', 'Pass 5 as `listen`.'],
  ])('name an option of the backend as it is typed: %s', (field, typed, hint) => {
    const error = new OptionError({ field, accepted: '5' });
    expect(asArgument(error)).toMatchObject({ field: typed, accepted: '5', hint });
  });
});
