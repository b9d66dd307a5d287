/**
 * The process that `resume.test.ts` kills: makes a video, or goes on with one, and kills itself with SIGKILL in the
 * checkpoint of the given number, after the snapshot has been written; or, given a phase, in the middle of that.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { NemoVideo } from '../../src/index.js';
import { fastClock } from '../support/fast-clock.js';

const [baseUrl = '', state = '', photo = '', killAt = '0'] = process.argv.slice(2);
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
let checkpoint = 0;
const onCheckpoint = (snapshot: unknown): void => {
  writeFileSync(`${state}.new`, JSON.stringify(snapshot));
  renameSync(`${state}.new`, state);
  checkpoint += 1;
  if (checkpoint === Number(killAt)) process.kill(process.pid, 'SIGKILL');
};
const video = existsSync(state)
  ? nemo.openVideo(JSON.parse(readFileSync(state, 'utf8')), { onCheckpoint, sendAgain: true })
  : nemo.createVideo({
      media: [photo],
      prompt: 'Create a 10-second promotional video with music',
      download: `${state}.mp4`,
      onCheckpoint,
    });
let inPhase = 0;
for await (const { phase } of video) {
  if (phase === killAt) inPhase += 1;
  // The second event of a phase: its request has been answered, at least in part.
  if (inPhase === 2) process.kill(process.pid, 'SIGKILL');
}
const { path, bytes } = await video.result();
console.log(JSON.stringify({ path, bytes, checkpoints: checkpoint }));
