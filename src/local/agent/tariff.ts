/**
 * What the agent's work costs and how long it takes: one table. The wire document gives about 100 credits per
 * generated clip, about 50 per editing session, 10 to 30 s for an edit and 100 to 300 s for a generation; that an
 * edit after the first costs 10 is this backend's own choice.
 */
export const CREDITS = {
  /** A video made from uploads: opens the editing session. */
  creation: 50,
  /** Each clip generated. */
  clip: 100,
  /** A message that changes an existing video. */
  edit: 10,
} as const;

/** How long the service takes, in ms. */
export const TAKES = {
  /** Laying out uploads. */
  pictures: 14_000,
  /** The second stage of a creation: music, title, effects. */
  furnishing: 12_000,
  /** The first clip of a generation, and each one more. */
  clip: 100_000,
  anotherClip: 30_000,
  /** The longest generation. */
  generationAtMost: 300_000,
  edit: 10_000,
} as const;

/** How long generating clips takes, in ms. */
export const generationTime = (clips: number): number =>
  Math.min(TAKES.clip + Math.max(clips - 1, 0) * TAKES.anotherClip, TAKES.generationAtMost);

/** The share of edits that end without a word (wire document: about 30 %). */
export const SILENT_SHARE = 0.3;
