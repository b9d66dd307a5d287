import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { ResponseFormatError } from '../errors/index.js';
import { parseJson, Utf8Decoder } from '../transport/index.js';
import { isObject } from '../wire/index.js';

/** Receives the frames of an event stream. */
export interface FrameSink {
  /** One server-sent event. `data` may be empty. */
  message(name: string | undefined, data: string): void;
  /** A comment line: the service is alive. */
  comment(text: string): void;
}

/** How the body of a stream ended. `torn`: bytes were left over that are not an event. */
export type BodyEnd = 'clean' | 'torn';

/**
 * Bytes to server-sent events. The parsing is eventsource-parser's; added here are UTF-8 split anywhere (and a byte order
 * mark), events named `heartbeat` without data, an error for a line that never ends, and a judgement about the end of
 * the body.
 */
export class Frames {
  readonly #decoder = new Utf8Decoder();
  readonly #heartbeats = new HeartbeatLines();
  readonly #sink: FrameSink;
  readonly #parser: { feed(chunk: string): void };
  /** Whether the last line read so far lacks its line break. */
  #open = false;
  /** Set while the end of the body is judged. */
  #rest: EndOfBody | undefined;
  #tooLong: ResponseFormatError | undefined;
  /** Whether there was an event or a comment. */
  #seen = false;
  /** Whether there was a line that no event stream has: the body may be the page of a proxy. */
  #junk = false;

  constructor(sink: FrameSink, maxLineLength: number) {
    this.#sink = sink;
    this.#parser = createParser({
      maxBufferSize: maxLineLength,
      onEvent: (message) => this.#message(message),
      onComment: (text) => {
        if (this.#rest !== undefined) return;
        this.#seen = true;
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

  /** Reads the next bytes. Throws {@link ResponseFormatError} for a line above the limit. */
  feed(bytes: Uint8Array): void {
    this.#feed(this.#decoder.decode(bytes));
  }

  /**
   * The body has ended. The parser drops a last event without its blank line, so the rest is fed with one: complete JSON
   * counts as an event, anything else is the torn end of a longer answer. A comment or a field without its line break is
   * torn too: what would have followed is unknown.
   */
  end(): BodyEnd {
    this.#feed(this.#decoder.end());
    this.#parse(this.#heartbeats.rest());
    const rest: EndOfBody = { message: undefined, junk: false };
    this.#rest = rest;
    const open = this.#open;
    this.#parser.feed('\n\n');
    const { message, junk } = rest;
    if (message === undefined) return open || (this.#junk && !this.#seen) ? 'torn' : 'clean';
    const alive = !open && (message.data === '' || message.event === 'heartbeat');
    if (!alive && !isObject(parseJson(message.data)?.json)) return 'torn';
    this.#pass(message);
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
    this.#seen = true;
    this.#pass(message);
  }

  #pass({ event, data }: EventSourceMessage): void {
    this.#sink.message(event, event === 'heartbeat' ? withoutAddedLine(data) : data);
  }
}

/** What the parser makes of the rest. */
interface EndOfBody {
  message: EventSourceMessage | undefined;
  /** Whether there was a line that is not a field of an event. */
  junk: boolean;
}

const LF = 10;
const CR = 13;

const HEARTBEATS = ['event: heartbeat\r', 'event:heartbeat\r'];
/**
 * How every such line begins. Nearly no text of a stream has one, and this is the cheapest way to know: engines look for a
 * short text by its first character, and a line break is rarer than any letter.
 */
const NAMED = '\nevent';
const FIRST_NAMED = 'event';

/**
 * Adds an empty data line to every `event: heartbeat` line. The standard, and so the parser, drops an event without
 * data; this one has its meaning in its name.
 */
class HeartbeatLines {
  /** The beginning of what may become such a line. */
  #held = '';
  /** Whether the text that was passed on ends within a line. */
  #inLine = false;

  /** Passes text on, except for an undecided end. */
  take(text: string): string {
    const whole = this.#held + text;
    const line = whole.lastIndexOf('\n') + 1;
    const begins = line > 0 || !this.#inLine;
    const undecided =
      begins && line < whole.length && HEARTBEATS.some((it) => it.startsWith(whole.slice(line)));
    this.#held = undecided ? whole.slice(line) : '';
    const out = undecided ? whole.slice(0, line) : whole;
    const first = !this.#inLine;
    if (out !== '') this.#inLine = !out.endsWith('\n');
    if (!out.includes(NAMED) && !(first && out.startsWith(FIRST_NAMED))) return out;
    return (first ? `\n${out}` : out)
      .replace(/\nevent: ?heartbeat\r?(?=\n)/g, '$&\ndata:')
      .slice(first ? 1 : 0);
  }

  /** What was held back, when no more text comes. */
  rest(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}

/** The data of a heartbeat as it was before a line was added to it. */
function withoutAddedLine(data: string): string {
  return data.startsWith('\n') ? data.slice(1) : data;
}
