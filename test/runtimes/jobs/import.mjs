// The package by import, in Node and in what has Node's modules.
import * as sdk from 'nemovideo-sdk';
import { nemovideoTools } from 'nemovideo-sdk/ai';
import { createLocalBackend } from 'nemovideo-sdk/local';
import { createTestClient, expectChargedOnce } from 'nemovideo-sdk/testing';
import { mainJob } from './main-job.mjs';

const refusal = await createLocalBackend({ speed: -1 }).catch((error) => error);
if (!(refusal instanceof sdk.OptionError))
  throw new Error('the two entries do not share their error classes');
const test = await createTestClient();
await test.nemo.createVideo({ prompt: 'Make a 10-second video about the sea' });
expectChargedOnce(test.backend);
await test.backend.close();
// Without the AI SDK.
const { create_video: tool } = nemovideoTools({ client: new sdk.NemoVideo() });
const { required } = tool.inputSchema['~standard'].jsonSchema.input({ target: 'draft-07' });
if (required.join() !== 'prompt') throw new Error(`create_video requires ${required}`);
const address = process.argv[2];
console.log(JSON.stringify(await mainJob(sdk, address)));
