import { OptionError } from '../errors/index.js';
import { ApiPromise } from '../transport/index.js';
import { type CreateSessionBody, createdSessionAnswer, paths } from '../wire/index.js';
import type { SessionContext } from './context.js';
import { Session } from './session.js';

/** What a new session may be given. */
export interface CreateSessionOptions {
  /** What the project is called on the website. Default `nemovideo-sdk`. */
  readonly taskName?: string;
  /** Of the agent's answers, as a BCP 47 tag. Default the client's. */
  readonly language?: string;
  /** Aborts it. */
  readonly signal?: AbortSignal;
}

/** Opens a new session. Repeating the call leaves an empty session behind and costs nothing. */
export function createSession(context: SessionContext, options: CreateSessionOptions): ApiPromise<Session> {
  const { taskName = 'nemovideo-sdk', language = context.language, signal } = options;
  for (const [field, value] of Object.entries({ taskName, language })) {
    if (typeof value !== 'string' || value.trim() === '') {
      throw new OptionError({ field, accepted: 'a string that is not empty' });
    }
  }
  const json: CreateSessionBody = { task_name: taskName, language };
  return ApiPromise.of(
    context.transport.json(
      { operation: 'session', method: 'POST', path: paths.createSession, safety: 'safe', json, signal },
      createdSessionAnswer,
    ),
    (answer) =>
      new Session(
        { ...context, language },
        {
          sessionId: answer.session_id,
          taskId: answer.task_id ?? undefined,
          clientId: context.transport.identity().clientId,
          fresh: true,
        },
      ),
  );
}
