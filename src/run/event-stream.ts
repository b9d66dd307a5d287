import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { ResponseFormatError } from '../errors/index.js';
import { parseJson, Utf8Decoder } from '../transport/index.js';
import { isObject } from '../wire/json.js';
import { HeartbeatLines, withoutAddedLine } from './heartbeat-lines.js';

/** What an event stream is read into. */
export interface EventStreamSink {
  /** One server-sent event. `data` may be empty. */
  message(name: string | undefined, data: string): void;
  /** A comment line: the service is alive. */
  comment(text: string): void;
}

/** How the body of a stream ended. `torn`: bytes were left over that are no event. */
export type BodyEnd = 'clean' | 'torn';

/**
 * Bytes to server-sent events. The parsing is eventsource-parser's; what is added is UTF-8 split anywhere (and a byte
 * order mark), an error for a line that never ends, and a judgement about the end of the body.
 */
export class EventStream {
  readonly #decoder = new Utf8Decoder();
  readonly #heartbeats = new HeartbeatLines();
  readonly #sink: EventStreamSink;
  readonly #parser: { feed(chunk: string): void };
  /** Whether the last line read so far lacks its line break. */
  #open = false;
  /** Set while the end of the body is judged. */
  #rest: EndOfBody | undefined;
  #tooLong: ResponseFormatError | undefined;
  /** Whether there was an event or a comment. */
  #spoke = false;
  /** Whether there was a line that no event stream has: the body may be the page of a proxy. */
  #junk = false;

  constructor(sink: EventStreamSink, maxLineLength: number) {
    this.#sink = sink;
    this.#parser = createParser({
      maxBufferSize: maxLineLength,
      onEvent: (message) => this.#message(message),
      onComment: (text) => {
        if (this.#rest !== undefined) return;
        this.#spoke = true;
        sink.comment(text);
      },
      onError: ({ type }) => {
        this.#junk = true;
        if (this.#rest !== undefined) this.#rest.junk = true;
        if (type !== 'max-buffer-size-exceeded') return;
        const expected = `lines of at most ${maxLineLength} characters`;
        this.#tooLong = new ResponseFormatError({ path: 'run', expected, received: 'a longer one' });
      },
    });
  }

  /** Takes the next bytes. Throws {@link ResponseFormatError} for a line above the limit. */
  feed(bytes: Uint8Array): void {
    this.#feed(this.#decoder.decode(bytes));
  }

  /**
   * Told that no byte comes any more. The parser gives nothing for a last event without its blank line, so it is
   * asked again here: complete JSON counts as an event, anything else is the torn end of a longer answer. A comment
   * or a field without its line break is torn too: nobody knows what would have followed.
   */
  end(): BodyEnd {
    this.#feed(this.#decoder.end());
    this.#parse(this.#heartbeats.rest());
    const rest: EndOfBody = { message: undefined, junk: false };
    this.#rest = rest;
    const open = this.#open;
    this.#parser.feed('\n\n');
    const { message, junk } = rest;
    if (message === undefined) return open || (this.#junk && !this.#spoke) ? 'torn' : 'clean';
    const alive = !open && (message.data === '' || message.event === 'heartbeat');
    if (!alive && !isObject(parseJson(message.data)?.json)) return 'torn';
    this.#tell(message);
    return junk ? 'torn' : 'clean';
  }

  #feed(text: string): void {
    if (text === '') return;
    const last = text.charCodeAt(text.length - 1);
    this.#open = last !== LF && last !== CR;
    this.#parse(this.#heartbeats.take(text));
  }

  #parse(text: string): void {
    if (text === '') return;
    this.#parser.feed(text);
    if (this.#tooLong !== undefined) throw this.#tooLong;
  }

  #message(message: EventSourceMessage): void {
    if (this.#rest !== undefined) {
      this.#rest.message = message;
      return;
    }
    this.#spoke = true;
    this.#tell(message);
  }

  #tell({ event, data }: EventSourceMessage): void {
    this.#sink.message(event, event === 'heartbeat' ? withoutAddedLine(data) : data);
  }
}

/** What the parser makes of what was left. */
interface EndOfBody {
  message: EventSourceMessage | undefined;
  /** Whether there was a line that is no field of an event. */
  junk: boolean;
}

const LF = 10;
const CR = 13;
