import { FRAME_SIZES, type LocalDraft } from '../../dialect.js';
import { mostOf, SHORTEST_PICTURE, shareOut } from '../edits/fit.js';
import { CROSSFADE } from '../edits/look.js';
import { motionAt, pictureOf, STILL_MS } from '../edits/picture.js';
import { sceneOf } from '../edits/scenes.js';
import { layPictures } from '../edits/settle.js';
import { type Picture, picturesIn, type Setting } from '../edits/tracks.js';
import { STOCK } from '../wording/stock.js';
import type { Brief } from './brief.js';

/** The first stage of a new video: its pictures, in order, with their movement and what is between them. */

/** Generated clips: one for every so many ms, within bounds. */
const SCENES = { each: 10_000, most: 6 };
/** A video of clips that are too short begins again, but not for ever. */
const MOST_PICTURES = 500;
/** A still is not shown longer than this at a stretch, in ms: it comes again, moving another way. */
const LONGEST_STILL = 30_000;

const empty = (brief: Brief, setting: Setting): LocalDraft => ({
  t: [{ tt: 0, id: 'video', m: { name: 'Video' }, sg: [] }],
  d: 0,
  m: { title: '', ...FRAME_SIZES[brief.aspect], fps: 30, seed: Math.floor(setting.random() * 2 ** 31) },
});

function add(draft: LocalDraft, picture: Picture, brief: Brief): void {
  const row = picturesIn(draft);
  const crossfade = brief.fast ? 400 : CROSSFADE.usual;
  if (picture.m.kind !== 'video') picture.m.motion = motionAt(row.length);
  if (row.length > 0) picture.m.transition = { type: 'crossfade', d: crossfade };
  row.push(picture);
}

/** How many clips a generation makes: one for every ten seconds, no more than the credits pay for. */
function scenesFor(totalMs: number, affordable: number): number {
  const wanted = Math.min(Math.max(Math.round(totalMs / SCENES.each), 1), SCENES.most);
  return Math.max(Math.min(wanted, affordable), 1);
}

/** The pictures of a generated video. Scenes can be any length, so they always fill it. */
export function layScenes(brief: Brief, setting: Setting, affordable: number): LocalDraft {
  const draft = empty(brief, setting);
  const totalMs = brief.totalMs ?? SCENES.each;
  const count = scenesFor(totalMs, affordable);
  const words = brief.subject ?? STOCK[setting.language].scene[brief.promo ? 'promo' : 'plain'];
  const lengths = shareOut(Array(count).fill(1), Array(count).fill(Number.POSITIVE_INFINITY), totalMs) ?? [];
  for (const [index, ms] of lengths.entries())
    add(draft, sceneOf(draft, words, index + 1, ms, setting.random), brief);
  layPictures(draft);
  return draft;
}

/** The uploads in their order, as long as they are by themselves. */
export function layUploads(brief: Brief, setting: Setting): LocalDraft {
  const draft = empty(brief, setting);
  for (const file of brief.pictures) {
    const still = brief.fast ? Math.round(STILL_MS * 0.75) : STILL_MS;
    add(
      draft,
      pictureOf(draft, file, setting.random, file.kind === 'image' ? (brief.eachMs ?? still) : brief.eachMs),
      brief,
    );
  }
  layPictures(draft);
  return draft;
}

/** Repeats the row from its beginning until it could last `totalMs`. */
function repeat(draft: LocalDraft, brief: Brief, enough: () => boolean): void {
  const row = [...picturesIn(draft)];
  for (let next = 0; !enough() && row.length > 0 && picturesIn(draft).length < MOST_PICTURES; next++) {
    const picture = row[next % row.length];
    if (!picture) return;
    const id = `${picture.id}-${Math.floor(next / row.length) + 2}`;
    add(draft, { ...structuredClone(picture), id }, brief);
  }
}

/**
 * Makes the pictures last exactly as long as asked. Clips that are too short together are shown again; of more
 * pictures than the time can show, the first ones stay. Returns what had to be done.
 */
export function fitToBrief(
  draft: LocalDraft,
  brief: Brief,
  setting: Setting,
): { repeated: boolean; left: number } {
  const { totalMs, eachMs } = brief;
  if (totalMs === undefined) return { repeated: false, left: 0 };
  const count = picturesIn(draft).length;
  const longest = (): number =>
    picturesIn(draft).reduce((sum, picture) => sum + Math.min(mostOf(picture, setting), LONGEST_STILL), 0);
  const slots = eachMs === undefined ? undefined : Math.max(Math.round(totalMs / eachMs), 1);
  repeat(draft, brief, () => longest() >= totalMs && picturesIn(draft).length >= (slots ?? 1));
  const fits = Math.min(
    Math.floor(totalMs / SHORTEST_PICTURE),
    slots ?? Number.POSITIVE_INFINITY,
    MOST_PICTURES,
  );
  const row = picturesIn(draft);
  row.splice(Math.max(fits, 1));
  const alike = row.map(() => 1);
  const lengths =
    shareOut(
      alike,
      row.map((picture) => mostOf(picture, setting)),
      totalMs,
    ) ??
    shareOut(
      alike,
      row.map(() => Number.POSITIVE_INFINITY),
      totalMs,
    ) ??
    [];
  for (const [index, picture] of row.entries()) picture.d = lengths[index] ?? picture.d;
  layPictures(draft);
  return { repeated: row.length > count, left: Math.max(count - row.length, 0) };
}
