import { rmSync } from 'node:fs';
import type { LocalMedia } from '../dialect.js';

/** Overrides of what the draft asks for. The tests render small and slow pictures with it. */
export interface RenderProfile {
  /** In pixels, even. Default: the draft's. */
  width?: number;
  /** In pixels, even. Default: the draft's. */
  height?: number;
  /** Frames per second. Default: the draft's. */
  fps?: number;
  /** x264's trade of time against size. Default 'superfast', with the looking ahead of 'veryfast'. */
  preset?: 'ultrafast' | 'superfast' | 'veryfast';
}

/** Everything that a render depends on: equal jobs give equal files on one machine. Plain JSON. */
export interface RenderJobSpec {
  /** A {@link LocalDraft}, as it came over the wire: it is checked before anything is rendered. */
  draft: unknown;
  /** The uploads that the draft may refer to. */
  media: readonly LocalMedia[];
  /** Where the MP4 shall be. It appears there whole or not at all. */
  outPath: string;
  /** Font files (.woff2, .woff, .ttf, .otf) beside the Latin one that rides in the package. */
  fonts: readonly string[];
  /** Decides everything that is made up: music and generated scenes. */
  seed: number;
  profile?: RenderProfile;
}

/** A finished render. */
export interface RenderedFile {
  path: string;
  bytes: number;
  width: number;
  height: number;
  fps: number;
  frames: number;
  durationMs: number;
  /** What could not be done as the draft asks, one sentence each; e.g. a text that no font covers. */
  warnings: readonly string[];
}

/** How far a render is. */
export interface RenderProgress {
  /** Frames that are encoded. */
  framesDone: number;
  framesTotal: number;
  /** What has been found so far; see {@link RenderedFile.warnings}. */
  warnings: readonly string[];
}

/** A render that is under way. */
export interface RenderHandle {
  /**
   * The finished file.
   *
   * @throws LocalRenderError when it cannot be made; RenderCancelledError after {@link cancel}
   */
  done: Promise<RenderedFile>;
  /** Ends the render and resolves when its process is gone and nothing of the file is left. */
  cancel(): Promise<void>;
}

/** Where a file is written until it is whole. */
export const partialPath = (outPath: string): string => `${outPath}.part.mp4`;

/** Removes what a failed render has left. Synchronous: the process may be about to end. */
export function removePartial(outPath: string): void {
  rmSync(partialPath(outPath), { force: true });
}
