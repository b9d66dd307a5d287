/**
 * The process that `resume.test.ts` kills: makes a video with a checkpoint, or continues it, and kills itself with
 * SIGKILL right after the save of the given number; or, given a phase, in the middle of that. With `race`, it makes fifty
 * videos side by side, of which another process makes the same at the same time.
 */
import { basename, dirname } from 'node:path';
import process from 'node:process';
import { type CheckpointStore, fileCheckpoints, isNemoVideoError, NemoVideo } from '../../src/index.js';
import { fastClock } from '../support/fast-clock.js';

const [baseUrl = '', checkpoint = '', photo = '', killAt = '0'] = process.argv.slice(2);
// Time runs faster than the machine works, so the limits that guard against a dead service are far away.
const HOUR = 3_600_000;
const nemo = new NemoVideo({
  baseUrl,
  clock: fastClock(25),
  credentialStore: false,
  token: process.env.TEST_TOKEN ?? '',
  timeouts: {
    request: HOUR,
    uploadIdle: HOUR,
    streamIdle: 290_000,
    contentIdle: HOUR,
    run: HOUR,
    render: HOUR,
  },
  retry: { budgetMs: HOUR },
  recovery: { delaysMs: [25_000, 25_000, 25_000, 25_000] },
});
const files = fileCheckpoints(dirname(checkpoint));

if (killAt === 'race') {
  // The other process is told the same moment.
  await new Promise((resolve) => setTimeout(resolve, Number(photo) - Date.now()));
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, async (_, id) => {
      const prompt = `Create a 5-second video about the sea with the title "No. ${id}"`;
      try {
        await nemo.createVideo({ prompt, checkpoint: { store: files, id: String(id) } });
        return 'finished';
      } catch (error) {
        return isNemoVideoError(error) ? error.name : String(error);
      }
    }),
  );
  console.log(JSON.stringify(outcomes));
} else {
  let saves = 0;
  const store: CheckpointStore = {
    ...files,
    async save(id, snapshot, expect) {
      const version = await files.save(id, snapshot, expect);
      saves += 1;
      if (saves === Number(killAt)) process.kill(process.pid, 'SIGKILL');
      return version;
    },
  };
  const video = nemo.createVideo({
    media: photo,
    prompt: 'Create a 10-second promotional video with music',
    download: `${checkpoint}.mp4`,
    checkpoint: { store, id: basename(checkpoint) },
    sendAgain: true,
  });
  let inPhase = 0;
  for await (const { phase } of video) {
    if (phase === killAt) inPhase += 1;
    // The second event of a phase: its request has been answered, at least in part.
    if (inPhase === 2) process.kill(process.pid, 'SIGKILL');
  }
  const { path, bytes } = await video;
  console.log(JSON.stringify({ path, bytes }));
}
