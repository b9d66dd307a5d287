import type { Checkpoint, NemoVideo, VideoEvent, VideoSnapshot, VideoTask } from '../index.js';
import type { VideoJobData } from './video-job.js';

/** A job, and where its video is. */
export interface TakenUp {
  readonly checkpoint: Checkpoint;
  readonly job: VideoJobData;
  readonly kept: VideoSnapshot | undefined;
  readonly download: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (event: VideoEvent) => void;
}

/**
 * The task that makes or continues the video of a job. An answer counts only for the question that it was given to, and
 * `sendAgain` only where a message is kept as sent: without that, the job is an ordinary one.
 */
export function takeUp(client: NemoVideo, { job, kept, checkpoint, ...callbacks }: TakenUp): VideoTask {
  const { request, answered, sendAgain } = job;
  const isAnswered =
    answered !== undefined && JSON.stringify(kept?.question) === JSON.stringify(answered.question);
  if (kept !== undefined && isAnswered)
    return client.openVideo(kept, { ...callbacks, checkpoint, answers: answered.answers });
  if (kept?.run !== undefined && sendAgain)
    return client.openVideo(kept, { ...callbacks, checkpoint, sendAgain });
  return client.createVideo({ ...request, ...callbacks, checkpoint });
}
