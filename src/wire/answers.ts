import type * as schemas from './answer-schemas.js';

export type {
  BalanceAnswer,
  CreatedSessionAnswer,
  RenderAnswer,
  StateAnswer,
  UploadAnswer,
  UploadedFileAnswer,
} from './answer-schemas.js';

type Schemas = typeof schemas;

let loaded: Schemas | undefined;

/** The schemas, and zod with them, come with the first call: they would be half of what an import of the library costs. */
export async function answerSchemas(): Promise<Schemas> {
  loaded ??= await import('./answer-schemas.js');
  return loaded;
}

/** Gives one schema when it is needed. */
const later =
  <Name extends keyof Schemas>(name: Name): (() => Promise<Schemas[Name]>) =>
  async () =>
    (await answerSchemas())[name];

export const anonymousTokenAnswer = /* @__PURE__ */ later('AnonymousTokenAnswer');
export const balanceAnswer = /* @__PURE__ */ later('BalanceAnswer');
export const claimTokenAnswer = /* @__PURE__ */ later('ClaimTokenAnswer');
export const createdSessionAnswer = /* @__PURE__ */ later('CreatedSessionAnswer');
export const renderAnswer = /* @__PURE__ */ later('RenderAnswer');
export const stateAnswer = /* @__PURE__ */ later('StateAnswer');
export const uploadAnswer = /* @__PURE__ */ later('UploadAnswer');
