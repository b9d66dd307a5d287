import { OptionError } from '../errors/index.js';
import type { RenderSettings } from '../render/index.js';
import type { RunSettings } from '../run/index.js';
import type { Transport } from '../transport/index.js';
import type { Session } from './session.js';
import type { UploadSettings } from './upload/upload-request.js';

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

// A map beside the class: a static block, which could read a private field, would put `Session` and all below it into
// every bundle.
const contexts = new WeakMap<Session, SessionContext>();

/** Keeps what a session works with, for {@link contextOf}. */
export function keepContext(session: Session, context: SessionContext): void {
  contexts.set(session, context);
}

/** What a session works with, for the layers above it that take nothing but a session. */
export function contextOf(session: Session): SessionContext {
  const context = contexts.get(session);
  if (context !== undefined) return context;
  throw new OptionError({ field: 'session', accepted: 'a Session of this copy of the library' });
}
