// The package in a page: the outcome of the job goes back to the server that the page came from.
import * as sdk from 'nemovideo-sdk';
import { mainJob } from './main-job.mjs';

const address = new URLSearchParams(location.search).get('backend');
const outcome = await mainJob(sdk, address).catch((error) => ({ error: error.stack ?? String(error) }));
await fetch('/outcome', { method: 'POST', body: JSON.stringify(outcome) });
