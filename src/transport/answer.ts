import { type ErrorFacts, ResponseFormatError, redact } from '../errors/index.js';
import { HEADERS } from '../wire/index.js';
import type { AnswerFacts, Call, Identity } from './contract.js';
import { openEnvelope, readMessage } from './envelope.js';
import { AttemptFailure } from './failure.js';
import { parseJson, readText } from './read.js';
import { retryAfterMs } from './retry.js';
import { errorOfRefusal } from './service-error.js';

/** What must be known to tell a refusal. */
export interface AnswerContext {
  readonly facts: AnswerFacts;
  readonly identity: () => Identity;
  readonly webUrl: string;
  readonly nowMs: number;
  /** Ends the read of the body; see {@link readText}. */
  readonly signal?: AbortSignal | undefined;
}

/** The facts of an answer. */
export function factsOf(response: Response, attempts: number): AnswerFacts {
  const { status, headers } = response;
  const requestId = headers.get(HEADERS.requestId);
  // It stands in errors, and a proxy may make it of what it was sent.
  return { status, headers, requestId: requestId === null ? undefined : redact(requestId), attempts };
}

/**
 * The data of an answer, out of its envelope. Throws what the answer is instead: a refusal in JSON, or no JSON at all.
 * An HTML page under 200 comes from something in between that does not know the service, so a repeat of the request
 * would meet it again: it counts as refused. Under a status of failure, the status decides.
 */
export async function readData(call: Call, response: Response, context: AnswerContext): Promise<unknown> {
  const { status, requestId, attempts } = context.facts;
  const facts = { ...call.about, status, requestId, attempts };
  if (isRedirect(response)) {
    const error = redirected(call, response, facts);
    // "See other" comes after the work, and a browser does not say which redirect it was; any other one is a refusal.
    throw [301, 302, 307, 308].includes(status) ? new AttemptFailure(error, 'rejected') : error;
  }
  // "No content" is an answer, and a complete one.
  if (status === 204 || status === 205) return {};
  const text = await readText({ response, operation: call.operation, facts, signal: context.signal });
  const parsed = parseJson(text);
  if (response.ok && (parsed !== undefined || text.trim() === '')) {
    const salvaged = call.salvage?.(parsed?.json);
    if (salvaged !== undefined) return salvaged;
  }
  const unreadable =
    parsed === undefined
      ? new ResponseFormatError({ ...facts, path: call.operation, expected: 'JSON', received: text })
      : undefined;
  if (unreadable !== undefined && response.ok) throw unreadable;
  const envelope = openEnvelope(parsed?.json ?? {});
  if (response.ok && envelope.ok) return envelope.data;
  const waitMs = retryAfterMs(response.headers, context.nowMs);
  const { error, proof } = errorOfRefusal({
    operation: call.operation,
    status,
    code: envelope.code,
    message: readMessage(parsed?.json),
    retryAfterMs: waitMs,
    requestId,
    attempts,
    about: call.about ?? {},
    identity: context.identity(),
    webUrl: context.webUrl,
    answer: parsed?.json,
    cause: unreadable,
  });
  throw new AttemptFailure(error, proof, waitMs);
}

/** Whether fetch stopped at a redirect: by its status, or by the mask that browsers put on it. */
export function isRedirect(response: Response): boolean {
  return response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
}

function redirected(call: Call, response: Response, facts: ErrorFacts): ResponseFormatError {
  response.body?.cancel().catch(() => {});
  const location = response.headers.get('location');
  return new ResponseFormatError({
    ...facts,
    path: call.operation,
    expected: 'an answer',
    received: `a redirect${location === null ? '' : ` to ${location}`}`,
  });
}
