// The package by require, which loads the same ES modules as import.
const sdk = require('nemovideo-sdk');
const { createLocalBackend } = require('nemovideo-sdk/local');
const { createTestClient } = require('nemovideo-sdk/testing');

async function main() {
  const refusal = await createLocalBackend({ speed: -1 }).catch((error) => error);
  if (!(refusal instanceof sdk.OptionError))
    throw new Error('the two entries do not share their error classes');
  const { backend } = await createTestClient();
  await backend.close();
  const imported = await import('nemovideo-sdk');
  if (imported.OptionError !== sdk.OptionError) throw new Error('require and import gave two copies');
  const { mainJob } = await import('./main-job.mjs');
  console.log(JSON.stringify(await mainJob(sdk, process.argv[2])));
}

main();
