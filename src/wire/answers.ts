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
    task_id: z.optional(z.nullable(z.string())),
    session_id: z.string().check(z.minLength(1)),
    user_id: z.optional(z.nullable(z.union([z.string(), z.number()]))),
  }))();
export type CreatedSessionAnswer = z.infer<typeof createdSessionAnswer>;

/** Answer of the claim call. `expires_in` is in seconds. */
export const claimTokenAnswer = /* @__PURE__ */ (() =>
  z.looseObject({
    claim_token: z.string().check(z.regex(/^clm_/)),
    expires_in: z.optional(z.nullable(numeric())),
  }))();
export type ClaimTokenAnswer = z.infer<typeof claimTokenAnswer>;

/** One file of an upload answer. The unit of `duration` is not documented. */
export const uploadedFileAnswer = /* @__PURE__ */ (() =>
  z.looseObject({
    filename: z.optional(z.nullable(z.string())),
    file_type: z.optional(z.nullable(z.string())),
    cdn_url: z.string().check(z.minLength(1)),
    width: z.optional(z.nullable(numeric())),
    height: z.optional(z.nullable(numeric())),
    fps: z.optional(z.nullable(numeric())),
    hash: z.optional(z.nullable(z.string())),
  }))();
export type UploadedFileAnswer = z.infer<typeof uploadedFileAnswer>;

/** Answer of an upload. */
export const uploadAnswer = /* @__PURE__ */ (() =>
  z.looseObject({
    files: z.array(uploadedFileAnswer),
    session_state_applied: z.optional(z.nullable(z.boolean())),
  }))();
export type UploadAnswer = z.infer<typeof uploadAnswer>;

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

/** Answer of submitting and of asking for a render: in `data` or at top level, `outputUrl` or `output.url`. */
export const renderAnswer = /* @__PURE__ */ (() =>
  z.looseObject({
    id: z.optional(z.nullable(z.string())),
    status: z.optional(z.nullable(z.string())),
    progress: z.optional(z.nullable(numeric())),
    outputUrl: z.optional(z.nullable(z.string())),
    output: z.optional(z.nullable(z.looseObject({ url: z.optional(z.nullable(z.string())) }))),
    createdAt: z.optional(z.nullable(z.union([z.string(), z.number()]))),
    completedAt: z.optional(z.nullable(z.union([z.string(), z.number()]))),
    error: z.optional(z.nullable(z.unknown())),
    /** Of the local backend only: what to do about the error. */
    hint: z.optional(z.nullable(z.unknown())),
  }))();
export type RenderAnswer = z.infer<typeof renderAnswer>;
