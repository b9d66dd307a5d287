/** The service's chat skill as a program. */
export { Assistant } from './assistant.js';
export type { AssistantOptions, Connect, ConnectRequest, SayOptions } from './assistant-options.js';
export type { Catalogue, DeliveredFile, ErrorKind, ErrorWords, QuestionWords, TipKind } from './catalogue.js';
export type { Downloads } from './deliver.js';
export {
  explainIntent,
  type Intent,
  type IntentClause,
  type IntentExplanation,
  type IntentOptions,
  type IntentRule,
  type IntentStep,
  routeIntent,
} from './intent.js';
export type { OpenQuestion } from './relayed-question.js';
export type * from './reply.js';
export type { AssistantSnapshot } from './turn.js';
export { CHINESE, ENGLISH } from './wording.js';
