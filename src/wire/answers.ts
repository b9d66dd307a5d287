import * as z from 'zod/mini';
import { type ExactNumber, isExactNumber } from './json.js';

// Every schema is loose: an unknown field is kept, because the service cannot be asked what else it sends. Only a field
// that the next step cannot do without fails an answer; any other of an unexpected type counts as missing.
// Every schema is made when it is first used: a process starts 5 ms sooner. It is marked as pure because `sideEffects: false`
// does not reach single statements: an unmarked one would be in every bundle.

/** The text of a number that JavaScript would round. */
function exact() {
  return z.pipe(
    z.custom<ExactNumber>(isExactNumber),
    z.transform((number: ExactNumber) => number.$number),
  );
}

/** A number, or a number in quotes: some versions of the service quote them. */
function numeric() {
  const quoted = z.pipe(z.string().check(z.regex(/^-?\d+(\.\d+)?$/)), z.transform(Number));
  return z.union([z.number(), quoted, z.pipe(exact(), z.transform(Number))]);
}

/** An id: a text, or a number, which counts as its digits. */
function id() {
  return z.pipe(z.union([z.string().check(z.minLength(1)), z.number(), exact()]), z.transform(String));
}

/** A field that may be missing, null, or anything else that is not documented. */
function soft<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.catch(z.optional(z.nullable(schema)), undefined);
}

/** Answer of the anonymous-token call. `expires_at` is seen as ISO text and as seconds or ms since the epoch. */
export const anonymousTokenAnswer = /* @__PURE__ */ z.lazy(() =>
  z.looseObject({
    token: z.string().check(z.minLength(1)),
    user_id: soft(id()),
    expires_at: soft(z.union([z.string(), z.number()])),
    credits: soft(numeric()),
  }),
);

/** Answer of the session call. */
export const createdSessionAnswer = /* @__PURE__ */ z.lazy(() =>
  z.looseObject({ task_id: soft(id()), session_id: id(), user_id: soft(id()) }),
);
export type CreatedSessionAnswer = z.infer<typeof createdSessionAnswer>;

/** Answer of the claim call. `expires_in` is in seconds. */
export const claimTokenAnswer = /* @__PURE__ */ z.lazy(() =>
  z.looseObject({ claim_token: z.string().check(z.regex(/^clm_/)), expires_in: soft(numeric()) }),
);

/** Answer of the credits call. */
export const balanceAnswer = /* @__PURE__ */ z.lazy(() =>
  z.looseObject({ available: numeric(), frozen: soft(numeric()), total: soft(numeric()) }),
);

/**
 * Answer of the state call. Everything in it may be missing: a fresh session has no draft. The ids and the name of the
 * task are beside the state.
 */
export const stateAnswer = /* @__PURE__ */ z.lazy(() =>
  z.looseObject({
    state: z.optional(z.nullable(z.looseObject({}))),
    session_id: soft(id()),
    task_id: soft(id()),
    task_name: soft(z.string()),
  }),
);
export type StateAnswer = z.infer<typeof stateAnswer>;
