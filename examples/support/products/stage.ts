import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

/** Size of every product photo, in pixels. */
const PHOTO = { width: 2000, height: 1500 } as const;

/** Where the floor meets what stands on it, from the top. */
const FLOOR = 1130;

/** A context to draw with. */
export type Context = SKRSContext2D;

/** The colours of a seamless backdrop. */
export interface Backdrop {
  /** Where the light falls. */
  light: string;
  /** The rest of the wall. */
  wall: string;
  /** The floor in front. */
  floor: string;
}

/** A photo with a backdrop: a wall with a spot of light on it that runs into the floor without an edge. */
export function createPhoto({ light, wall, floor }: Backdrop): { canvas: Canvas; context: Context } {
  const { width, height } = PHOTO;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const spot = context.createRadialGradient(
    width / 2,
    height * 0.42,
    80,
    width / 2,
    height * 0.45,
    width * 0.72,
  );
  spot.addColorStop(0, light);
  spot.addColorStop(1, wall);
  context.fillStyle = spot;
  context.fillRect(0, 0, width, height);
  const ground = context.createLinearGradient(0, FLOOR - 240, 0, height);
  ground.addColorStop(0, `${floor}00`);
  ground.addColorStop(0.5, `${floor}b0`);
  ground.addColorStop(1, floor);
  context.fillStyle = ground;
  context.fillRect(0, FLOOR - 240, width, height);
  return { canvas, context };
}

/** A soft shadow on the floor. */
export function castShadow(
  context: Context,
  x: number,
  y: number,
  across: number,
  down: number,
  alpha = 0.42,
): void {
  context.save();
  context.translate(x, y);
  context.scale(1, down / across);
  const shadow = context.createRadialGradient(0, 0, across * 0.1, 0, 0, across);
  shadow.addColorStop(0, `rgba(8, 6, 12, ${alpha})`);
  shadow.addColorStop(0.55, `rgba(8, 6, 12, ${alpha * 0.45})`);
  shadow.addColorStop(1, 'rgba(8, 6, 12, 0)');
  context.fillStyle = shadow;
  context.beginPath();
  context.arc(0, 0, across, 0, Math.PI * 2);
  context.fill();
  context.restore();
}

/** A gradient between two points. */
export function gradient(
  context: Context,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  stops: readonly (readonly [number, string])[],
): ReturnType<Context['createLinearGradient']> {
  const made = context.createLinearGradient(x0, y0, x1, y1);
  for (const [at, color] of stops) made.addColorStop(at, color);
  return made;
}

/** Fills an ellipse. */
export function fillEllipse(
  context: Context,
  x: number,
  y: number,
  rx: number,
  ry: number,
  fill: Context['fillStyle'],
): void {
  context.fillStyle = fill;
  context.beginPath();
  context.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2);
  context.fill();
}

/** Draws what `draw` draws, but only inside the path that `shape` traces. */
export function inside(context: Context, shape: () => void, draw: () => void): void {
  context.save();
  context.beginPath();
  shape();
  context.clip();
  draw();
  context.restore();
}
