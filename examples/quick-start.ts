/**
 * The shortest way from files to an MP4: `npx tsx examples/quick-start.ts a.jpg b.jpg`. As it is, it uses the real
 * service. To use the local backend, start `npm run local` in another terminal and set `NEMO_API_URL=http://127.0.0.1:8787`.
 */
import { argv } from 'node:process';
import { NemoVideo } from 'nemovideo-sdk';

const files = argv.slice(2);
const video = new NemoVideo().createVideo({
  media: files.length > 0 ? files : undefined,
  prompt: 'Create a promotional video with music and the title "Made by hand"',
  duration: 15,
  download: 'promo.mp4',
  onProgress: ({ percent, message }) => console.log(`${percent} % ${message}`),
});
process.once('SIGINT', () => video.cancel());
const { path, timeline } = await video;
console.log(`${path}\n${timeline}`);
