import type { RenderSettings } from '../render/index.js';
import type { RunContext } from '../run/index.js';
import type { UploadSettings } from './upload/upload-request.js';

/** What every session of a client shares. */
export interface SessionContext extends RunContext {
  /** The website, without a slash at the end. */
  readonly webUrl: string;
  readonly upload: UploadSettings;
  readonly render: RenderSettings;
}
