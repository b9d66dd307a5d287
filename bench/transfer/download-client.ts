/** One download by one contender: `<name> <url> <folder>`. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { NemoVideo } from '../../src/client.js';
import { measure } from './measure.js';
import { openai } from './peers.js';

const [, , name, url = '', folder = ''] = process.argv;
const path = join(folder, 'video.mp4');

async function toFile(response: Response): Promise<void> {
  if (response.body === null) throw new Error('no body');
  await pipeline(response.body, createWriteStream(path));
}

const contenders: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
  'fetch + pipeline': async () => async () => toFile(await fetch(`${url}/video.mp4`)),
  'nemovideo-sdk': async () => {
    const nemo = new NemoVideo({
      token: 'bench',
      baseUrl: url,
      credentialStore: false,
      // Asks at once.
      poll: { minMs: 1, maxMs: 1 },
    });
    // Who downloads a video has made requests before, with which ky and zod came.
    await nemo.credits.balance();
    return () => nemo.renders.open('render_bench').download(path, { onProgress() {} });
  },
  openai: async () => {
    const client = new (openai().OpenAI)({ apiKey: 'bench', baseURL: url });
    return async () => toFile(await client.files.content('file-1'));
  },
};

// A file system may write out the whole of a file before it replaces another: that is not what is measured.
await rm(path, { force: true });
const contender = contenders[name ?? ''];
if (contender === undefined) throw new Error(`one of ${Object.keys(contenders).join(', ')}`);
await measure(await contender());
