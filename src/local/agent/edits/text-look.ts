import type { TextMeta } from '../../dialect.js';
import type { TextLook, TextTiming } from '../reading/request.js';
import type { TextChange } from '../replies/facts.js';
import { applied } from './timing.js';

/** How words on the picture look. */

/** The height of a line as a part of the frame's shorter side: the dialect's defaults, and bounds that can be read and fit. */
const SIZES = { title: 0.11, caption: 0.055, overlay: 0.055, least: 0.025, most: 0.3 };

/** Gives a text the size and the colour that are asked for; its place is for the caller. */
export function restyled(m: TextMeta, look: TextLook): void {
  if (look.colour !== undefined) m.color = look.colour;
  if (look.size) {
    const size = applied(look.size, m.size ?? SIZES[m.role]);
    m.size = Math.round(Math.min(Math.max(size, SIZES.least), SIZES.most) * 1000) / 1000;
  }
}

/** What a request changes. */
export const changesOf = (look: TextLook, timing: TextTiming): TextChange[] => [
  ...(look.size ? (['size'] as const) : []),
  ...(look.colour !== undefined ? (['colour'] as const) : []),
  ...(look.place ? (['place'] as const) : []),
  ...(Object.keys(timing).length > 0 ? (['times'] as const) : []),
];
