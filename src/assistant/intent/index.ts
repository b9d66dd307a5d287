/** What a person wants: messages to intents, by rules that look at the sentence. Pure. */
export { explainIntent, routeIntent } from './explain.js';
export type {
  Intent,
  IntentClause,
  IntentExplanation,
  IntentOptions,
  IntentRule,
  IntentStep,
} from './types.js';
