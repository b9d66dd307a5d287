import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { platform } from '../../src/platform/node.js';

const [node = 'node'] = process.argv;

afterEach(() => {
  vi.restoreAllMocks();
});

/** As if the program had been started by `node <script>`. */
function startedBy(script: string | undefined): void {
  vi.spyOn(process, 'argv', 'get').mockReturnValue(script === undefined ? [node] : [node, script]);
}

describe('where the calling program is installed', () => {
  it('is the real path of its main script', async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'nemo-platform-')));
    await writeFile(join(folder, 'main.js'), '');
    await symlink(join(folder, 'main.js'), join(folder, 'bin'));
    startedBy(join(folder, 'bin'));
    expect(platform.installPath()).toBe(join(folder, 'main.js'));
    await rm(folder, { recursive: true });
  });

  it.each([undefined, '/nowhere/main.js'])('is the working folder for the main script %j', (script) => {
    startedBy(script);
    expect(platform.installPath()).toBe(process.cwd());
  });

  it('is not known when the working folder was removed, as by a release that follows', () => {
    startedBy('/nowhere/main.js');
    vi.spyOn(process, 'cwd').mockImplementation(() => {
      throw Object.assign(new Error('ENOENT: no such file or directory, uv_cwd'), { code: 'ENOENT' });
    });
    expect(platform.installPath()).toBeUndefined();
  });
});
