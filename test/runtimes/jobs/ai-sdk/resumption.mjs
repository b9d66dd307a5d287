// A video that is started here and finished in another process: `start <url>` prints the operation and then stays until it is
// killed, `finish <url> <operation>` asks until the video is finished.
import assert from 'node:assert/strict';
import { experimental_getVideoStatus as getVideoStatus, experimental_startVideo as startVideo } from 'ai';
import { NemoVideo } from 'nemovideo-sdk';
import { createNemoVideoProvider } from 'nemovideo-sdk/ai';

const [, , step, baseUrl, operation] = process.argv;
const client = new NemoVideo({
  baseUrl,
  token: process.env.TEST_TOKEN,
  poll: { minMs: 50, maxMs: 200 },
  settle: { intervalMs: 50 },
  recovery: { delaysMs: [500, 500, 1000, 1000, 2000, 2000] },
});
const model = createNemoVideoProvider({ client }).video('nemo_agent');
if (step === 'start') {
  const started = await startVideo({ model, prompt: 'A 2-second video of the sea' });
  console.log(JSON.stringify(started.operation));
  setInterval(() => {}, 1000);
} else {
  for (;;) {
    const status = await getVideoStatus(model, { operation: JSON.parse(operation) });
    if (status.status !== 'pending') {
      assert.equal(status.status, 'completed', status.error);
      console.log(String.fromCharCode(...status.videos[0].data.slice(4, 8)));
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
