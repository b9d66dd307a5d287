/** One contender of the transfers: `client.mjs <contender> <url> <upload | download> <file>`; prints what it took as JSON. */
import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { NemoVideo } from '../../src/index.js';
import { measure } from '../harness.js';
import { peer } from '../peers.js';

const [contender = '', url = '', direction = '', file = ''] = process.argv.slice(2);
const TOKEN = 'nmv_usr_bench';

/** What is used of openai. */
type OpenAI = new (
  options: object,
) => {
  readonly files: { create(body: object): Promise<unknown>; content(id: string): Promise<Response> };
};
/** What is used of replicate. */
type Replicate = new (options: object) => { readonly files: { create(file: Buffer): Promise<unknown> } };

const nemo = (): NemoVideo =>
  new NemoVideo({ token: TOKEN, baseUrl: url, credentialStore: false, poll: { minMs: 1, maxMs: 1 } });
const openai = (): InstanceType<OpenAI> => new (peer<OpenAI>('openai'))({ apiKey: TOKEN, baseURL: url });

async function toFile({ body }: Response): Promise<void> {
  if (body === null) throw new Error('no body');
  await pipeline(body, createWriteStream(`${file}.copy`));
}

const UPLOADS: Readonly<Record<string, () => Promise<unknown>>> = {
  floor: async () => {
    const form = new FormData();
    form.append('files', await openAsBlob(file), 'big.mp4');
    // Otherwise fetch keeps the whole body for a redirect.
    return (await fetch(url, { method: 'POST', body: form, redirect: 'error' })).json();
  },
  ours: () =>
    nemo()
      .sessions.open({ sessionId: 's1' })
      .upload(file, { onProgress() {} }),
  openai: () => openai().files.create({ file: createReadStream(file), purpose: 'user_data' }),
  // It accepts no stream of a file.
  replicate: async () =>
    new (peer<Replicate>('replicate'))({ auth: TOKEN, baseUrl: url }).files.create(await readFile(file)),
};

const DOWNLOADS: Readonly<Record<string, () => Promise<unknown>>> = {
  floor: async () => toFile(await fetch(`${url}/video.mp4`)),
  ours: () =>
    nemo()
      .renders.open('render_bench')
      .download(`${file}.copy`, { onProgress() {} }),
  openai: async () => toFile(await openai().files.content('file-1')),
};

// A file system may write out a whole file before it replaces it: that is not what is measured.
await rm(`${file}.copy`, { force: true });
const transfer = (direction === 'upload' ? UPLOADS : DOWNLOADS)[contender];
if (transfer === undefined) throw new Error(`There is no contender ${JSON.stringify(contender)}.`);
console.log(JSON.stringify(await measure(transfer)));
process.exit(0);
