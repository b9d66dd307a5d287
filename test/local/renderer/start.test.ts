import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { RenderCancelledError } from '../../../src/errors/render.js';
import { startRender } from '../../../src/local/renderer/start.js';
import { localProcess } from '../../support/local-processes.js';
import { base, segment, shows } from './support/drafts.js';
import { jobs } from './support/jobs.js';
import { isRunning, rendersOf } from './support/processes.js';

// Each render is two processes' worth of loading; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const { folder, job, endless } = jobs();

describe('startRender', () => {
  it('leaves nothing behind when it is cancelled: no file and no process', async () => {
    let cancelled: Promise<void> | undefined;
    const render = startRender(endless('cancelled.mp4'), {
      onProgress: () => {
        cancelled ??= render.cancel();
      },
    });
    await expect(render.done).rejects.toBeInstanceOf(RenderCancelledError);
    await cancelled;
    expect(readdirSync(folder).filter((name) => name.startsWith('cancelled'))).toEqual([]);
    expect(rendersOf(process.pid)).toEqual([]);
  });

  it('can be cancelled before its process has begun', async () => {
    const render = startRender(endless('early.mp4'));
    await render.cancel();
    await expect(render.done).rejects.toBeInstanceOf(RenderCancelledError);
    expect(readdirSync(folder).filter((name) => name.startsWith('early'))).toEqual([]);
  });

  it('names the picture that is damaged, and leaves no file', async () => {
    const { done } = startRender(job('torn.mp4', 1000, base(segment(0, 1000, shows('torn.png')))));
    await expect(done).rejects.toMatchObject({
      name: 'LocalRenderError',
      reason: 'media',
      file: 'torn.png',
      message: expect.stringContaining('it is damaged'),
      hint: expect.stringContaining('Upload'),
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('torn.mp4'))).toEqual([]);
  });

  it('reports a crash with the process’s last words, and leaves no file', async () => {
    let killed = false;
    const { done } = startRender(endless('crashed.mp4'), {
      onProgress: () => {
        if (!killed) for (const child of rendersOf(process.pid)) process.kill(child, 'SIGKILL');
        killed = true;
      },
    });
    await expect(done).rejects.toMatchObject({
      reason: 'crashed',
      retryable: true,
      message: expect.stringContaining('SIGKILL'),
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('crashed'))).toEqual([]);
  });

  it('ends with the process that wanted it, and cleans up after both', async () => {
    const parent = spawn(process.execPath, [localProcess('orphan')], {
      env: { ...process.env, RENDER_JOB: JSON.stringify(endless('orphan.mp4')) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    const children = rendersOf(parent.pid);
    expect(children).not.toEqual([]);
    expect(existsSync(join(folder, 'orphan.mp4.part.mp4'))).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(children.some(isRunning)).toBe(false), { timeout: 15_000 });
    expect(readdirSync(folder).filter((name) => name.startsWith('orphan'))).toEqual([]);
  });
});
