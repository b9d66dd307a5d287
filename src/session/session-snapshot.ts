import { checkFields, checkSnapshot, wrongSnapshot } from '../errors/index.js';
import { fieldsOf, isId, isObject } from '../wire/index.js';

/** What another process needs to continue a session: plain JSON, without a token. */
export interface SessionSnapshot {
  /** The version of this format. */
  readonly version: 1;
  readonly sessionId: string;
  /** The task that the session belongs to; needed for a claim link. */
  readonly taskId?: string;
  /** Who created it, so that opening it under another identity is noticed. */
  readonly clientId?: string;
}

const MADE = '`{ sessionId }`, or what `session.toJSON()` gave';

/** Of an argument that was written by hand. A snapshot may carry more: it may be of a later version of this library. */
const FIELDS = { sessionId: 'any', taskId: 'any', clientId: 'any' } as const;

/**
 * Checks a value that should name a session.
 * @throws {@link OptionError} naming the field.
 */
export function readSessionSnapshot(value: unknown): Omit<SessionSnapshot, 'version'> {
  const { version, sessionId, taskId, clientId } = fieldsOf(value);
  if (isObject(value) && version === undefined) checkFields(value, FIELDS, 'session');
  else checkSnapshot(value, MADE, 'session');
  if (!isId(sessionId)) throw wrongSnapshot('session.sessionId', 'the id of a session', MADE);
  if (taskId !== undefined && typeof taskId !== 'string')
    throw wrongSnapshot('session.taskId', 'the id of a task', MADE);
  if (clientId !== undefined && typeof clientId !== 'string')
    throw wrongSnapshot('session.clientId', 'the id of a client', MADE);
  return {
    sessionId,
    ...(taskId === undefined ? {} : { taskId }),
    ...(clientId === undefined ? {} : { clientId }),
  };
}
