import type { PictureMeta } from '../../dialect.js';
import type { Size } from '../settings.js';

/** The slow movement over a still. */
export type Motion = NonNullable<PictureMeta['motion']>;

/** The part of a still that fills the frame. */
export interface View {
  /** How much larger than the frame the still is drawn: 1 to {@link CLOSEST}. */
  scale: number;
  /** How far the still's middle is from the frame's, in frame widths; positive is right. */
  x: number;
}

/** As close as the camera comes. Stills are prepared at this size, so that none is ever drawn larger than it is. */
export const CLOSEST = 1.1;

/**
 * Where the camera is after a part of its way (0 to 1). It never stops or starts within a shot, because the shot
 * before or after lies under the fade; and zooming is by ratio, which the eye takes for an even speed.
 */
export function viewAt(motion: Motion, part: number): View {
  switch (motion) {
    case 'zoom-in':
      return { scale: CLOSEST ** part, x: 0 };
    case 'zoom-out':
      return { scale: CLOSEST ** (1 - part), x: 0 };
    case 'pan-left':
      return { scale: CLOSEST, x: (part - 0.5) * (CLOSEST - 1) };
    case 'pan-right':
      return { scale: CLOSEST, x: (0.5 - part) * (CLOSEST - 1) };
    case 'none':
      return { scale: 1, x: 0 };
  }
}

/** How a picture is brought into the frame. */
export interface Fit extends Size {
  /** `cover` fills the frame and loses the edges; `framed` shows all of it, over a blurred copy of itself. */
  mode: 'cover' | 'framed';
}

/** A picture that would lose more of itself than this to the frame's edges is framed instead. */
const LEAST_VISIBLE = 0.6;

/** The size at which a picture is drawn to suit a frame. */
export function fitPicture(picture: Size, frame: Size): Fit {
  const across = frame.width / picture.width;
  const down = frame.height / picture.height;
  const mode = Math.min(across, down) / Math.max(across, down) >= LEAST_VISIBLE ? 'cover' : 'framed';
  const scale = mode === 'cover' ? Math.max(across, down) : Math.min(across, down);
  return { mode, width: picture.width * scale, height: picture.height * scale };
}
