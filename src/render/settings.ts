/** How renders are waited for, complete. */
export interface RenderSettings {
  /** Polls are never closer than this, in ms. Default 2,000. */
  readonly minMs: number;
  /** Polls are never further apart than this, in ms. Default 30,000 (wire document). */
  readonly maxMs: number;
  /** The longest a render is waited for, in ms. Default 900,000. */
  readonly timeoutMs: number;
}
