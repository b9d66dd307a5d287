import { OptionError } from '../errors/index.js';
import type { ChargeRecord, LocalBackend, RequestRecord } from '../local/index.js';
import { isObject } from '../wire/index.js';

/** Which messages are meant: those that contain a text, or that match a pattern. */
export type MessageMatch = string | RegExp;

/** What assertion libraries read of an error: test runners show `actual` and `expected`, and count it as a failure. */
class ExpectationError extends Error {
  override readonly name = 'AssertionError';
  /** Node's code for a failed assertion; `node:test` shows the values by it. */
  readonly code = 'ERR_ASSERTION';
  readonly actual: readonly string[];
  readonly expected: string;
  readonly operator = 'once';
  readonly generatedMessage = false;

  constructor(
    message: string,
    actual: readonly string[],
    expected: string,
    caller: (...given: never[]) => unknown,
  ) {
    super(message);
    this.actual = actual;
    this.expected = expected;
    // So that the first line of the stack is the line of the test.
    Error.captureStackTrace?.(this, caller);
  }
}

/**
 * Checks that the backend charged once for a message, and returns the charge.
 * @param message which charges are counted: those for messages that contain this text, or match this pattern. Default: all.
 * @throws an AssertionError that lists the charges and the messages that were sent, when there is no charge or there are
 * several; OptionError for wrong arguments.
 */
export function expectChargedOnce(
  backend: Pick<LocalBackend, 'charges' | 'requests'>,
  message?: MessageMatch,
): ChargeRecord {
  const isMeant = matcher(backend, message);
  const charges = backend.charges.filter((charge) => isMeant(charge.message));
  const [first, ...more] = charges;
  if (first !== undefined && more.length === 0) return first;
  const found = charges.map(({ credits, message: text }) => `${credits} credits for ${quoted(text)}`);
  const sent = backend.requests.filter(isRun).map(({ body }) => quoted(textOf(body)));
  const problem = `Expected one charge${about(message)}, found ${counted(found)}. Messages sent: ${sent.join(', ') || 'none'}.`;
  throw new ExpectationError(problem, found, 'one charge', expectChargedOnce);
}

/**
 * Checks that a message reached the backend once, and returns the record of its request.
 * @param message which messages are counted: those that contain this text, or match this pattern. Default: all.
 * @throws an AssertionError that lists the messages with the status of their answers, when there is no such message or
 * there are several; OptionError for wrong arguments.
 */
export function expectSentOnce(
  backend: Pick<LocalBackend, 'charges' | 'requests'>,
  message?: MessageMatch,
): RequestRecord {
  const isMeant = matcher(backend, message);
  const all = backend.requests.filter(isRun);
  const sent = all.filter(({ body }) => isMeant(textOf(body)));
  const [first, ...more] = sent;
  if (first !== undefined && more.length === 0) return first;
  const found = sent.map(shown);
  const others = all.length === sent.length ? '' : ` Messages in all: ${all.map(shown).join(', ')}.`;
  const problem = `Expected one message${about(message)}, found ${counted(found)}.${others}`;
  throw new ExpectationError(problem, found, 'one message', expectSentOnce);
}

const isRun = ({ operation, method }: RequestRecord): boolean => operation === 'run' && method === 'POST';

const shown = ({ body, status, fault }: RequestRecord): string =>
  `${quoted(textOf(body))} (${status === undefined ? 'no answer' : status}${fault === undefined ? '' : `, fault ${fault}`})`;

/** The text of a message as it was sent. */
function textOf(body: unknown): string {
  const parts = isObject(body) && isObject(body.new_message) ? body.new_message.parts : undefined;
  const texts = Array.isArray(parts) ? parts.map((part) => (isObject(part) ? part.text : undefined)) : [];
  return texts.filter((text) => typeof text === 'string').join('\n');
}

const quoted = (text: string): string => `“${text.length > 100 ? `${text.slice(0, 100)}…` : text}”`;

const about = (message: MessageMatch | undefined): string =>
  message === undefined ? '' : ` for ${typeof message === 'string' ? quoted(message) : String(message)}`;

const counted = (found: readonly string[]): string =>
  found.length === 0 ? 'none' : `${found.length}: ${found.join(', ')}`;

function matcher(backend: unknown, message: unknown): (text: string) => boolean {
  if (!isObject(backend) || !Array.isArray(backend.requests) || !Array.isArray(backend.charges))
    throw new OptionError({ field: 'backend', accepted: 'a local backend' });
  if (message === undefined) return () => true;
  if (typeof message === 'string') return (text) => text.includes(message);
  if (message instanceof RegExp) return (text) => text.search(message) >= 0;
  throw new OptionError({ field: 'message', accepted: 'a text or a RegExp' });
}
