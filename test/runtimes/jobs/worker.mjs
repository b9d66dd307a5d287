// The package in an edge worker: the answer to any request is the outcome of the job.
import * as sdk from 'nemovideo-sdk';
import { mainJob } from './main-job.mjs';

export default {
  async fetch(_request, { BACKEND }) {
    const outcome = await mainJob(sdk, BACKEND).catch((error) => ({ error: error.stack ?? String(error) }));
    return Response.json(outcome);
  },
};
