import { Refusal } from '../http/exchange.js';

/** One part of a multipart body. Its content must be read to the end, or left, before the next part is asked for. */
export interface Part {
  readonly name: string | undefined;
  /** As it was sent, with the escapes of the form encoding undone; data, never a path. */
  readonly filename: string | undefined;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Headers of a part that are longer than this are no upload. */
const MOST_HEADER_BYTES = 16 * 1024;

/**
 * Reads a `multipart/form-data` body part by part, holding no more than a chunk of it at a time (RFC 7578, and the
 * HTML standard for the escapes in names).
 */
export async function* readMultipart(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
): AsyncGenerator<Part, void, undefined> {
  const scanner = new Scanner(body, boundaryOf(contentType));
  await scanner.skipPreamble();
  while (await scanner.nextPart()) {
    const headers = await scanner.headers();
    const content = scanner.content();
    yield { ...disposition(headers), content };
    for await (const _ of content) {
      // Whatever the caller left unread must pass before the next part.
    }
  }
}

/** Finds the borders in a body that arrives in pieces. */
class Scanner {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #delimiter: Buffer;
  // A border is a whole line, except at the very beginning: the line break before that one is imagined.
  #held: Buffer = Buffer.from('\r\n');
  #inContent = false;

  constructor(body: AsyncIterable<Uint8Array>, boundary: string) {
    this.#source = body[Symbol.asyncIterator]();
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
  }

  async skipPreamble(): Promise<void> {
    this.#inContent = true;
    for await (const _ of this.content()) {
      // Text before the first border is to be ignored.
    }
  }

  /** Whether another part follows the border that was just passed. */
  async nextPart(): Promise<boolean> {
    while (this.#held.length < 2) await this.#pull();
    if (this.#held.subarray(0, 2).toString() === '--') {
      while (await this.#pull(true)) this.#held = Buffer.alloc(0);
      return false;
    }
    return true;
  }

  /** The headers of a part, and the blank line after them. */
  async headers(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf('\r\n\r\n');
      if (end !== -1) {
        const text = this.#held.subarray(0, end).toString('utf8');
        this.#held = this.#held.subarray(end + 4);
        this.#inContent = true;
        return text;
      }
      if (this.#held.length > MOST_HEADER_BYTES) throw malformed('the headers of a part are too long');
      await this.#pull();
    }
  }

  /** What is before the next border. Ends behind the border. */
  async *content(): AsyncGenerator<Uint8Array, void, undefined> {
    while (this.#inContent) {
      const at = this.#held.indexOf(this.#delimiter);
      if (at !== -1) {
        const last = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + this.#delimiter.length);
        this.#inContent = false;
        if (last.length > 0) yield last;
        return;
      }
      // The end of what is held may be the beginning of a border.
      const sure = this.#held.length - this.#delimiter.length + 1;
      if (sure > 0) {
        const piece = this.#held.subarray(0, sure);
        this.#held = this.#held.subarray(sure);
        yield piece;
      }
      await this.#pull();
    }
  }

  async #pull(endIsFine = false): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) {
      if (endIsFine) return false;
      throw malformed('the body ends in the middle of a part');
    }
    const chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    return true;
  }
}

function boundaryOf(contentType: string): string {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw malformed('the content type names no boundary');
  return boundary;
}

function disposition(headers: string): { name: string | undefined; filename: string | undefined } {
  const line = headers.split('\r\n').find((header) => /^content-disposition\s*:/i.test(header)) ?? '';
  // One after the other, so that nothing inside a quoted value is taken for a parameter.
  const parameters = new Map<string, string>();
  for (const [, key = '', quoted, bare] of line.matchAll(/;\s*([^\s=;"]+)=(?:"([^"]*)"|([^\s;"]*))/g)) {
    parameters.set(key.toLowerCase(), quoted ?? bare ?? '');
  }
  const extended = /^UTF-8''(.+)$/i.exec(parameters.get('filename*') ?? '')?.[1];
  const filename = extended === undefined ? unescaped(parameters.get('filename')) : decoded(extended);
  return { name: unescaped(parameters.get('name')), filename };
}

function unescaped(value: string | undefined): string | undefined {
  return value?.replace(/%(22|0D|0A)/gi, (code) => decodeURIComponent(code));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function malformed(what: string): Refusal {
  return new Refusal(400, `malformed upload: ${what}`);
}
