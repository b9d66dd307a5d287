import { expect, it, vi } from 'vitest';
import { NemoVideo } from '../../../src/index.js';
import { createLocalBackend } from '../../../src/local/index.js';

vi.mock('node-av', () => {
  throw new Error("Cannot find package 'node-av'");
});

it('a backend that is asked for videos by name is refused where the packages that render are missing', async () => {
  await expect(createLocalBackend({ render: 'video' })).rejects.toMatchObject({
    name: 'OptionError',
    field: 'render',
    hint: expect.stringContaining('npm install node-av@'),
  });
});

it('one that is not does everything else, and a render says what to install, not to export again', async () => {
  await using backend = await createLocalBackend({ speed: Infinity });
  const nemo = new NemoVideo({ fetch: backend.fetch, baseUrl: backend.url, credentialStore: false });
  const session = await nemo.sessions.create();
  await session.send('Make a 3-second video with the title "Hello"');
  const job = await session.export();
  await expect(job.result()).rejects.toMatchObject({
    name: 'RenderFailedError',
    reason: expect.stringContaining('npm install node-av@'),
    hint: 'Install both packages, or create the backend with `render: "off"`.',
  });
});
