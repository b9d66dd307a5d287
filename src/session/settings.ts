/** How media is uploaded, complete. */
export interface UploadSettings {
  /** No byte accepted for this long, in ms: the upload is taken for dead. Default 60,000. */
  readonly idleMs: number;
}
