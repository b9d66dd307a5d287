/** What the agent has to say about one request, free of the language it is said in. Times are in ms. */
export interface Facts {
  // Done.
  removedPictures: { names: readonly string[] };
  removedTexts: { texts: readonly string[] };
  removedMusic: object;
  removedLogo: object;
  keptOnly: { names: readonly string[] };
  moved: { name: string; place: number };
  swapped: { a: string; b: string };
  replaced: { was: string; now: string };
  inserted: { names: readonly string[]; place: number };
  generated: { words: string; place: number };
  duplicated: { names: readonly string[] };
  ordered: { by: 'reverse' | 'shuffle' | 'name' | 'list' };
  trimmed: { name?: string; ms: number };
  lasts: { name?: string; ms: number };
  total: { ms: number };
  sped: { name?: string; times: number };
  aspect: { aspect: string };
  fps: { fps: number };
  transition: { type: 'cut' | 'crossfade'; ms: number };
  motion: { motion: string };
  wrote: { text: string; from: number; to: number };
  wroteOver: { text: string; count: number };
  rewrote: { was: string; now: string };
  captioned: { count: number };
  restyled: { texts: readonly string[]; changes: readonly TextChange[] };
  music: { name: string };
  volume: { volume: number };
  fades: { fadeIn?: number; fadeOut?: number };
  musicTimes: { from: number; to: number };
  clipSound: { volume: number };
  logo: { name: string; corner: string };
  logoChanged: { changes: readonly LogoChange[] };

  // Not done, and why.
  nothingYet: object;
  nothingToUse: object;
  onlySoMany: { asked: number; have: number; kind: 'picture' | 'clip' | 'text' };
  noSuchFile: { name: string };
  notOnTimeline: { name: string };
  whichOne: { have: number; kind: 'picture' | 'clip' | 'text' };
  unknownThing: { words: string };
  lastPicture: object;
  noText: { role: 'title' | 'caption' | 'overlay' | 'cta' | 'any' };
  noSuchText: { text: string };
  noMusic: object;
  noLogo: object;
  noLogoFile: object;
  noSoundFile: object;
  noClip: object;
  notASound: { name: string };
  notAPicture: { name: string };
  nothingNew: object;
  whatWords: { words: string };
  namesSayNothing: object;
  sourceTooShort: { name: string; ms: number };
  tooShort: { ms: number };
  tooLong: { ms: number };
  noRoom: { text: string };
  outside: { ms: number };
  alreadySo: { words: string };
  onlyOnePicture: object;
  noScreenSide: { words: string };
  cannot: { words: string };
  noUndo: object;
  notUnderstood: { words: string };

  // Neither.
  leftAlone: { words: string };
  describes: { ms: number; pictures: number; texts: number; logo: boolean; music?: string; volume?: number };
  exportNow: object;
  help: object;
  nothingUnderstood: object;

  // A new video.
  laysPictures: { pictures: number };
  generatesClips: { clips: number; words: string };
  furnishes: NewVideo;
  created: NewVideo & {
    ms: number;
    pictures: number;
    /** How many of them are placeholder scenes. */
    scenes: number;
    repeated: boolean;
    /** Pictures that found no time. */
    left: number;
  };
}

/** What lies over the pictures of a new video. */
export interface NewVideo {
  music?: string;
  volume?: number;
  title?: string;
  captions: number;
  otherTexts: number;
  logo: boolean;
}

/** What changed about a text. */
export type TextChange = 'size' | 'colour' | 'place' | 'times';

/** What changed about the logo. */
export type LogoChange = 'size' | 'place' | 'times' | 'opacity';

/** One thing to say. */
export type SaidOf<Key extends keyof Facts> = { [K in Key]: { say: K } & Facts[K] }[Key];

/** Any of the things to say. */
export type Said = SaidOf<keyof Facts>;

/** What came of one request. */
export type Outcome =
  | {
      done: Said /** Every time on the timeline grows or shrinks alike. */;
      stretch?: true /** Clips generated. */;
      generated?: number;
    }
  | { refused: Said };
