import { AGENT } from './endpoints.js';

/** Body of `POST /api/tasks/me/with-session/nemo_agent`. */
export interface CreateSessionBody {
  readonly task_name: string;
  readonly language: string;
}

/** Body of `POST /api/auth/claim-token`. */
export interface ClaimTokenBody {
  readonly task_id: string;
  readonly session_id: string;
}

/** Body of `POST /run_sse`: ADK's, snake_case. */
export interface RunBody {
  readonly app_name: string;
  readonly user_id: string;
  readonly session_id: string;
  readonly new_message: { readonly parts: readonly { readonly text: string }[] };
}

/** The body that sends `message` to the agent of a session. */
export function runBody(sessionId: string, message: string): RunBody {
  return {
    app_name: AGENT,
    user_id: 'me',
    session_id: sessionId,
    new_message: { parts: [{ text: message }] },
  };
}

/** Body of an upload by address. */
export interface UploadUrlsBody {
  readonly urls: readonly string[];
  readonly source_type: 'url';
}

/** Body of `POST /api/render/proxy/lambda`: camelCase `sessionId`, unlike all others. */
export interface SubmitRenderBody {
  readonly id: string;
  readonly sessionId: string;
  readonly draft: unknown;
  readonly output: RenderOutput;
}

/** What to make of the draft. The documents know `mp4` and `high`. */
export interface RenderOutput {
  readonly format: string;
  readonly quality: string;
  /** The smaller side of the picture, e.g. `1080p`. */
  readonly resolution?: string | undefined;
  /** Frames per second. */
  readonly fps?: number | undefined;
}

/** What the file should be like. */
export interface OutputOptions {
  /** The container. Default `mp4`, the only one that the service documents. */
  readonly format?: string | undefined;
  /** How good it looks. The local backend also knows `low`. Default `high`, the only one that the service documents. */
  readonly quality?: string | undefined;
  /** The smaller side of the picture, e.g. `1080p`. Default: the service's choice. */
  readonly resolution?: string | undefined;
  /** Frames per second. Default: the service's choice. */
  readonly fps?: number | undefined;
}

/** The only output that the documents know. */
export const DEFAULT_OUTPUT: RenderOutput = { format: 'mp4', quality: 'high' };

/** A whole output: what is not asked for is the default. */
export function outputOf({ format, quality, resolution, fps }: OutputOptions): RenderOutput {
  return {
    format: format ?? DEFAULT_OUTPUT.format,
    quality: quality ?? DEFAULT_OUTPUT.quality,
    ...(resolution === undefined ? {} : { resolution }),
    ...(fps === undefined ? {} : { fps }),
  };
}
