import { describe, expect, it } from 'vitest';
import { readCommand } from '../../src/local/command.js';
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
      ])
        expect(help).toContain(option);
    }
    expect(readCommand(['--version'])).toBe(`${VERSION}\n`);
  });

  it('have the documented defaults', () => {
    expect(readCommand(['local'])).toEqual({
      port: 8787,
      host: '127.0.0.1',
      backend: { render: 'video', speed: 20, seed: 1, credits: 10_000, fonts: [], plan: 'pro' },
    });
  });

  it('become options of the backend', () => {
    const args =
      'local --port 0 --host ::1 --dir out --no-render --speed 5 --seed 7 --credits 50 --plan free --font a --font b';
    expect(readCommand(args.split(' '))).toEqual({
      port: 0,
      host: '::1',
      backend: { render: 'off', speed: 5, seed: 7, credits: 50, fonts: ['a', 'b'], plan: 'free', dir: 'out' },
    });
  });

  it.each([
    [['cloud'], 'command'],
    [['local', 'more'], 'command'],
    [['local', '--port', 'many'], '--port'],
    [['local', '--speed', ''], '--speed'],
    [['local', '--plan', 'gold'], '--plan'],
    [['local', '--colour', 'red'], 'arguments'],
    [['--port', '1'], 'command'],
  ])('%j is an option error that names what is wrong', (args, field) => {
    expect(() => readCommand(args)).toThrow(expect.objectContaining({ name: 'OptionError', field }));
  });
});
