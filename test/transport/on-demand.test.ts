import { describe, expect, it } from 'vitest';
import { onDemand } from '../../src/transport/index.js';

describe('a part of the library', () => {
  it('is loaded when it is first used, and once', async () => {
    let loads = 0;
    const part = onDemand(async () => {
      loads += 1;
      return { name: 'part' };
    });
    expect(loads).toBe(0);
    const [first, second] = await Promise.all([part(), part()]);
    expect(first).toBe(second);
    expect(await part()).toBe(first);
    expect(loads).toBe(1);
  });

  it('that cannot be loaded is told as a failure of the network that sent nothing, and is tried again', async () => {
    const answers = [() => Promise.reject(new TypeError('Failed to fetch module')), async () => 'here'];
    const part = onDemand(() => (answers.shift() ?? (async () => 'late'))());
    await expect(part()).rejects.toMatchObject({
      name: 'NetworkError',
      operation: 'load',
      sent: 'no',
      message: expect.stringContaining('a part of the library could not be loaded'),
    });
    expect(await part()).toBe('here');
  });
});
