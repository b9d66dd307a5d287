/**
 * The program of the transcripts in docs/questions.md: makes a video about which the agent asks, or continues it with
 * an answer. It prints what a person sees. Where it has no answer, it waits for one until it is killed.
 */
import { basename, dirname } from 'node:path';
import process from 'node:process';
import { type AgentQuestion, fileCheckpoints, NemoVideo } from '../../src/index.js';
import { fastClock } from '../support/fast-clock.js';

const [baseUrl = '', file = '', prompt = '', ...answers] = process.argv.slice(2);
// Time runs faster than the machine works, so the limits that guard against a dead service are far away.
const HOUR = 3_600_000;
const nemo = new NemoVideo({
  baseUrl,
  clock: fastClock(25),
  credentialStore: false,
  token: process.env.TEST_TOKEN ?? '',
  timeouts: { request: HOUR, streamIdle: 290_000, contentIdle: HOUR, run: HOUR, render: HOUR },
});
const checkpoint = { store: fileCheckpoints(dirname(file)), id: basename(file) };
const kept = await checkpoint.store.load(checkpoint.id);

/** The next answer that was given; without one, a person is waited for. */
async function answer({ questions: [part] }: AgentQuestion): Promise<Record<string, string>> {
  const text = answers.shift();
  if (text === undefined) return new Promise(() => setInterval(() => {}, HOUR));
  console.log(`> ${text}`);
  return { [part?.id ?? '']: text };
}

function onQuestion(question: AgentQuestion): Promise<Record<string, string>> {
  const [part] = question.questions;
  const options = part?.options.map(({ label }, index) => `\n    ${index + 1}. ${label}`) ?? [];
  console.log(`? ${part?.prompt}${options.join('')}`);
  return answer(question);
}

const video =
  kept?.snapshot.question === undefined
    ? nemo.createVideo({ prompt, checkpoint, download: `${file}.mp4`, onQuestion })
    : nemo.openVideo(kept.snapshot, {
        checkpoint,
        answers: await answer(kept.snapshot.question),
        onQuestion,
      });
let last = '';
for await (const { message, question } of video) {
  // On a slow machine the faster clock counts minutes.
  if (question === undefined && message !== last && !/Still working/.test(message))
    console.log(`  ${message}`);
  last = message;
}
