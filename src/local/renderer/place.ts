import type { Corner } from '../dialect.js';
import type { Size } from './settings.js';

/** A rectangle in pixels from the frame's top left. */
export interface Box extends Size {
  x: number;
  y: number;
}

/** How far words and logos keep from the edges, as parts of the frame. */
export function safeArea(frame: Size): { left: number; top: number; right: number; bottom: number } {
  const upright = frame.height > frame.width;
  // Phones lay their own buttons and captions over the top and bottom of an upright video.
  const [side, top, bottom] = upright ? [0.07, 0.09, 0.16] : [0.05, 0.07, 0.08];
  return {
    left: frame.width * side,
    right: frame.width * (1 - side),
    top: frame.height * top,
    bottom: frame.height * (1 - bottom),
  };
}

/**
 * Where a logo is: `scale` is its width as a part of the frame's shorter side, and an upright logo is held to the
 * same measure in height.
 */
export function placeLogo(logo: Size, frame: Size, scale = 0.16, corner: Corner = 'top-right'): Box {
  const measure = Math.min(frame.width, frame.height) * scale;
  const width = measure * Math.min(1, logo.width / logo.height);
  const height = (width * logo.height) / logo.width;
  const safe = safeArea(frame);
  return {
    x: corner.endsWith('left') ? safe.left : safe.right - width,
    y: corner.startsWith('top') ? safe.top : safe.bottom - height,
    width,
    height,
  };
}

/** A box that is there for a while. */
export interface TimedBox {
  from: number;
  to: number;
  box: Box;
}

/** Words that want a place. */
export interface WordsToPlace extends Size {
  from: number;
  to: number;
  position: 'top' | 'center' | 'bottom';
}

/**
 * Finds a place for each of the words, in the order given: in the middle of the frame's width at the height that they
 * ask for, moved towards the middle of the frame (or from it, where they stand in the middle) as far as it takes to
 * stand clear of everything that is on screen at the same time. Where there is no room left they stay, and overlap.
 */
export function placeWords(words: readonly WordsToPlace[], taken: readonly TimedBox[], frame: Size): Box[] {
  const safe = safeArea(frame);
  const gap = Math.min(frame.width, frame.height) * 0.02;
  const placed: TimedBox[] = [...taken];
  return words.map(({ from, to, position, width, height }) => {
    const x = (frame.width - width) / 2;
    const home = {
      top: safe.top,
      center: (frame.height - height) / 2,
      bottom: safe.bottom - height,
    }[position];
    const others = placed.filter((other) => other.from < to && from < other.to).map(({ box }) => box);
    const clear = (y: number, direction: 1 | -1): number | undefined => {
      let at = y;
      for (;;) {
        const hit = others.find((other) => overlaps({ x, y: at, width, height }, other, gap));
        if (!hit) return at >= safe.top - 1 && at + height <= safe.bottom + 1 ? at : undefined;
        at = direction === 1 ? hit.y + hit.height + gap : hit.y - gap - height;
        if (at < 0 || at + height > frame.height) return undefined;
      }
    };
    const inward = position === 'bottom' ? -1 : 1;
    const box = { x, y: clear(home, inward) ?? clear(home, inward === 1 ? -1 : 1) ?? home, width, height };
    placed.push({ from, to, box });
    return box;
  });
}

/** Whether two boxes are nearer to each other than `gap`; touching at exactly that distance is not. */
function overlaps(a: Box, b: Box, gap: number): boolean {
  const near = gap * 0.99;
  return (
    a.x < b.x + b.width + near &&
    b.x < a.x + a.width + near &&
    a.y < b.y + b.height + near &&
    b.y < a.y + a.height + near
  );
}

/** How a picture is brought into the frame. */
export interface Fit extends Size {
  /** `cover` fills the frame and loses the edges; `framed` shows all of it, over a blurred copy of itself. */
  mode: 'cover' | 'framed';
}

/** A picture that would lose more of itself than this to the frame's edges is framed instead. */
const LEAST_VISIBLE = 0.6;

/** The size at which a picture is shown to suit a frame. */
export function fitPicture(picture: Size, frame: Size): Fit {
  const across = frame.width / picture.width;
  const down = frame.height / picture.height;
  const mode = Math.min(across, down) / Math.max(across, down) >= LEAST_VISIBLE ? 'cover' : 'framed';
  const scale = mode === 'cover' ? Math.max(across, down) : Math.min(across, down);
  return { mode, width: picture.width * scale, height: picture.height * scale };
}
