import { expect, it, vi } from 'vitest';
import { NemoVideo } from '../../../src/index.js';
import { createLocalBackend, type LocalBackend } from '../../../src/local/index.js';
import { paths } from '../../../src/wire/index.js';

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

it('the first answer that leads to a render says so, before anything is charged', async () => {
  await using backend = await createLocalBackend({ speed: Infinity });
  const headers = { authorization: `Bearer ${backend.issueToken()}`, 'content-type': 'application/json' };
  const begin = async ({ fetch, url }: LocalBackend): Promise<unknown> =>
    (await fetch(url + paths.createSession, { method: 'POST', headers, body: '{}' })).json();
  expect(await begin(backend)).toMatchObject({
    code: 0,
    data: { warnings: [expect.stringMatching(/^Rendering needs node-av.*npm install node-av@/)] },
  });
  expect(backend.charges).toEqual([]);
  await using without = await createLocalBackend({ render: 'off' });
  headers.authorization = `Bearer ${without.issueToken()}`;
  expect(await begin(without)).not.toHaveProperty('data.warnings');
});
