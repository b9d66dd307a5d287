import * as z from 'zod/mini';

// Every schema is loose: an unknown field is kept, because the service cannot be asked what else it sends.
// Every schema is in a pure wrapper: `sideEffects: false` does not reach single statements, so an unwrapped one would be
// in every bundle.

/** A number, or a number in quotes: some versions of the service quote them. */
function numeric() {
  const quoted = z.pipe(z.string().check(z.regex(/^-?\d+(\.\d+)?$/)), z.transform(Number));
  return z.union([z.number(), quoted]);
}

/** Answer of the anonymous-token call. `expires_at` is seen as ISO text and as seconds or ms since the epoch. */
export const anonymousTokenAnswer = /* @__PURE__ */ (() =>
  z.looseObject({
    token: z.string().check(z.minLength(1)),
    user_id: z.optional(z.nullable(z.union([z.string(), z.number()]))),
    expires_at: z.optional(z.nullable(z.union([z.string(), z.number()]))),
    credits: z.optional(z.nullable(numeric())),
  }))();
export type AnonymousTokenAnswer = z.infer<typeof anonymousTokenAnswer>;

/** Answer of the session call. */
export const createdSessionAnswer = /* @__PURE__ */ (() =>
  z.looseObject({
    task_id: z.optional(z.unknown()),
    // Also seen as a number.
    session_id: z.pipe(z.union([z.string().check(z.minLength(1)), z.number()]), z.transform(String)),
    user_id: z.optional(z.unknown()),
  }))();
export type CreatedSessionAnswer = z.infer<typeof createdSessionAnswer>;

/** Answer of the claim call. `expires_in` is in seconds. */
export const claimTokenAnswer = /* @__PURE__ */ (() =>
  z.looseObject({
    claim_token: z.string().check(z.regex(/^clm_/)),
    expires_in: z.optional(z.nullable(numeric())),
  }))();
export type ClaimTokenAnswer = z.infer<typeof claimTokenAnswer>;

/** Answer of the credits call. */
export const balanceAnswer = /* @__PURE__ */ (() =>
  z.looseObject({
    available: numeric(),
    frozen: z.optional(z.nullable(numeric())),
    total: z.optional(z.nullable(numeric())),
  }))();
export type BalanceAnswer = z.infer<typeof balanceAnswer>;

/** Answer of the state call. Everything in it may be missing: a fresh session has no draft. */
export const stateAnswer = /* @__PURE__ */ (() =>
  z.looseObject({
    state: z.optional(
      z.nullable(
        z.looseObject({
          draft: z.optional(z.unknown()),
          video_infos: z.optional(z.unknown()),
          canvas_config: z.optional(z.unknown()),
          generated_media: z.optional(z.unknown()),
          video_analyses: z.optional(z.unknown()),
        }),
      ),
    ),
  }))();
export type StateAnswer = z.infer<typeof stateAnswer>;
