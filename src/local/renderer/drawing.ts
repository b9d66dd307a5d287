import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type * as av from 'node-av';
import { Graph } from './graph.js';
import { again, number, pictureInput, takeYuva } from './pixels.js';
import type { Box } from './place.js';
import type { RenderSettings } from './settings.js';

/** Something that is drawn over the pictures for a while: words, a shade, a logo. Times in ms. */
export interface Drawing {
  from: number;
  to: number;
  /** In whole pixels of the frame; what is outside of the frame is not shown. */
  box: Box;
  /** As long as this stays equal, so does what is drawn. */
  look(ms: number): string;
  /** Draws it into a context whose origin is the box's top left. */
  draw(context: SKRSContext2D, ms: number): void;
}

/** Lays a drawing over frames: it is drawn anew only when its look changes, and mixed only where it is. */
export class Overlay {
  #graph: Graph | undefined;
  #drawn: av.Frame | undefined;
  #look: string | undefined;
  readonly #box: Box;

  constructor(
    private readonly drawing: Drawing,
    private readonly settings: RenderSettings,
  ) {
    // Colour has half as many pixels, so that what is laid over begins at an even one.
    const { x, y, width, height } = drawing.box;
    const [left, top] = [Math.floor(x / 2) * 2, Math.floor(y / 2) * 2];
    const [right, bottom] = [Math.ceil((x + width) / 2) * 2, Math.ceil((y + height) / 2) * 2];
    this.#box = { x: left, y: top, width: right - left, height: bottom - top };
  }

  /** Takes a frame over and gives it back with the drawing on it. */
  async over(frame: av.Frame, index: number): Promise<av.Frame> {
    const { drawing, settings } = this;
    const ms = (index * 1000) / settings.fps;
    const look = drawing.look(ms);
    if (look !== this.#look || !this.#drawn) {
      this.#drawn?.free();
      this.#drawn = this.#draw(ms);
      this.#look = look;
    }
    this.#graph ??= await Graph.open(
      `${pictureInput('under', settings, 'yuv420p', settings)}[under];` +
        `${pictureInput('drawn', this.#box, 'yuva420p', settings)}[drawn];` +
        `[under][drawn]overlay=${this.#box.x}:${this.#box.y}:format=yuv420,buffersink@out`,
    );
    this.#graph.add('buffer@under', frame);
    this.#graph.add('buffer@drawn', number(again(this.#drawn), index, settings));
    const mixed = await this.#graph.next();
    if (!mixed) throw new Error('a drawing has no picture to lie on');
    return mixed;
  }

  close(): void {
    this.#drawn?.free();
    this.#drawn = undefined;
    this.#graph?.free();
    this.#graph = undefined;
  }

  #draw(ms: number): av.Frame {
    const { box } = this.drawing;
    const canvas = createCanvas(this.#box.width, this.#box.height);
    const context = canvas.getContext('2d');
    context.translate(box.x - this.#box.x, box.y - this.#box.y);
    this.drawing.draw(context, ms);
    return takeYuva(canvas);
  }
}
