import type { SKRSContext2D } from '@napi-rs/canvas';

/** Something that is drawn into frames while its span lasts. */
export interface Layer {
  /** Brings itself to a moment of the timeline, in ms. Moments only ever go forward. */
  seek(ms: number): Promise<void> | void;
  /** What it looks like at that moment: as long as this stays equal, so do the pixels. */
  readonly look: string;
  /** Draws itself. The context's alpha is set by the caller and is to be multiplied, not replaced. */
  paint(context: SKRSContext2D): void;
  close(): Promise<void> | void;
}
