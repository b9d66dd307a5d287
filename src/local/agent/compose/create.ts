import type { LocalDraft } from '../../dialect.js';
import { mostOf, shareOut, VIDEO_LENGTH } from '../edits/fit.js';
import { layPictures } from '../edits/settle.js';
import { picturesIn, type Setting } from '../edits/tracks.js';
import type { Said } from '../replies/facts.js';
import { CREDITS } from '../tariff.js';
import type { Brief } from './brief.js';
import { furnish, meet } from './furnish.js';
import { fitToBrief, layScenes, layUploads } from './pictures.js';

/** A new video, as its two stages leave it. */
export interface Creation {
  pictures: LocalDraft;
  finished: LocalDraft;
  /** How many clips were generated. */
  scenes: number;
  /** Uploads were laid out. */
  uploads: boolean;
  /** Pictures were shown again to fill the time. */
  repeated: boolean;
  /** Pictures that found no time. */
  left: number;
  refused: Said[];
}

/** Pictures that were shaped one by one keep their length; the others take what is left of the time. */
function refit(draft: LocalDraft, before: LocalDraft, totalMs: number, setting: Setting): void {
  const row = picturesIn(draft);
  const limits = row.map((picture) => mostOf(picture, setting));
  const shaped = (id: string, d: number): boolean =>
    picturesIn(before).some((was) => was.id === id && was.d !== d);
  const held = row.map(({ id, d }) => (shaped(id, d) ? d : undefined));
  const left = totalMs - held.reduce<number>((sum, d) => sum + (d ?? 0), 0);
  const open = row.flatMap((picture, index) => (held[index] === undefined ? [picture] : []));
  const others =
    left > 0 && open.length > 0
      ? shareOut(
          open.map(({ d }) => d),
          open.map((picture) => mostOf(picture, setting)),
          left,
        )
      : undefined;
  const all =
    others ??
    shareOut(
      row.map(({ d }) => d),
      limits,
      totalMs,
    ) ??
    shareOut(
      row.map(({ d }) => d),
      row.map(() => Number.POSITIVE_INFINITY),
      totalMs,
    ) ??
    [];
  for (const [index, picture] of (others ? open : row).entries()) picture.d = all[index] ?? picture.d;
  layPictures(draft);
}

/** Why a video of this length is not made, or undefined. */
export function outOfBounds({ totalMs }: Brief): Said | undefined {
  if (totalMs === undefined) return undefined;
  if (totalMs < VIDEO_LENGTH.least) return { say: 'tooShort', ms: VIDEO_LENGTH.least };
  return totalMs > VIDEO_LENGTH.most ? { say: 'tooLong', ms: VIDEO_LENGTH.most } : undefined;
}

/**
 * Makes a new video: pictures first, then what lies over them.
 * @param credits what may be spent, where that is known: no more clips are generated than it pays for
 */
export function create(brief: Brief, setting: Setting, credits: number | undefined): Creation {
  const scenes = brief.pictures.length === 0;
  const affordable = credits === undefined ? Number.POSITIVE_INFINITY : Math.floor(credits / CREDITS.clip);
  const laid = scenes ? layScenes(brief, setting, affordable) : layUploads(brief, setting);
  const chosen = meet(laid, brief.choosing, setting);
  const fitted = structuredClone(chosen.draft);
  const { repeated, left } = scenes ? { repeated: false, left: 0 } : fitToBrief(fitted, brief, setting);
  const shaped = meet(fitted, brief.shaping, setting);
  const pictures = structuredClone(shaped.draft);
  if (brief.totalMs !== undefined && pictures.d !== brief.totalMs)
    refit(pictures, fitted, brief.totalMs, setting);
  const { draft: finished, refused } = furnish(pictures, brief, setting);
  return {
    pictures,
    finished,
    scenes: (scenes ? picturesIn(laid).length : 0) + chosen.generated,
    uploads: !scenes,
    repeated,
    left,
    refused: [...chosen.refused, ...shaped.refused, ...refused],
  };
}
