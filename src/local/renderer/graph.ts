import * as av from 'node-av';

/** Pictures one after the other. The consumer frees each. */
export type Frames = AsyncGenerator<av.Frame>;

/**
 * An FFmpeg filter graph, opened from its description: chains of filters as in `ffmpeg -filter_complex`, with its
 * inputs (`buffer@name=…`, `abuffer@name=…`) and its one output (`buffersink@out`, `abuffersink@out`) written out.
 *
 * Filters keep the memory of their pictures until the graph is freed, so graphs are small and live as long as what they
 * are for is on screen. A filter belongs to its graph: while a graph is used, this object has to be reachable.
 */
export class Graph {
  readonly #graph: av.FilterGraph;
  readonly #inputs = new Map<string, av.FilterContext>();
  readonly #output: av.FilterContext;

  private constructor(graph: av.FilterGraph, output: av.FilterContext) {
    this.#graph = graph;
    this.#output = output;
  }

  /** @throws FFmpegError when a filter refuses its arguments, e.g. a file that cannot be opened */
  static async open(description: string): Promise<Graph> {
    const graph = new av.FilterGraph();
    graph.alloc();
    try {
      av.FFmpegError.throwIfError(graph.parse2(description), 'read a filter graph');
      av.FFmpegError.throwIfError(await graph.config(), 'open a filter graph');
      const output = graph.getFilter('buffersink@out') ?? graph.getFilter('abuffersink@out');
      if (!output) throw new Error('a filter graph needs an output');
      return new Graph(graph, output);
    } catch (error) {
      graph.free();
      throw error;
    }
  }

  /** Passes a frame to an input, which takes it over; null ends the input. What a graph no longer wants is dropped. */
  add(input: string, frame: av.Frame | null): void {
    let filter = this.#inputs.get(input);
    if (!filter) {
      filter = this.#graph.getFilter(input) ?? undefined;
      if (!filter) throw new Error(`the filter graph has no input ${input}`);
      this.#inputs.set(input, filter);
    }
    // It only queues the frame; the work is done when the next one is asked for.
    const result = filter.buffersrcAddFrameSync(frame, av.AV_BUFFERSRC_FLAG_NONE);
    frame?.free();
    if (result !== av.AVERROR_EOF) av.FFmpegError.throwIfError(result, 'pass a frame to a filter graph');
  }

  /** The next frame; undefined when an input has to be fed first, or when all of them have ended. */
  async next(): Promise<av.Frame | undefined> {
    const frame = new av.Frame();
    frame.alloc();
    for (;;) {
      const result = await this.#output.buffersinkGetFrame(frame);
      if (result >= 0) return frame;
      // A damaged packet in a file that a filter reads: what follows can be decoded again.
      if (result === av.AVERROR_INVALIDDATA) continue;
      frame.free();
      if (result !== av.AVERROR_EAGAIN && result !== av.AVERROR_EOF) {
        av.FFmpegError.throwIfError(result, 'run a filter graph');
      }
      return undefined;
    }
  }

  /** Every frame that is ready. */
  async *ready(): Frames {
    for (let frame = await this.next(); frame; frame = await this.next()) yield frame;
  }

  /** Changes an option of a filter while the graph runs. */
  set(filter: string, option: string, value: number): void {
    const result = this.#graph.sendCommand(filter, option, String(value));
    if (typeof result === 'number') av.FFmpegError.throwIfError(result, `set ${option}`);
  }

  free(): void {
    this.#graph.free();
  }
}

/**
 * A value inside a filter's arguments: FFmpeg unescapes twice, first the graph (`[ ] , ;`), then the options (`:`),
 * and both know quotes and backslashes.
 */
export function filterValue(value: string): string {
  return value.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;\s]/g, '\\$&');
}
