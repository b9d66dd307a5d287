import type { RenderSettings } from '../render/index.js';
import type { RunSettings } from '../run/index.js';
import type { Transport } from '../transport/index.js';
import type { UploadSettings } from './settings.js';

/** What every session of a client shares. */
export interface SessionContext {
  readonly transport: Transport;
  /** Of new sessions and of sentences about changes, as a BCP 47 tag. */
  readonly language: string;
  /** The website, without a slash at the end. */
  readonly webUrl: string;
  readonly run: RunSettings;
  readonly upload: UploadSettings;
  readonly render: RenderSettings;
}
