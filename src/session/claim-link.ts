import { OptionError } from '../errors/index.js';
import { type ClaimTokenBody, claimTokenAnswer, paths } from '../wire/index.js';
import type { SessionContext } from './context.js';

/**
 * Asks for a claim token, and makes the link that carries it (wire document, "Endpoints").
 * @throws {@link OptionError} when the task of the session is not known.
 */
export async function claimLink(
  { transport, webUrl }: SessionContext,
  session: { readonly id: string; readonly taskId: string | undefined },
  signal: AbortSignal | undefined,
): Promise<URL> {
  if (session.taskId === undefined) {
    throw new OptionError({
      field: 'session.taskId',
      accepted: 'the id of the task',
      hint: 'Open the session with `{ sessionId, taskId }` or from its snapshot.',
    });
  }
  const json: ClaimTokenBody = { task_id: session.taskId, session_id: session.id };
  const { data } = await transport.json(
    {
      operation: 'claim',
      method: 'POST',
      path: paths.claimToken,
      safety: 'safe',
      json,
      signal,
      about: { sessionId: session.id },
    },
    claimTokenAnswer,
  );
  // The address of the website may have a query of its own, such as the name of a partner.
  const link = new URL(webUrl);
  link.pathname = `${link.pathname.replace(/\/+$/, '')}/workspace/claim`;
  link.searchParams.set('ct', data.claim_token);
  return link;
}
