// The package by require, and what it makes of an error of its own other copy.
const sdk = require('nemovideo-sdk');
const { createLocalBackend } = require('nemovideo-sdk/local');

async function main() {
  const refusal = await createLocalBackend({ speed: -1 }).catch((error) => error);
  if (!(refusal instanceof sdk.OptionError))
    throw new Error('the two entries do not share their error classes');
  const imported = await import('nemovideo-sdk');
  if (imported.OptionError === sdk.OptionError) throw new Error('require gave the copy for import');
  if (!imported.isNemoVideoError(refusal)) throw new Error('an error of the other copy is not known');
  const { mainJob } = await import('./main-job.mjs');
  console.log(JSON.stringify(await mainJob(sdk, process.argv[2])));
}

main();
