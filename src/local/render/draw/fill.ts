import { type Canvas, createCanvas, type Image, type SKRSContext2D } from '@napi-rs/canvas';
import type { Size } from '../settings.js';

/** So small that blurring it costs nothing, and enlarging it blurs it further. */
const SMALL = 96;

/**
 * The ground behind a picture that does not fill the frame: the picture itself, enlarged, blurred and darkened, so
 * that the eye stays on what is sharp.
 */
export class BlurredFill {
  readonly #small: Canvas;
  readonly #soft: Canvas;

  constructor(private readonly frame: Size) {
    const scale = SMALL / Math.max(frame.width, frame.height);
    const width = Math.max(2, Math.round(frame.width * scale));
    const height = Math.max(2, Math.round(frame.height * scale));
    this.#small = createCanvas(width, height);
    this.#soft = createCanvas(width, height);
  }

  paint(context: SKRSContext2D, picture: Canvas | Image): void {
    const { width, height } = this.#small;
    const cover = Math.max(width / picture.width, height / picture.height) * 1.2;
    const [drawnWidth, drawnHeight] = [picture.width * cover, picture.height * cover];
    const small = this.#small.getContext('2d');
    small.imageSmoothingQuality = 'medium';
    small.drawImage(picture, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight);
    const soft = this.#soft.getContext('2d');
    soft.filter = 'blur(4px) brightness(0.62) saturate(1.25)';
    // The blur mixes in what lies beyond the edges; drawn a little larger, that stays outside.
    soft.drawImage(this.#small, -8, -8, width + 16, height + 16);
    context.drawImage(this.#soft, 0, 0, this.frame.width, this.frame.height);
  }
}
