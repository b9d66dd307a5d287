import { type ErrorFacts, ResponseFormatError } from '../errors/index.js';
import { parseExact } from '../wire/exact-json.js';
import type { CallSubject, Operation } from './contract.js';
import { networkError } from './network-failure.js';

/** The largest JSON answer that is read, in bytes. A draft of 10,000 segments is 3 MB. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** A body to be read as text. */
export interface TextSource {
  readonly response: Response;
  readonly operation: Operation;
  /** Facts for errors. */
  readonly facts: ErrorFacts & CallSubject & { readonly attempts: number };
  /** In bytes. Default {@link MAX_ANSWER_BYTES}. */
  readonly limitBytes?: number | undefined;
  /** Ends the read. Only needed where the signal that `fetch` was given does not. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a body as text, up to a limit.
 * @throws {ResponseFormatError} above the limit.
 * @throws {NetworkError} when the body breaks off.
 */
export async function readText(source: TextSource): Promise<string> {
  const { response, operation, facts, signal, limitBytes = MAX_ANSWER_BYTES } = source;
  const declared = Number(response.headers.get('content-length') ?? 0);
  try {
    if (declared > limitBytes) {
      response.body?.cancel().catch(() => {});
      throw new TooLarge(declared);
    }
    // A declared length bounds the body already, and `text()` is the fastest way; but what is compressed may grow.
    const isBounded = declared > 0 && !response.headers.has('content-encoding');
    // React Native and many a stand-in for `fetch` have no body to read in pieces, only its text.
    const isReadable = response.body && 'getReader' in response.body;
    if (!isReadable || (isBounded && signal === undefined)) return await response.text();
    return await decode(response.body.getReader(), limitBytes, signal);
  } catch (thrown) {
    if (thrown instanceof TooLarge) {
      throw new ResponseFormatError({
        ...facts,
        path: operation,
        expected: `at most ${limitBytes} bytes`,
        received: `${thrown.bytes} bytes or more`,
      });
    }
    throw networkError(thrown, { ...facts, operation });
  }
}

/** Why a read ends early. */
class TooLarge {
  constructor(readonly bytes: number) {}
}

async function decode(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limitBytes: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  const decoder = new Utf8Decoder();
  // After a complete read this does nothing; before, it ends the connection. A body that does not end then
  // must not hold the caller up.
  const cancel = (): void => {
    reader.cancel().catch(() => {});
  };
  signal?.addEventListener('abort', cancel, { once: true });
  // A `fetch` that ignores its signal may answer after the abort.
  if (signal?.aborted) cancel();
  let text = '';
  let bytes = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      bytes += next.value.byteLength;
      if (bytes > limitBytes) throw new TooLarge(bytes);
      text += decoder.decode(next.value);
    }
    return text + decoder.end();
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}

/**
 * Parses JSON, every number as it came; undefined when it is not JSON, so that the caller can decide what an HTML page
 * means.
 */
export function parseJson(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: parseExact(text) };
  } catch {
    return undefined;
  }
}

/**
 * Bytes to text, cut anywhere; wrong bytes become U+FFFD and a byte order mark is dropped, as `TextDecoder` does.
 *
 * Node decodes bytes that may continue in the next ones five times slower than complete ones, and into strings of twice
 * the size, on which everything that follows is slower too. Bytes that end in ASCII are complete, and nearly all are.
 */
export class Utf8Decoder {
  readonly #streaming = new TextDecoder();
  readonly #complete = new TextDecoder('utf-8', { ignoreBOM: true });
  /** Whether the next bytes begin with a new character, and the place of a byte order mark is past. */
  #fresh = false;

  /** The text of the next bytes, without the beginning of a character that continues. */
  decode(bytes: Uint8Array): string {
    const last = bytes.at(-1);
    if (last === undefined) return '';
    const isComplete = last < 0x80;
    const text =
      this.#fresh && isComplete ? this.#complete.decode(bytes) : this.#streaming.decode(bytes, MORE);
    this.#fresh = isComplete;
    return text;
  }

  /** What is left when no byte comes any more. */
  end(): string {
    this.#fresh = false;
    return this.#streaming.decode();
  }
}

const MORE = { stream: true };
