/**
 * The shortest way from files to an MP4. Against the real service as it stands; against the local one with
 * `npx nemovideo-sdk local` in another terminal and `NEMO_API_URL=http://127.0.0.1:8787 npx tsx examples/quick-start.ts a.jpg b.jpg`.
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
