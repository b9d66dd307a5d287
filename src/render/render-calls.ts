import { ApiError } from '../errors/index.js';
import type { Transport } from '../transport/index.js';
import {
  anyObject,
  fieldsOf,
  type JsonObject,
  numberOf,
  paths,
  type SubmitRenderBody,
  textOf,
} from '../wire/index.js';
import type { RenderObservation, RenderStatus } from './render-state.js';

/** Submits a render. Only what proves that no work began is repeated. */
export async function postRender(
  transport: Transport,
  body: SubmitRenderBody,
  signal: AbortSignal | undefined,
): Promise<RenderObservation> {
  const answer = await transport.json(
    {
      operation: 'render.submit',
      method: 'POST',
      path: paths.submitRender,
      safety: 'once',
      json: body,
      signal,
      about: { sessionId: body.sessionId, renderId: body.id },
    },
    anyObject,
  );
  return observe(answer.data);
}

/** How to ask for a render. */
export interface AskOptions {
  readonly signal: AbortSignal | undefined;
  /** False where the caller asks again anyway. */
  readonly retry?: boolean;
}

/** Asks how far a render is. */
export async function askForRender(
  transport: Transport,
  id: string,
  options: AskOptions,
): Promise<RenderObservation> {
  const answer = await transport.json(
    {
      operation: 'render.poll',
      method: 'GET',
      path: paths.render(id),
      safety: 'safe',
      about: { renderId: id },
      salvage: failedRender,
      ...options,
    },
    anyObject,
  );
  return observe(answer.data);
}

/** Asks whether the service has a render of this id; undefined when it does not know it. */
export async function findRender(
  transport: Transport,
  id: string,
  signal: AbortSignal | undefined,
): Promise<RenderObservation | undefined> {
  try {
    const observation = await askForRender(transport, id, { signal });
    // An answer without any status is not about a render.
    return observation.rawStatus === '' || observation.rawStatus === 'not_found' ? undefined : observation;
  } catch (error) {
    if (isUnknownRender(error)) return undefined;
    throw error;
  }
}

/** Whether the service says that it has no render of this id. */
export function isUnknownRender(error: unknown): boolean {
  return error instanceof ApiError && !error.retryable;
}

/**
 * Asks the service to cancel a render.
 * @returns false when it had already ended, and stays as it is.
 */
export async function postCancel(
  transport: Transport,
  render: { readonly id: string; readonly sessionId: string | undefined },
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { id, sessionId } = render;
  try {
    await transport.json(
      {
        operation: 'render.cancel',
        method: 'POST',
        path: paths.cancelRender(id),
        safety: 'safe',
        about: { renderId: id, sessionId },
        // An empty body is accepted, too: the status says that it was accepted.
        salvage: (json) => (json === undefined ? {} : undefined),
        signal,
      },
      anyObject,
    );
  } catch (error) {
    const status = isUnknownRender(error) ? (await findRender(transport, id, signal))?.status : undefined;
    if (status === 'completed' || status === 'failed') return false;
    if (status !== 'cancelled') throw error;
  }
  return true;
}

/** The four documented words, and their obvious relatives. */
const STATUS_OF_WORD: Readonly<Record<string, RenderStatus>> = {
  pending: 'pending',
  queued: 'pending',
  processing: 'processing',
  rendering: 'processing',
  running: 'processing',
  completed: 'completed',
  complete: 'completed',
  done: 'completed',
  finished: 'completed',
  success: 'completed',
  succeeded: 'completed',
  failed: 'failed',
  failure: 'failed',
  error: 'failed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
};

/** Reads an answer about a render, in any of its shapes. A field of an unexpected type is as good as missing. */
export function observe(answer: JsonObject): RenderObservation {
  const rawStatus = typeof answer.status === 'string' ? answer.status : '';
  const status = STATUS_OF_WORD[rawStatus.toLowerCase()] ?? 'processing';
  const output = fieldsOf(answer.output);
  return {
    status,
    rawStatus,
    rawProgress: numberOf(answer.progress),
    outputUrl: addressOf(answer.outputUrl) ?? addressOf(output.url) ?? addressOf(answer.output),
    taskId: textOf(answer.taskId),
    duration: numberOf(output.duration),
    bytes: numberOf(output.size),
    reason: status === 'failed' ? reasonOf(answer) : undefined,
    hint: status === 'failed' && typeof answer.hint === 'string' ? answer.hint : undefined,
    raw: answer,
  };
}

function addressOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * A failed render that comes as a failed call: `{success: false, status: "failed"}`. A code other than 0 is about the
 * call, not about the render.
 */
function failedRender(json: unknown): JsonObject | undefined {
  const { data, ...around } = fieldsOf(json);
  if (around.code !== undefined && numberOf(around.code) !== 0) return undefined;
  const answer = { ...around, ...fieldsOf(data) };
  const { status } = answer;
  return typeof status === 'string' && /^fail(?:ed|ure)$/i.test(status) ? answer : undefined;
}

function reasonOf({ error, message, reason }: JsonObject): string {
  for (const words of [error, fieldsOf(error).message, message, reason]) {
    if (typeof words === 'string' && words !== '') return words;
  }
  return typeof error === 'object' && error !== null ? JSON.stringify(error) : 'the service gave no reason';
}
