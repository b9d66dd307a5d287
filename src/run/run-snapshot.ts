import { checkSameClient } from '../auth/authorizer.js';
import {
  checkSnapshot,
  type OptionError,
  type RunBaseline,
  type RunSnapshot,
  wrongSnapshot,
} from '../errors/index.js';
import { isId } from '../wire/endpoints.js';
import { fieldsOf, isObject } from '../wire/json.js';

const MADE = 'what `onSend`, `run.toJSON()` or `error.snapshot` gave';

/**
 * Checks a snapshot that comes from a file or a queue.
 * @throws {@link OptionError} naming the field that is wrong.
 */
export function readRunSnapshot(value: unknown): RunSnapshot {
  checkSnapshot(value, MADE);
  const { sessionId, taskId, clientId, message, sentAt, before } = fieldsOf(value);
  if (!isId(sessionId)) throw wrong('.sessionId', 'the id of a session');
  if (taskId !== undefined && typeof taskId !== 'string') throw wrong('.taskId', 'the id of a task');
  if (clientId !== undefined && typeof clientId !== 'string') throw wrong('.clientId', 'the id of a client');
  if (typeof message !== 'string') throw wrong('.message', 'a text');
  if (typeof sentAt !== 'number' || !Number.isFinite(sentAt))
    throw wrong('.sentAt', 'a time in ms since the epoch');
  return {
    version: 1,
    sessionId,
    ...(taskId !== undefined && { taskId }),
    ...(clientId !== undefined && { clientId }),
    message,
    sentAt,
    before: readBaseline(before),
  };
}

/**
 * A session belongs to the client that made it, and for another one it does not exist.
 * @throws {@link OptionError} when both clients are known and differ.
 */
export function checkIdentity(snapshot: RunSnapshot, clientId: string | undefined): void {
  checkSameClient(snapshot.clientId, clientId, 'snapshot.clientId');
}

function readBaseline(before: unknown): RunBaseline | null {
  if (before === null || before === undefined) return null;
  if (!isObject(before)) throw wrong('.before', 'the state before the message, or null');
  const { draft = null, media, generated } = before;
  if (!Array.isArray(media)) throw wrong('.before.media', 'a list');
  if (!Array.isArray(generated)) throw wrong('.before.generated', 'a list');
  return { draft, media, generated };
}

function wrong(path: string, accepted: string): OptionError {
  return wrongSnapshot(`snapshot${path}`, accepted, MADE);
}
