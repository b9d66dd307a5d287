import type { Fault } from '../faults/fault.js';
import { type Answer, json, type Refusal } from '../http/answer.js';
import type { Operation } from '../operations.js';

const RENDER_OPERATIONS: ReadonlySet<Operation> = new Set(['render', 'poll', 'cancel', 'download']);

/** What the service refuses, in the envelope of that part of it. */
export function refusalAnswer(refusal: Refusal, operation: Operation, requestId: string): Answer {
  const { code, message, status, headers } = refusal;
  const said = RENDER_OPERATIONS.has(operation)
    ? { success: false, code, error: message, request_id: requestId }
    : { code, message, data: null, request_id: requestId };
  return json(said, status, headers);
}

/** The answer that a `status` or `redirect` fault puts in the place of the true one. */
export function faultyStatus(fault: Fault | undefined): Answer | undefined {
  if (fault?.do === 'redirect')
    return { status: 302, headers: { location: fault.to ?? '/' }, body: new Uint8Array() };
  if (fault?.do !== 'status') return undefined;
  const { status = 503, code = status, retryAfter, body, html = false } = fault;
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (html || body !== undefined) {
    const page = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
    headers['content-type'] = html ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
    return { status, headers, body: new TextEncoder().encode(body ?? page) };
  }
  return json({ code, message: 'a fault of the local backend', data: null }, status, headers);
}
