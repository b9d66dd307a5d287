/** One upload by one contender: `<name> <url> <file>`. */
import { createReadStream, openAsBlob } from 'node:fs';
import { NemoVideo } from '../../src/client.js';
import { measure } from './measure.js';
import { openai } from './peers.js';

const [, , name, url = '', file = ''] = process.argv;

const contenders: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
  async 'fetch + FormData'() {
    const form = new FormData();
    form.append('files', await openAsBlob(file), 'big.mp4');
    return async () => (await fetch(url, { method: 'POST', body: form, redirect: 'error' })).json();
  },
  async 'nemovideo-sdk'() {
    const nemo = new NemoVideo({ token: 'bench', baseUrl: url, credentialStore: false });
    const session = nemo.sessions.open({ sessionId: 'bench' });
    // Whose session this is has made requests before, with which ky and zod came.
    await nemo.credits.balance();
    return () => session.upload(file, { onProgress() {} });
  },
  async openai() {
    const client = new (openai().OpenAI)({ apiKey: 'bench', baseURL: url });
    return () => client.files.create({ file: createReadStream(file), purpose: 'user_data' });
  },
};

const contender = contenders[name ?? ''];
if (contender === undefined) throw new Error(`one of ${Object.keys(contenders).join(', ')}`);
await measure(await contender());
