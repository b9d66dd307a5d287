/** The limits of a run and what is done after a broken one, complete. */
export interface RunSettings {
  /** No byte for this long, in ms: the connection is taken for dead. Default 240,000. */
  readonly streamIdleMs: number;
  /** Nothing but heartbeats for this long, in ms. Default 600,000 (wire document). */
  readonly contentIdleMs: number;
  /** The longest a stream may take, in ms. Default 900,000 (wire document). */
  readonly runMs: number;
  /** Pauses before each state read after a broken run, in ms. Default 30 s, then four times 60 s (wire document). */
  readonly recoveryDelaysMs: readonly number[];
  /** How often the person is told that work goes on, in ms. 120,000 (wire document). */
  readonly stillWorkingMs: number;
  /** The longest line of the stream, in characters. Default 8 MB. */
  readonly maxLineLength: number;
}
