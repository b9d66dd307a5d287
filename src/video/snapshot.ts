import { checkSnapshot, wrongSnapshot } from '../errors/index.js';
import type { RenderSnapshot } from '../render/index.js';
import type { RunSnapshot } from '../run/index.js';
import type { SessionSnapshot } from '../session/index.js';
import { fieldsOf, type RenderOutput } from '../wire/index.js';

/** A video in the making: plain JSON, without a token. `nemo.openVideo()` continues it in another process. */
export interface VideoSnapshot {
  /** The version of this format. */
  readonly version: 1;
  /** Who asked for it. */
  readonly clientId?: string;
  readonly prompt: string;
  readonly language?: string;
  readonly output: RenderOutput;
  /** Paths and addresses of the media; null for what JSON cannot hold; absent without media. */
  readonly media?: readonly (string | null)[];
  /** The path of the download; absent without one or when it is not a path. */
  readonly download?: string;
  /** Present from the moment that the session exists. */
  readonly session?: SessionSnapshot;
  /** Whether all media is in the session. */
  readonly uploaded: boolean;
  /** Present from just before the message leaves. */
  readonly run?: RunSnapshot;
  /** What the agent said; present when the run has ended. */
  readonly text?: string;
  /** Present from just before the render is submitted. */
  readonly render?: RenderSnapshot & { readonly submitted: boolean };
}

const MADE = 'what `onCheckpoint` or `task.toJSON()` gave';

/**
 * Checks a value that should be a snapshot of a video.
 * @throws {@link OptionError} naming the field.
 */
export function checkVideoSnapshot(snapshot: VideoSnapshot): VideoSnapshot {
  checkSnapshot(snapshot, MADE);
  const fields = fieldsOf(snapshot);
  if (typeof fields.prompt !== 'string') throw wrongSnapshot('snapshot.prompt', 'a string', MADE);
  if (typeof fields.uploaded !== 'boolean') throw wrongSnapshot('snapshot.uploaded', 'a boolean', MADE);
  for (const key of ['output', 'session', 'run', 'render']) {
    const part = fields[key];
    if (part === undefined ? key === 'output' : typeof part !== 'object' || part === null) {
      throw wrongSnapshot(`snapshot.${key}`, 'an object', MADE);
    }
  }
  return snapshot;
}
