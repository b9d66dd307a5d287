import { assembleBackend, type LocalBackend } from './backend.js';
import { checkPaths } from './check-paths.js';
import { type LocalBackendOptions, resolveLocalOptions } from './options.js';
import { realParts } from './real-parts.js';
import { checkRenderer } from './renderer/available.js';

export type {
  Agent,
  AgentMatch,
  AgentPlan,
  AgentStep,
  AgentToolCall,
  AgentTurn,
  AskedQuestion,
  BackendAgent,
  DraftEdit,
  EditOptions,
  ScriptedReply,
} from './agent/index.js';
export { ask, edit, fail, lateWrite, say, silent } from './agent/index.js';
export type { ListenOptions, LocalBackend } from './backend.js';
export type {
  Corner,
  LocalAudioTrack,
  LocalDraft,
  LocalMedia,
  LocalSegment,
  LocalTextTrack,
  LocalTrack,
  LocalVideoTrack,
  PictureMeta,
  SoundMeta,
  TextMeta,
} from './dialect.js';
export type { Fault, FaultKind, FaultPoint, FaultTarget, WireForm } from './faults/fault.js';
export { ANSWER_FAULTS, WIRE_FAULTS } from './faults/fault.js';
export type { ArmedFault, Faults } from './faults/faults.js';
export type { ChargeRecord, RequestRecord } from './journal.js';
export type { LocalBackendOptions } from './options.js';
export { type RendererMissing, rendererAvailable } from './renderer/available.js';
export { type ContactSheetOptions, contactSheet } from './renderer/contact-sheet.js';
export type { Operation } from './service/routes.js';

/**
 * Creates an embedded NemoVideo service: it speaks the whole wire, its agent follows rules instead of a model, and its
 * renderer makes real MP4 files. Nothing leaves the machine.
 *
 * @example
 * ```ts
 * const backend = await createLocalBackend({ render: 'off' });
 * const nemo = new NemoVideo({ fetch: backend.fetch, baseUrl: backend.url });
 * ```
 * @throws OptionError for an option that cannot be used: also a `dir` that cannot be written to, a file of `fonts` that
 * is missing or no font, or `render: 'video'` (said, not left to the default) without the optional peers.
 */
export async function createLocalBackend(options?: LocalBackendOptions): Promise<LocalBackend> {
  const resolved = resolveLocalOptions(options);
  await checkPaths(resolved);
  // By default it does everything else without them.
  if (options?.render === 'video') await checkRenderer();
  return assembleBackend(resolved, realParts(resolved));
}
