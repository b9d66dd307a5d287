import { type Draft, decodeDraft, Timeline } from '../draft/index.js';
import type { RunBaseline } from '../errors/index.js';
import { type Call, isObject, type Transport } from '../transport/index.js';
import { paths, stateAnswer } from '../wire/index.js';
import { readMedia, type SessionMedia } from './session-media.js';

/** A session as it is at one moment. */
export interface SessionState {
  /** Absent when there is no draft yet, which is normal. */
  readonly timeline?: Timeline;
  /** Absent when there is no draft yet, which is normal. */
  readonly draft?: Draft;
  /** The uploads. */
  readonly media: readonly SessionMedia[];
  /** What the service has generated, as it lists it. */
  readonly generated: readonly unknown[];
  /** The canvas (`canvas_config`), as it came. */
  readonly canvas?: unknown;
  /** The whole `state` of the answer, as it came. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A state as it came, before anything in it is read. */
export type RawState = SessionState['raw'];

/**
 * Reads the state of a session.
 * @throws {@link ResponseFormatError} with the path when its draft cannot be one; or the error of the family that the
 * failure is.
 */
export async function readSessionState(
  transport: Transport,
  sessionId: string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<SessionState> {
  return sessionState(await readRawState(transport, sessionId, options));
}

/** Reads the state of a session without looking into it: a draft that cannot be decoded is no failure here. */
export async function readRawState(
  transport: Transport,
  sessionId: string,
  options: { readonly signal?: AbortSignal | undefined; readonly retry?: boolean | undefined },
): Promise<RawState> {
  const { data } = await transport.json(stateCall(sessionId, options), stateAnswer);
  return data.state ?? {};
}

/** The call that asks for the state of a session. */
export function stateCall(sessionId: string, options: Pick<Call, 'signal' | 'retry'>): Call {
  return {
    operation: 'state',
    method: 'GET',
    path: paths.state(sessionId),
    safety: 'safe',
    about: { sessionId },
    ...options,
  };
}

/** What a raw state says. Throws {@link ResponseFormatError} when its draft cannot be one. */
export function sessionState(raw: RawState): SessionState {
  const json = draftOf(raw);
  const draft = json === null ? undefined : decodeDraft(json);
  return {
    ...(draft && { draft, timeline: new Timeline(draft) }),
    media: listOf(raw.video_infos).flatMap((entry) => readMedia(entry) ?? []),
    generated: listOf(raw.generated_media),
    ...(raw.canvas_config != null && { canvas: raw.canvas_config }),
    raw,
  };
}

/** What of a state a message can change, in the service's own form. */
export function baselineOf(raw: RawState): RunBaseline {
  return { draft: draftOf(raw), media: listOf(raw.video_infos), generated: listOf(raw.generated_media) };
}

/** The state of a session that was just created: nothing. */
export const EMPTY_BASELINE: RunBaseline = { draft: null, media: [], generated: [] };

/** The JSON of the draft; null when there is none, in any of the ways to say so. */
function draftOf(raw: RawState): unknown {
  const { draft } = raw;
  const none = draft == null || (isObject(draft) && Object.keys(draft).length === 0);
  return none ? null : draft;
}

/** Lists are documented as arrays; a map by id is read as its values. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}
