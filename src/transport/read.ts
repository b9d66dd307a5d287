import { ResponseFormatError } from '../errors/index.js';

/** The largest JSON answer that is read, in bytes. A draft of 10,000 segments is 3 MB. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Reads a body as text, up to a limit; throws {@link ResponseFormatError} above it. */
export async function readText(
  response: Response,
  operation: string,
  limitBytes = MAX_ANSWER_BYTES,
): Promise<string> {
  const declared = Number(response.headers.get('content-length') ?? 0);
  if (declared > limitBytes) {
    await response.body?.cancel();
    throw tooLarge(operation, declared, limitBytes);
  }
  // A declared length that is within the limit bounds the body by itself, and `text()` is the fastest way.
  if (declared > 0 || response.body === null) return response.text();
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  let bytes = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      bytes += next.value.byteLength;
      if (bytes > limitBytes) throw tooLarge(operation, bytes, limitBytes);
      text += decoder.decode(next.value, { stream: true });
    }
    return text + decoder.decode();
  } finally {
    // After a complete read this does nothing; after an error it ends the connection.
    await reader.cancel().catch(() => {});
  }
}

/** Parses JSON; undefined when it is not JSON, so that the caller can decide what an HTML page means. */
export function parseJson(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function tooLarge(operation: string, bytes: number, limitBytes: number): ResponseFormatError {
  return new ResponseFormatError({
    path: operation,
    expected: `at most ${limitBytes} bytes`,
    received: `${bytes} bytes`,
  });
}
