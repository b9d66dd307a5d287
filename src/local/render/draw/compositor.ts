import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { covers } from '../plan/spans.js';
import { deriveSeed, seededRandom } from '../random.js';
import { choosePalette } from '../scene/palette.js';
import { drawSky } from '../scene/scene.js';
import type { RenderSettings } from '../settings.js';
import type { Layer } from './layer.js';
import { type Part, type PartsInput, planParts } from './parts.js';

/** Things are loaded this long before they are seen, in the pauses of drawing. */
const AHEAD_MS = 1_500;

/** Draws the frames of a video, one after the other. */
export class Compositor {
  readonly #canvas: Canvas;
  readonly #context: SKRSContext2D;
  readonly #ground: Canvas;
  readonly #open = new Map<Part, Promise<Layer>>();
  #look: string | undefined;

  private constructor(
    private readonly parts: readonly Part[],
    private readonly settings: RenderSettings,
    seed: number,
  ) {
    this.#canvas = createCanvas(settings.width, settings.height);
    this.#context = this.#canvas.getContext('2d');
    // Seen where there is no picture: between, before or behind them. Never black.
    this.#ground = drawSky(settings, choosePalette('', 'night', seededRandom(deriveSeed(seed, 'ground'))));
  }

  static async create(input: PartsInput): Promise<Compositor> {
    return new Compositor(await planParts(input), input.settings, input.spec.seed);
  }

  /** Draws a frame by its number. Returns its pixels, RGBA, or nothing when it looks like the frame before. */
  async draw(frame: number): Promise<Buffer | undefined> {
    const ms = (frame * 1000) / this.settings.fps;
    await this.#loadAndLeave(ms);
    const shown = this.parts
      .map((part) => ({ part, alpha: covers(part.span, ms) ? part.opacity(ms) : 0 }))
      .filter(({ alpha }) => alpha > 0);
    const covering = shown.findLastIndex(({ part, alpha }) => part.fills && alpha === 1);
    const layers: { layer: Layer; alpha: number }[] = [];
    const looks: string[] = [];
    for (const { part, alpha } of shown.slice(Math.max(0, covering))) {
      const layer = await this.#layer(part);
      await layer.seek(ms);
      layers.push({ layer, alpha });
      looks.push(`${this.parts.indexOf(part)}:${alpha}:${layer.look}`);
    }
    const look = looks.join(' ');
    if (look === this.#look) return undefined;
    this.#look = look;
    this.#context.globalAlpha = 1;
    if (covering < 0) this.#context.drawImage(this.#ground, 0, 0);
    for (const { layer, alpha } of layers) {
      this.#context.globalAlpha = alpha;
      layer.paint(this.#context);
    }
    return this.#canvas.data();
  }

  /** Lets go of everything that is loaded. */
  async close(): Promise<void> {
    for (const part of [...this.#open.keys()]) await this.#leave(part);
  }

  async #loadAndLeave(ms: number): Promise<void> {
    for (const part of this.parts) {
      const { from, to } = part.span;
      // What goes wrong is thrown when the part is due.
      if (from - AHEAD_MS <= ms && ms < to) this.#layer(part).catch(() => {});
      else if (to <= ms) await this.#leave(part);
    }
  }

  #layer(part: Part): Promise<Layer> {
    let layer = this.#open.get(part);
    if (!layer) {
      layer = part.open();
      this.#open.set(part, layer);
    }
    return layer;
  }

  async #leave(part: Part): Promise<void> {
    const layer = this.#open.get(part);
    if (!layer) return;
    this.#open.delete(part);
    await (await layer).close();
  }
}
