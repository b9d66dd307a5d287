// Runs a block of a guide as its reader does, except that the service is a local backend and the model a script.
import { pathToFileURL } from 'node:url';
import { customProvider } from 'ai';
import { ask, createLocalBackend, edit, say } from 'nemovideo-sdk/local';
import { scriptedModel } from '../scripted-model.mjs';

const backend = await createLocalBackend({ render: 'off', speed: 1000 });
const options = [{ id: 'night', label: 'By night' }];
backend.agent.on(/train/, ask({ questions: [{ id: 'light', prompt: 'By day or by night?', options }] }));
backend.agent.on(/By day or by night/, [
  edit(() => ({ t: [{ tt: 0, sg: [{ d: 5000, m: { name: 'train' } }] }], d: 5000 })),
  say('A train by night.'),
]);
await backend.listen();
process.env.NEMO_API_URL = backend.url;
process.env.NEMO_TOKEN = backend.issueToken();
globalThis.AI_SDK_DEFAULT_PROVIDER = customProvider({ languageModels: { 'openai/gpt-5': scriptedModel() } });
await import(pathToFileURL(process.argv[2]).href);
const messages = backend.requests.filter(({ operation }) => operation === 'run').length;
await backend.close();
console.log(`messages: ${messages}`);
