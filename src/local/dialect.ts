/**
 * The draft as the local backend writes it. Only `t tt sg d m` and the top-level `m.title/width/height` are facts
 * of the service (wire document, "The draft"); everything else here is this backend's own choice among the
 * candidate keys that the client's decoder knows, and both its agent and its renderer keep to it.
 */

/** Codes of `tt` (wire document). */
export const TRACK_TYPE = { video: 0, audio: 1, text: 7 } as const;

/** A picture or a clip on a video track. */
export interface PictureMeta {
  /** What the file is called, or a few words for a generated scene. */
  name: string;
  /** The `cdn_url` of the upload, or `local:scene/<number>?words=<prompt words>` for a generated scene. */
  src: string;
  /** What the source is. A scene is drawn by the renderer and can be any length. */
  kind: 'image' | 'video' | 'scene';
  /** Clips: where in the source the segment begins, in ms. Default 0. */
  in?: number;
  /** Clips: 2 plays twice as fast. Default 1. */
  speed?: number;
  /** Clips: volume of their sound, 0 to 1. Default 1. */
  volume?: number;
  /** Stills: the slow movement over the picture. Default 'zoom-in'. */
  motion?: 'zoom-in' | 'zoom-out' | 'pan-left' | 'pan-right' | 'none';
  /**
   * How the picture before gives way to this one. A crossfade fills the first `d` ms of this segment while the one
   * before continues beneath it; segments never overlap in time. Default a cut.
   */
  transition?: { type: 'cut' | 'crossfade'; d: number };
  /** 'logo': drawn over the base track, never zoomed, keeping its own proportions. */
  role?: 'logo';
  /** Where a logo is. Default 'top-right'. */
  position?: Corner;
  /** A logo's width as a part of the frame's shorter side. Default 0.16. */
  scale?: number;
  /** 0 to 1. Default 1. */
  opacity?: number;
}

/** The four corners, for a logo. */
export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** Sound on an audio track. */
export interface SoundMeta {
  /** What it is called: 'Lo-fi', or the file's name. */
  name: string;
  /** The `cdn_url` of the upload, or `local:music/<style>` for synthesised music. */
  src: string;
  /** 0 to 1. Default 1. */
  volume?: number;
  /** Uploaded sound: where in the source it begins, in ms. Default 0. */
  in?: number;
  /** In ms. Default 0. */
  fadeIn?: number;
  /** In ms. Default 0. */
  fadeOut?: number;
}

/** The styles that the renderer can synthesise: `local:music/<style>`. */
export const MUSIC_STYLES = ['lo-fi', 'upbeat', 'ambient', 'cinematic'] as const;

/** How high a line of words is by default, as a part of the frame's shorter side: to be read on a phone. */
export const TEXT_SIZES = { title: 0.11, caption: 0.07, overlay: 0.07 } as const;

/** Words over the picture. */
export interface TextMeta {
  /** What is written. Line breaks are kept; long lines are wrapped by the renderer. */
  text: string;
  /** What it is for; decides the default size and place. */
  role: 'title' | 'caption' | 'overlay';
  /** Where it is. Title: default 'center'; caption: 'bottom'; overlay: 'center'. */
  position?: 'top' | 'center' | 'bottom';
  /** Height of a line as a part of the frame's shorter side. Default: 0.11 for a title, 0.07 for other words. */
  size?: number;
  /** CSS colour. Default '#ffffff'. */
  color?: string;
}

/** A segment: when it plays, and what. */
export interface LocalSegment<Meta> {
  /** Stays with the segment through edits. */
  id: string;
  /** Start on the timeline, in ms. */
  s: number;
  /** Duration on the timeline, in ms. */
  d: number;
  m: Meta;
}

/** Pictures and clips; the first one in the draft is the base, later ones are drawn over it. */
export interface LocalVideoTrack {
  tt: 0;
  id: string;
  m: { name: string; role?: 'overlay' };
  sg: LocalSegment<PictureMeta>[];
}

/** Music and sound. */
export interface LocalAudioTrack {
  tt: 1;
  id: string;
  m: { name: string };
  sg: LocalSegment<SoundMeta>[];
}

/** Words. */
export interface LocalTextTrack {
  tt: 7;
  id: string;
  m: { name: string };
  sg: LocalSegment<TextMeta>[];
}

/** Any track of a draft. */
export type LocalTrack = LocalVideoTrack | LocalAudioTrack | LocalTextTrack;

/** A whole draft. */
export interface LocalDraft {
  t: LocalTrack[];
  /** Length of the video, in ms. */
  d: number;
  m: { title: string; width: number; height: number; fps: number; seed: number };
}

/** The frame sizes of the three aspects at 1080p (wire document: output up to 1080×1920). */
export const FRAME_SIZES = {
  '16:9': { width: 1920, height: 1080 },
  '9:16': { width: 1080, height: 1920 },
  '1:1': { width: 1080, height: 1080 },
} as const;

/** What the backend knows of an uploaded file; the agent reads it, the renderer opens `path`. */
export interface LocalMedia {
  /** As uploaded. */
  name: string;
  kind: 'image' | 'video' | 'audio';
  /** The `cdn_url` that answers carry and drafts refer to. */
  url: string;
  /** Where the bytes are on this machine. */
  path: string;
  bytes: number;
  width?: number;
  height?: number;
  durationMs?: number;
  fps?: number;
}
