/**
 * A web app that makes videos: the page starts one and shows its progress. The tab may be closed: the video continues, and
 * the same address (`/#id`) shows it again, also after a restart of the server, which continues where it stopped.
 * `npm run build && npm install --prefix examples/express && npm start --prefix examples/express`
 */
import { pipeline } from 'node:stream/promises';
import express from 'express';
import { fileCheckpoints, NemoVideo } from 'nemovideo-sdk';

const nemo = new NemoVideo();
const store = fileCheckpoints('checkpoints');
const running = new Map();

/** The video of an id: the one that is being made, or else the one that was kept. In an object, because `await` of a task is its result. */
async function videoOf(id, wanted) {
  const prompt = (await store.load(id))?.snapshot.prompt ?? wanted;
  if (!running.has(id)) {
    const video = nemo.createVideo({ prompt, checkpoint: { store, id } });
    running.set(id, video);
    video.catch(() => {}).finally(() => running.delete(id));
  }
  return { video: running.get(id) };
}

const app = express();
app.get('/', (_, response) => response.sendFile('page.html', { root: import.meta.dirname }));
app.get('/videos/:id', async ({ params, query }, response) => {
  const { video } = await videoOf(params.id, query.prompt);
  const { headers, body } = video.toEventStream();
  response.setHeaders(headers);
  await pipeline(body, response).catch(() => {}); // the tab was closed: only the watching ends
});
const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
