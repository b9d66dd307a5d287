/**
 * The shortest way from files to an MP4: `npx tsx examples/quick-start.ts a.jpg b.jpg`. As it is, it uses the real
 * service. To use the local backend, start `npm run local` in another terminal and set `NEMO_API_URL=http://127.0.0.1:8787`.
 */
import { argv } from 'node:process';
import { NemoVideo } from 'nemovideo-sdk';

const nemo = new NemoVideo();
const media = argv.slice(2);
const video = nemo.createVideo({
  ...(media.length > 0 ? { media } : {}),
  prompt: 'Create a 15-second promotional video with music and text overlays',
  download: 'promo.mp4',
});

for await (const { percent, phase, message } of video) console.log(`${percent} % ${phase}: ${message}`);

const { path, timeline } = await video.result();
console.log(`${path}\n${timeline}`);
