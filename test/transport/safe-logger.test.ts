import { inspect } from 'node:util';
import { expect, it, vi } from 'vitest';
import { silentLogger } from '../../src/platform/logger.js';
import { Anything, memoryLogger, SAFE, scripted } from './harness.js';

// Without the tap that the canary of all tests puts in.
const { safeLogger } = await vi.importActual<typeof import('../../src/transport/safe-logger.js')>(
  '../../src/transport/safe-logger.js',
);

it('says everything on its level, without credentials in message and facts', () => {
  const heard = memoryLogger();
  const logger = safeLogger(heard);
  const cause = new Error('Bearer abcdefgh was refused');
  logger.debug('got nmv_usr_1');
  logger.info('sent', { headers: { Authorization: 'Bearer abcdefgh' }, count: 2 });
  logger.warn('odd', { error: new Error('outer', { cause }) });
  logger.error('clm_abc', { list: ['nmv_usr_2'] });
  expect(heard.lines.map(({ level }) => level)).toEqual(['debug', 'info', 'warn', 'error']);
  const all = inspect(heard.lines, { depth: 10 });
  expect(all).not.toMatch(/nmv_usr|abcdefgh|clm_abc/);
  expect(heard.lines[1]?.facts).toMatchObject({ count: 2 });
});

it('calls the logger as a method, as console needs it', () => {
  class Counting {
    count = 0;
    debug() {
      this.count += 1;
    }
    info() {}
    warn() {}
    error() {}
  }
  const counting = new Counting();
  safeLogger(counting).debug('x');
  expect(counting.count).toBe(1);
});

it('wraps a logger once', () => {
  const heard = memoryLogger();
  const logger = safeLogger(heard);
  expect(safeLogger(heard)).toBe(logger);
  expect(safeLogger(logger)).toBe(logger);
  expect(safeLogger(silentLogger)).toBe(silentLogger);
});

it('survives a logger that throws or rejects: a call must not fail for it', async () => {
  const wrong = new Error('the disk is full');
  const logger = safeLogger({
    debug() {
      throw wrong;
    },
    info: () => Promise.reject(wrong),
    warn() {
      throw wrong;
    },
    error: async () => {
      throw wrong;
    },
  });
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    expect(() => logger[level]('something', { of: 'interest' })).not.toThrow();
  }
  // vitest fails a run with an unhandled rejection.
  await new Promise(setImmediate);
});

it('lets a call through whose logger throws', async () => {
  const throwing = () => {
    throw new Error('broken');
  };
  const { transport } = scripted([{ code: 0, data: { ok: true } }], {
    logger: { debug: throwing, info: throwing, warn: throwing, error: throwing },
  });
  expect((await transport.json(SAFE, Anything)).data).toEqual({ ok: true });
});
