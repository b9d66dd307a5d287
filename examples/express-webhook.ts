/**
 * A web app that makes videos: a page with a form, the progress of each video live, a webhook at the end.
 * `npx tsx examples/express-webhook.ts` and open http://127.0.0.1:3000. With Express it is `app.use(handle)`.
 *
 * PORT: where to listen. WEBHOOK_URL: receives `{ id, url, durationMs }` or `{ id, error }` when a video has ended.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { env } from 'node:process';
import { isNemoVideoError, NemoVideo, type VideoEvent } from 'nemovideo-sdk';

const nemo = new NemoVideo();

/** What the page learns about a video. */
type News = Pick<VideoEvent, 'percent' | 'message'> & { readonly url?: string; readonly failed?: true };

interface Video {
  last: News;
  readonly listeners: Set<(news: News) => void>;
}

/** In memory: to survive a restart, keep `task.toJSON()` in `onCheckpoint` and continue with `nemo.openVideo()`. */
const videos = new Map<string, Video>();

function start(prompt: string): string {
  const id = randomUUID();
  const video: Video = { last: { percent: 0, message: 'Waiting' }, listeners: new Set() };
  videos.set(id, video);
  void follow(id, video, prompt);
  return id;
}

async function follow(id: string, video: Video, prompt: string): Promise<void> {
  const tell = (news: News): void => {
    video.last = news;
    for (const listener of video.listeners) listener(news);
  };
  try {
    const task = nemo.createVideo({ prompt });
    for await (const { percent, message } of task) if (percent < 100) tell({ percent, message });
    const { url, timeline } = await task.result();
    tell({ percent: 100, message: 'Ready', ...(url === undefined ? {} : { url }) });
    await callWebhook({ id, url, durationMs: timeline.durationMs });
  } catch (error) {
    const message = isNemoVideoError(error) ? `${error.message}. ${error.hint}` : 'Something went wrong';
    tell({ percent: video.last.percent, message, failed: true });
    await callWebhook({ id, error: message });
  }
}

async function callWebhook(body: object): Promise<void> {
  if (env.WEBHOOK_URL === undefined) return;
  try {
    await fetch(env.WEBHOOK_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch (error) {
    console.error(`The webhook could not be called: ${error}`);
  }
}

/** Server-sent events: the current state first, then every change. */
function stream(video: Video, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (news: News): void => {
    response.write(`data: ${JSON.stringify(news)}\n\n`);
    if (news.failed || news.percent === 100) response.end();
  };
  video.listeners.add(send);
  response.on('close', () => video.listeners.delete(send));
  send(video.last);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 10_000) throw new RangeError('too long');
  }
  return new URLSearchParams(body);
}

export async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  if (request.method === 'POST' && path === '/videos') {
    const prompt = (await readForm(request)).get('prompt')?.trim() ?? '';
    if (prompt === '') return void response.writeHead(400).end('Say what the video should be about.');
    return void response
      .writeHead(202, { 'content-type': 'application/json' })
      .end(JSON.stringify({ id: start(prompt) }));
  }
  const video = videos.get(/^\/videos\/([\w-]+)\/events$/.exec(path ?? '')?.[1] ?? '');
  if (video !== undefined) return stream(video, response);
  if (path === '/')
    return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
  response.writeHead(404).end();
}

const PAGE = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Videos</title>
<style>body{font:16px system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem}form{display:flex;gap:.5rem}
input{flex:1;font:inherit;padding:.5rem}button{font:inherit}progress{width:100%;height:1rem}video{width:100%}</style>
<h1>What should the video show?</h1><form><input name="prompt" required value="A 10-second video about the sea">
<button>Make it</button></form><main></main>
<script>
document.querySelector('form').onsubmit = async (event) => {
  event.preventDefault();
  const body = new URLSearchParams(new FormData(event.target));
  const { id } = await (await fetch('/videos', { method: 'POST', body })).json();
  const card = document.createElement('section');
  const title = document.createElement('h2'), bar = document.createElement('progress'), line = document.createElement('p');
  title.textContent = body.get('prompt'); bar.max = 100;
  card.append(title, bar, line); document.querySelector('main').prepend(card);
  const events = new EventSource('/videos/' + id + '/events');
  events.onmessage = ({ data }) => {
    const { percent, message, url, failed } = JSON.parse(data);
    bar.value = percent; line.textContent = message;
    if (url) { const video = document.createElement('video'); video.controls = true; video.src = url; card.append(video); }
    if (failed || percent === 100) events.close();
  };
};
</script>`;

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
server.listen(Number(env.PORT ?? 3000), '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
});
