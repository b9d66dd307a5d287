import { fileCheckpoints, isAbortError, NemoVideo } from 'nemovideo-sdk';

const video = new NemoVideo().createVideo({
  prompt: 'A 5-second video about the sea',
  download: 'sea.mp4',
  checkpoint: { store: fileCheckpoints('.'), id: 'sea.job' },
});
process.once('SIGINT', () => video.cancel());
try {
  for await (const { percent, message } of video) console.log(`${percent} %`, message);
  console.log((await video).path);
} catch (error) {
  if (!isAbortError(error)) throw error;
  process.exitCode = 130;
}
