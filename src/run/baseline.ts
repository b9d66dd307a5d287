import { draftJson } from '../draft/index.js';
import { ResponseFormatError, type RunBaseline } from '../errors/index.js';
import type { Call, Transport } from '../transport/index.js';
import { isObject, paths, type StateAnswer, stateAnswer } from '../wire/index.js';

/** The `state` of an answer as it came, before anything in it is read. */
export type RawState = Readonly<Record<string, unknown>>;

/** Reads the state of a session as it is: a draft that cannot be decoded is no failure here. */
export async function readRawState(
  transport: Transport,
  sessionId: string,
  options: { readonly signal?: AbortSignal | undefined; readonly retry?: boolean | undefined },
): Promise<RawState> {
  const { data } = await transport.json(stateCall(sessionId, options), stateAnswer);
  return rawState(data, sessionId);
}

/** What a state is made of (wire document, "Endpoints"). */
const STATE_KEYS = ['draft', 'video_infos', 'canvas_config', 'generated_media'];

/**
 * The state in an answer, named `state` or the answer itself. Anything else is an error: taken for an empty session, it
 * would look as if a message had removed everything.
 * @throws {@link ResponseFormatError} when there is no state.
 */
export function rawState(data: StateAnswer, sessionId: string): RawState {
  if (data.state !== undefined) return data.state ?? {};
  if (STATE_KEYS.some((key) => key in data)) return data;
  throw new ResponseFormatError({
    path: 'state.state',
    expected: 'the state of a session',
    received: data,
    sessionId,
  });
}

/** The call that reads the state of a session. */
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

/** What a message can change in a state, in the service's own form. */
export function baselineOf(raw: RawState): RunBaseline {
  return { draft: draftOf(raw), media: listOf(raw.video_infos), generated: listOf(raw.generated_media) };
}

/** The JSON of the draft; null when there is none, in any of the ways to say so. */
export function draftOf(raw: RawState): unknown {
  const draft = draftJson(raw.draft);
  const isMissing = draft == null || draft === '' || (isObject(draft) && Object.keys(draft).length === 0);
  return isMissing ? null : draft;
}

/** Lists are documented as arrays; a map by id is read as its values. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}
