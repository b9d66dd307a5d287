import { checkFields, type Fields, OptionError } from '../errors/index.js';
import { type Answer, ApiPromise } from '../transport/index.js';
import {
  type CreatedSessionAnswer,
  type CreateSessionBody,
  createdSessionAnswer,
  paths,
  textOf,
} from '../wire/index.js';
import { Session } from './session.js';
import type { SessionContext } from './session-context.js';

/** How to create a session. */
export interface CreateSessionOptions {
  /** What the project is called on the website. Default: `nemovideo-sdk`. */
  readonly taskName?: string | undefined;
  /** The language of the agent's answers, as a BCP 47 tag. Default: the client's. */
  readonly language?: string | undefined;
  /** Aborts it. */
  readonly signal?: AbortSignal | undefined;
}

const FIELDS: Fields<CreateSessionOptions> = { taskName: 'any', language: 'any', signal: 'signal' };

/** Opens a new session. Repeating the call leaves an empty session behind and costs nothing. */
export function createSession(context: SessionContext, options: CreateSessionOptions): ApiPromise<Session> {
  return ApiPromise.of(request(context, options), (answer) => {
    const facts = {
      sessionId: answer.session_id,
      taskId: textOf(answer.task_id),
      clientId: context.transport.identity().clientId,
    };
    return new Session({ ...context, language: options.language ?? context.language }, facts);
  });
}

async function request(
  { transport, language: standard }: SessionContext,
  options: CreateSessionOptions,
): Promise<Answer<CreatedSessionAnswer>> {
  checkFields(options, FIELDS);
  const { taskName = 'nemovideo-sdk', language = standard, signal } = options;
  for (const [field, value] of Object.entries({ taskName, language })) {
    if (typeof value !== 'string' || value.trim() === '') {
      throw new OptionError({ field, accepted: 'a string that is not empty' });
    }
  }
  const json: CreateSessionBody = { task_name: taskName, language };
  return transport.json(
    { operation: 'session', method: 'POST', path: paths.createSession, safety: 'safe', json, signal },
    createdSessionAnswer,
  );
}
