import { untilAborted } from '../platform/until-aborted.js';
import { paths, runBody } from '../wire/index.js';
import { afterBreak, type Conclusion, conclude } from './conclude.js';
import type { RunResult } from './events.js';
import { follow } from './follow.js';
import { listen } from './listen.js';
import type { ResumeRequest, RunRequest } from './request.js';
import { checkIdentity } from './snapshot.js';

/** The straight line of a message: the state before, `onSend`, the message, its answer, its end. */
export async function sendMessage(request: RunRequest, run: Conclusion): Promise<RunResult> {
  const { baseline, onSend, sessionId, message } = request;
  const { record, signal } = run;
  record.begin(await untilAborted(baseline(signal), signal), request.transport.identity().clientId);
  listen(run);
  if (onSend !== undefined) await untilAborted(Promise.resolve(onSend(record.snapshot)), signal);
  const end = await follow(
    {
      operation: 'run',
      method: 'POST',
      path: paths.run,
      safety: 'once',
      json: runBody(sessionId, message),
      headers: { accept: 'text/event-stream' },
      about: { sessionId },
    },
    run,
  );
  return conclude(end, run);
}

/** Waits for the outcome of a message that was sent before. Only reads. */
export async function awaitOutcome(request: ResumeRequest, run: Conclusion): Promise<RunResult> {
  const { snapshot, transport, authenticate } = request;
  checkIdentity(snapshot, transport.identity().clientId);
  if (snapshot.clientId !== undefined && authenticate !== undefined) {
    // A token that cannot be had now is asked for again with every read.
    await untilAborted(
      authenticate(run.signal).catch(() => {}),
      run.signal,
    );
    checkIdentity(snapshot, transport.identity().clientId);
  }
  listen(run);
  // It may have ended long ago, so the first read is made at once.
  const delaysMs = [0, ...request.settings.recoveryDelaysMs];
  return afterBreak({ how: 'broken', reason: 'the process that sent it is gone' }, run, delaysMs);
}
