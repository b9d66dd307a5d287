// A video by `experimental_generateVideo`: `node video.mjs "A calm video of the sea"`.
import { writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { experimental_generateVideo as generateVideo } from 'ai';
import { createNemoVideoProvider } from 'nemovideo-sdk/ai';
import { interrupted, openClient } from './client.mjs';

const { client, close } = await openClient({ render: 'video' });
const nemovideo = createNemoVideoProvider({
  client,
  onProgress: ({ percent, message }) => console.log(`${String(percent).padStart(3)} % ${message}`),
});
try {
  const { video, warnings, providerMetadata } = await generateVideo({
    model: nemovideo.video('nemo_agent'),
    prompt: argv[2] ?? 'A video of the sea with the title "Low tide"',
    duration: 5,
    resolution: '1280x720',
    abortSignal: interrupted,
  });
  for (const warning of warnings) console.warn(warning);
  await writeFile('video.mp4', video.uint8Array);
  console.log(providerMetadata.nemovideo.videos[0].timeline);
  console.log(`video.mp4: ${video.uint8Array.length} bytes`);
} finally {
  await close();
}
