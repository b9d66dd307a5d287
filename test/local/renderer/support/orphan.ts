/** Starts the render that is named by the job in the environment and waits, to be killed meanwhile. */
import { startRender } from '../../../../src/local/renderer/start.js';

const job = JSON.parse(process.env.RENDER_JOB ?? '{}');
startRender(job, { onProgress: ({ framesDone }) => console.log(framesDone) });
